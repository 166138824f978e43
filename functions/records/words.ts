import type { Volunteer } from '../../events/volunteers.ts';
import type { Word } from '../html/words.ts';

export const statusWords = {
  pending: { zh: '待核', en: 'waiting' },
  verified: { zh: '已查验', en: 'verified' },
  rejected: { zh: '未通过', en: 'not accepted' },
  voided: { zh: '已作废', en: 'struck out' },
  recorded: { zh: '', en: '' },
} as const satisfies Readonly<Record<string, Word>>;

export const sexWords: Readonly<Record<string, Word>> = {
  female: { zh: '女', en: 'female' },
  male: { zh: '男', en: 'male' },
};

export const categoryWords: Readonly<Record<Volunteer['serviceCategories'][number], Word>> = {
  civility: { zh: '文明实践', en: 'civility' },
  community: { zh: '社区服务', en: 'community' },
  delivery: { zh: '便民送货', en: 'delivery' },
  traffic: { zh: '文明交通', en: 'traffic courtesy' },
  legal: { zh: '法律服务', en: 'legal service' },
  counselling: { zh: '心理疏导', en: 'counselling' },
  medical: { zh: '医疗健康', en: 'medical service' },
  'women-and-children': { zh: '妇女儿童关爱', en: 'women and children' },
  elderly: { zh: '为老服务', en: 'care for the elderly' },
  disability: { zh: '助残服务', en: 'people with disabilities' },
  environment: { zh: '环境保护', en: 'environment' },
  safety: { zh: '平安安全', en: 'safety' },
  culture: { zh: '文化体育', en: 'culture and sports' },
  education: { zh: '教育辅导', en: 'education' },
  emergency: { zh: '应急救援', en: 'emergency aid' },
  recruitment: { zh: '志愿者招募', en: 'recruitment' },
  other: { zh: '其他', en: 'other' },
};

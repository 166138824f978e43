import { serviceCategories, volunteerTags } from '../../events/volunteers.ts';
import { documentTypes } from '../people/person.ts';
import { plain } from './heading-words.ts';

type Words<T extends string> = Readonly<Partial<Record<T, readonly string[]>>>;

const vocabulary = <T extends string>(codes: readonly T[], names: Words<T>) => ({
  codes: new Map(
    codes.flatMap((code) =>
      [code, ...(names[code] ?? [])].map((name): [string, T] => [plain(name), code]),
    ),
  ) as ReadonlyMap<string, T>,
  /** The words to write: one for each code. */
  zh: codes.map((code) => names[code]?.[0] ?? code).join('、'),
  en: codes.join(', '),
});

/** Words for values that are stored as codes. The codes themselves are accepted too. */
const vocabularies = {
  sex: vocabulary(['female', 'male'], {
    female: ['女', '女性', '女士', 'f', '2'],
    male: ['男', '男性', '男士', 'm', '1'],
  }),
  documentType: vocabulary(documentTypes, {
    'resident-id': [
      '身份证',
      '居民身份证',
      '二代身份证',
      '第二代身份证',
      '第二代居民身份证',
      '二代居民身份证',
      '中国居民身份证',
      '中华人民共和国居民身份证',
      '临时身份证',
      '户口簿',
      '户口本',
      '港澳台居民居住证',
      '港澳居民居住证',
      '台湾居民居住证',
      '居住证',
      'idcard',
      'id',
    ],
    passport: ['护照', '中国护照', '普通护照', '外国护照', '因私护照'],
    'hk-macau-permit': [
      '港澳居民来往内地通行证',
      '港澳通行证',
      '港澳居民通行证',
      '回乡证',
      '香港居民来往内地通行证',
      '澳门居民来往内地通行证',
    ],
    'taiwan-permit': ['台湾居民来往大陆通行证', '台胞证', '台湾通行证', '台湾居民通行证'],
    'foreign-permanent-resident-id': [
      '外国人永久居留身份证',
      '外国人永久居留证',
      '永久居留身份证',
      '永久居留证',
      '永居证',
      '外国人永居证',
    ],
  }),
  tags: vocabulary(volunteerTags, {
    'party-member': ['党员', '中共党员'],
    youth: ['青年'],
    'role-model': ['模范', '先进模范'],
  }),
  serviceCategories: vocabulary(serviceCategories, {
    civility: ['文明实践'],
    community: ['社区服务'],
    delivery: ['便民送货'],
    traffic: ['文明交通'],
    legal: ['法律服务'],
    counselling: ['心理疏导'],
    medical: ['医疗健康'],
    'women-and-children': ['妇女儿童关爱'],
    elderly: ['为老服务'],
    disability: ['助残服务'],
    environment: ['环境保护'],
    safety: ['平安安全'],
    culture: ['文化体育'],
    education: ['教育辅导'],
    emergency: ['应急救援'],
    recruitment: ['志愿者招募'],
    other: ['其他'],
  }),
  guardianRelation: vocabulary(['parent', 'grandparent', 'sibling', 'other'], {
    parent: [
      '父母',
      '父亲',
      '母亲',
      '父',
      '母',
      '爸爸',
      '妈妈',
      '父子',
      '父女',
      '母子',
      '母女',
      '继父',
      '继母',
      '养父',
      '养母',
    ],
    grandparent: [
      '祖父母',
      '外祖父母',
      '祖父',
      '祖母',
      '外祖父',
      '外祖母',
      '爷爷',
      '奶奶',
      '外公',
      '外婆',
      '姥姥',
      '姥爷',
      '祖孙',
    ],
    sibling: ['兄弟姐妹', '哥哥', '姐姐', '兄', '姐'],
    other: [
      '其他',
      '其他监护人',
      '监护人',
      '法定监护人',
      '亲属',
      '叔叔',
      '伯父',
      '舅舅',
      '姑姑',
      '姨妈',
    ],
  }),
} as const;

type Vocabularies = typeof vocabularies;
export type CodedColumn = keyof Vocabularies;

/** The code that a word stands for, or undefined. */
export const codeFor = <K extends CodedColumn>(
  column: K,
  word: string,
): (Vocabularies[K]['codes'] extends ReadonlyMap<string, infer Code> ? Code : never) | undefined =>
  vocabularies[column].codes.get(plain(word)) as never;

/** The words that a column takes, in Chinese and English. */
export const wordsFor = (column: CodedColumn): { readonly zh: string; readonly en: string } =>
  vocabularies[column];

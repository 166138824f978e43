import type { contracts } from './contracts.ts';

/** What each part of the API is for: one tag for each contract. */
export const tags: Readonly<
  Record<keyof typeof contracts, { readonly en: string; readonly zh: string }>
> = {
  campaigns: { en: 'The plan of a year', zh: '年度活动方案' },
  organisations: { en: 'Areas, organisations and partners', zh: '区域、组织与共建单位' },
  volunteers: { en: 'Volunteers, and who they are', zh: '志愿者及其个人信息' },
  activities: { en: 'Activities and what came of them', zh: '活动及其成果' },
  participation: { en: 'Who served when: sheets and hours', zh: '签到表与服务时长' },
  records: { en: 'Service records', zh: '志愿服务记录' },
  reports: { en: 'The summary of a year and the bulletin of a month', zh: '年度总结与月度简报' },
  teams: { en: 'Teams and their members', zh: '志愿服务队与队员' },
  notices: { en: 'What people are told of their records', zh: '本人通知' },
  imports: { en: 'Registering lists of people', zh: '批量登记' },
  webhooks: { en: 'Events for other systems', zh: '向其他系统推送事件' },
  calendars: { en: 'A volunteer’s own calendar', zh: '本人服务日历' },
  inbound: { en: 'What other platforms hand in', zh: '其他平台提交的登记与时长' },
  keys: { en: 'Public keys of the district', zh: '本区公钥' },
  periods: { en: 'Closing months and years', zh: '月度与年度关账' },
  publicity: {
    en: 'Stories, practices worth copying, and where they appeared',
    zh: '宣传报道与经验做法',
  },
  complaints: { en: 'Complaints and suggestions', zh: '投诉与意见' },
  recognition: { en: 'Certificates of service', zh: '志愿服务记录证明' },
  stars: { en: 'Star levels of volunteers', zh: '星级志愿者' },
  dashboards: { en: 'Figures of months and years', zh: '月度与年度统计' },
  start: { en: 'Where everything begins', zh: '首页' },
  reference: { en: 'Descriptions for machines', zh: '接口与事件说明' },
};

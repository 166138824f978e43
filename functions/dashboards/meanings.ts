import type { Reason } from '../figures/metrics.ts';
import type { Word } from '../html/words.ts';

/** What a figure counts, in one sentence beside it. */
export const meanings: Readonly<Record<string, Word>> = {
  activitiesPublished: { zh: '已发布的活动，含尚未开展的', en: 'Published, also if not yet held' },
  activitiesHeld: { zh: '已办结并经核对的活动', en: 'Completed and checked' },
  participations: {
    zh: '每人每天每场计一次',
    en: 'One for each person, day and activity',
  },
  distinctVolunteers: {
    zh: '同一人只计一次，各月、各区域相加会多于合计',
    en: 'Each person once, so months and areas add up to more',
  },
  partyMemberParticipations: { zh: '参与人次中的党员', en: 'Of the participations' },
  onDutyParticipations: {
    zh: '在岗人员协助，不计志愿服务时长',
    en: 'At their workplace: no volunteer hours',
  },
  creditedMinutes: {
    zh: '经他人查验的志愿服务时长',
    en: 'Verified by somebody else',
  },
  pendingMinutes: { zh: '已录入、尚待查验，不计入', en: 'Entered, not verified: not counted' },
  beneficiaries: { zh: '现场清点；估计数另列', en: 'Counted on the spot; estimates apart' },
  volunteersRegistered: { zh: '本期完成注册并确认的人', en: 'Registered and confirmed' },
  registeredVolunteers: { zh: '期末在册人数', en: 'On record at the end of the period' },
  teamsFormed: { zh: '本期新组建', en: 'New in this period' },
  teams: { zh: '期末在册', en: 'At the end of the period' },
  partners: { zh: '参与活动的单位，各计一次', en: 'Each once' },
  onTimeRecordShare: { zh: '服务后十个工作日内录入', en: 'Within ten working days' },
  correctionShare: { zh: '查验后又更正、退回或作废', en: 'Of those ever verified' },
  correctedMinutes: { zh: '查验后又改动的记录', en: 'Changed after they were verified' },
  pendingAge: { zh: '截至今日', en: 'Up to today' },
  exactHundredsShare: { zh: '偏高时请核对是否估算', en: 'Many may mean estimates' },
  exactHundredsShareEstimated: { zh: '仅估计数', en: 'Of estimates' },
  outcomesWithoutOutputs: { zh: '成果已核实，未填任何产出', en: 'Verified, without any output' },
  minutesPerParticipation: { zh: '常见一至八小时', en: 'Usually one to eight hours' },
};

/** Why a figure is not there. */
export const reasonWords: Readonly<Record<Reason, Word>> = {
  'not-by-theme': { zh: '不按主题统计', en: 'not counted by theme' },
  'not-by-organisation': { zh: '不按单位统计', en: 'not counted by organisation' },
  'not-recorded': { zh: '尚未记录', en: 'not recorded yet' },
  'small-cell': { zh: '数值较小，不公开', en: 'small, not published' },
};

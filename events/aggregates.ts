import { type Upcaster, upcasters } from './upcasters.ts';

/** A thing with a history of its own. Each of its events carries its whole state after the event. */
export interface Aggregate<Type extends string = string, State extends string = string> {
  readonly type: Type;
  /** The slice that owns the aggregate; `Source` on the bus is `leifeng.<slice>`. */
  readonly slice: string;
  /** Its Chinese noun in refusals. The English one is the type. */
  readonly zh: string;
  /** The id of the aggregate in examples of its events. */
  readonly exampleId: string;
  /** The field of its events' data that holds the state. */
  readonly state: State;
  /** Each leads from one version of the state to the next, version 1 first. */
  readonly upcasters: readonly Upcaster[];
  /**
   * From this version on, events carry the version of the state. Earlier events carry a version of
   * their own type, which may be lower: see `EventDefinition.behind`.
   */
  readonly numberedFrom: number;
}

type Described<Type extends string, State extends string> = Pick<
  Aggregate<Type, State>,
  'zh' | 'exampleId'
> &
  Partial<Pick<Aggregate<Type, State>, 'state' | 'upcasters' | 'numberedFrom'>>;

const aggregate = <const Type extends string, const State extends string = Type>(
  type: Type,
  slice: string,
  more: Described<Type, State>,
): Aggregate<Type, State> => ({
  type,
  slice,
  state: type as unknown as State,
  upcasters: [],
  numberedFrom: 1,
  ...more,
});

const exampleUuid = (end: string): string => `0198c0de-0000-7000-8000-0000000000${end}`;

/** All aggregates. A changed state schema needs one more upcaster, which raises the version by one. */
export const aggregates = {
  campaign: aggregate('campaign', 'campaigns', {
    zh: '年度方案',
    exampleId: '2025',
    upcasters: upcasters.campaign,
  }),
  report: aggregate('report', 'reports', { zh: '年度总结', exampleId: '2025' }),
  area: aggregate('area', 'organisations', {
    zh: '区域',
    exampleId: 'hongqi-01',
    upcasters: upcasters.area,
  }),
  organisation: aggregate('organisation', 'organisations', {
    zh: '组织',
    exampleId: exampleUuid('a1'),
  }),
  activity: aggregate('activity', 'activities', {
    zh: '活动',
    exampleId: exampleUuid('b1'),
    upcasters: upcasters.activity,
  }),
  volunteer: aggregate('volunteer', 'volunteers', {
    zh: '志愿者',
    exampleId: exampleUuid('c1'),
    upcasters: upcasters.volunteer,
    numberedFrom: 4,
  }),
  import: aggregate('import', 'imports', { zh: '批量登记', exampleId: exampleUuid('f1') }),
  importChunk: aggregate('import-chunk', 'imports', {
    zh: '批量登记',
    exampleId: exampleUuid('f3'),
    state: 'chunk',
  }),
  // Its events carry only the entries that they change, see `entriesOf`, and the sums of all of them.
  sheet: aggregate('sheet', 'participation', {
    zh: '签到表',
    exampleId: `${exampleUuid('b1')}~2025-10-18~1`,
    state: 'sums',
    upcasters: upcasters.sheet,
  }),
  /** What waits too long: of an organisation in an area, `<organisation>~<area>`. */
  overdueRecords: aggregate('overdue-records', 'participation', {
    zh: '超期记录',
    exampleId: `${exampleUuid('a1')}~hongqi-01`,
    state: 'overdue',
  }),
  recordEntry: aggregate('record-entry', 'records', {
    zh: '记录条目',
    exampleId: exampleUuid('e1'),
    state: 'entry',
  }),
  team: aggregate('team', 'teams', { zh: '志愿服务队', exampleId: exampleUuid('f1') }),
  membership: aggregate('membership', 'teams', { zh: '队员记录', exampleId: exampleUuid('f2') }),
  webhook: aggregate('webhook', 'webhooks', {
    zh: '推送订阅',
    exampleId: exampleUuid('f4'),
    upcasters: upcasters.webhook,
  }),
  inboundPartner: aggregate('inbound-partner', 'inbound', {
    zh: '接入方',
    exampleId: exampleUuid('f5'),
    state: 'partner',
  }),
  inboundBatch: aggregate('inbound-batch', 'inbound', {
    zh: '接入批次',
    exampleId: exampleUuid('f6'),
    state: 'batch',
  }),
  certificate: aggregate('certificate', 'recognition', {
    zh: '志愿服务记录证明',
    exampleId: exampleUuid('f8'),
  }),
  /** A level of a volunteer; its id is derived from both. */
  star: aggregate('star', 'stars', { zh: '星级', exampleId: exampleUuid('fa') }),
  /** A month or a year: `yyyy-mm` or `yyyy`. */
  period: aggregate('period', 'periods', { zh: '月度或年度', exampleId: '2025-10' }),
  /** What one change of figures after a close comes to in one closed month. */
  restatement: aggregate('restatement', 'periods', {
    zh: '更正记录',
    exampleId: exampleUuid('f7'),
  }),
  /** A story, a practice that others may copy, or an exemplar. */
  story: aggregate('story', 'publicity', {
    zh: '宣传报道',
    exampleId: exampleUuid('f9'),
    upcasters: upcasters.story,
  }),
  /** By its number, `yymmdd-nnnnnnnn-cc`. */
  complaint: aggregate('complaint', 'complaints', {
    zh: '投诉意见',
    exampleId: '251018-48392071-11',
  }),
} as const;

/** The current version of an aggregate's state, which is the version of all its events. */
export const versionOf = ({ upcasters: { length } }: Aggregate): number => length + 1;

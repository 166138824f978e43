/**
 * An output that an activity can report. `complete` takes the key, and a dashboard shows it as
 * `outputs.<key>`; a dot separates a group or topic from what is counted.
 */
export interface OutputDefinition {
  /** The English unit. */
  readonly unit: string;
  /** The Chinese measure word. */
  readonly unitZh: string;
  readonly zh: string;
  readonly en: string;
  /** What professionals did for people: figures of it below 5 by area are not published. */
  readonly professional?: boolean | undefined;
}

const output = (unit: string, unitZh: string, zh: string, en: string): OutputDefinition => ({
  unit,
  unitZh,
  zh,
  en,
});

const ofProfessionals = (...words: Parameters<typeof output>): OutputDefinition => ({
  ...output(...words),
  professional: true,
});

/** DOMAIN.md §5. A district adds its own in its settings. */
export const outputs: Readonly<Record<string, OutputDefinition>> = {
  trafficGuidancePosts: output('posts', '个', '文明交通劝导岗', 'traffic guidance posts'),
  uncivilActsDissuaded: output('acts', '起', '劝导不文明行为', 'uncivil acts dissuaded'),
  illegalAdsRemoved: output('adverts', '张', '清理野广告', 'illegal adverts removed'),
  roadSectionsCleaned: output('sections', '段', '清扫路段', 'road sections cleaned'),
  flowerBedsCleaned: output('beds', '个', '清理花坛', 'flower beds cleaned'),
  areaSweptSquareMetres: output('m2', '平方米', '清扫面积', 'area swept'),
  rubbishKilograms: output('kg', '公斤', '清理垃圾', 'rubbish removed'),
  rubbishTruckloads: output('truckloads', '车', '清运垃圾车次', 'truckloads of rubbish'),
  shoppingOrders: output('orders', '单', '代购', 'shopping on behalf'),
  deliveries: output('deliveries', '单', '送货上门', 'home deliveries'),
  'householdsServed.emptyNestElders': output(
    'households',
    '户',
    '服务空巢老人家庭',
    'empty-nest homes',
  ),
  'householdsServed.limitedMobility': output(
    'households',
    '户',
    '服务出行困难家庭',
    'limited mobility',
  ),
  'householdsServed.disabled': output(
    'households',
    '户',
    '服务残疾人家庭',
    'homes of disabled persons',
  ),
  busStopsCleaned: output('stops', '个', '清洁公交站', 'bus stops cleaned'),
  noticeBoardsWiped: output('boards', '块', '擦洗公示栏', 'notice boards wiped'),
  binsWiped: output('bins', '个', '擦洗垃圾箱', 'bins wiped'),
  sharedBikesAligned: output('bikes', '辆', '摆放共享单车', 'shared bikes aligned'),
  legalTalks: output('talks', '场', '法律讲座', 'legal talks'),
  legalConsultations: ofProfessionals('consultations', '人次', '法律咨询', 'legal consultations'),
  casesAssisted: ofProfessionals('cases', '件', '援助案件', 'cases assisted'),
  counsellingSessions: ofProfessionals('sessions', '人次', '心理疏导', 'counselling sessions'),
  disputesMediated: ofProfessionals('disputes', '起', '调解纠纷', 'disputes mediated'),
  disputesResolved: ofProfessionals('disputes', '起', '化解纠纷', 'disputes resolved'),
  'careVisits.motherInNeed': output('visits', '次', '走访贫困母亲', 'visits to mothers in need'),
  'careVisits.leftBehindChild': output(
    'visits',
    '次',
    '走访留守儿童',
    'visits to left-behind children',
  ),
  'careVisits.loneElder': output('visits', '次', '走访孤寡老人', 'visits to lone elders'),
  careItemsGiven: output('items', '份', '发放慰问品', 'care items given'),
  talksGiven: output('talks', '场', '宣讲', 'talks given'),
  audience: output('person-times', '人次', '听众人次', 'audience'),
  trainingsHeld: output('trainings', '场', '开展培训', 'trainings held'),
  personsTrained: output('person-times', '人次', '参加培训人次', 'training attendances'),
  microWishesMet: output('wishes', '个', '实现微心愿', 'micro-wishes met'),
  bloodPressureChecks: ofProfessionals('checks', '人次', '测血压', 'blood-pressure checks'),
  glucoseChecks: ofProfessionals('checks', '人次', '测血糖', 'glucose checks'),
  healthHandbooks: output('copies', '册', '健康手册', 'health handbooks'),
  'materialsDistributed.socialSecurity': output(
    'copies',
    '份',
    '社保宣传资料',
    'social security leaflets',
  ),
  'materialsDistributed.foodSafety': output(
    'copies',
    '份',
    '食品安全宣传资料',
    'food safety leaflets',
  ),
  'materialsDistributed.wasteSorting': output(
    'copies',
    '份',
    '垃圾分类宣传资料',
    'waste sorting leaflets',
  ),
  'materialsDistributed.antiDrug': output('copies', '份', '禁毒宣传资料', 'anti-drug leaflets'),
  'materialsDistributed.antiTelecomFraud': output(
    'copies',
    '份',
    '反诈宣传资料',
    'anti-fraud leaflets',
  ),
  'materialsDistributed.antiCult': output('copies', '份', '反邪教宣传资料', 'anti-cult leaflets'),
  'materialsDistributed.homeSafety': output(
    'copies',
    '份',
    '居家安全宣传资料',
    'home safety leaflets',
  ),
  questionsAnswered: output('questions', '个', '解答问题', 'questions answered'),
};

/** Figures that leifeng computes from registrations, teams and hours. Nobody reports them as outputs. */
export const computedFigures: ReadonlySet<string> = new Set([
  'newRegistrations',
  'volunteersRegistered',
  'registeredVolunteers',
  'newTeams',
  'teamsFormed',
  'teams',
  'firstServiceWithin60Days',
  'participations',
  'distinctVolunteers',
  'creditedMinutes',
]);

/** The measure of an output. Estimates have a measure of their own. */
export const measureOf = (key: string, basis: 'counted' | 'estimated'): string =>
  basis === 'counted' ? `outputs.${key}` : `outputs.${key}:estimated`;

/** How an output's key ends when it is weighed, in kilograms with one decimal. */
export const weighed = /Kilograms$/;

/**
 * How many of an output's measure make up one unit. Measures are whole numbers, so what is weighed is
 * summed in tenths of a kilogram. The key alone decides it, as it never changes.
 */
export const scaleOf = (key: string): 1 | 10 => (weighed.test(key) ? 10 : 1);

/**
 * An output that an activity can report. `complete` takes the key, and a dashboard shows it as
 * `outputs.<key>`; a dot separates a group or topic from what is counted.
 */
export interface OutputDefinition {
  readonly unit: string;
  readonly zh: string;
  readonly en: string;
}

const output = (unit: string, zh: string, en: string): OutputDefinition => ({ unit, zh, en });

/** DOMAIN.md §5. A district adds its own in its settings. */
export const outputs: Readonly<Record<string, OutputDefinition>> = {
  trafficGuidancePosts: output('posts', '文明交通劝导岗', 'traffic guidance posts'),
  uncivilActsDissuaded: output('acts', '劝导不文明行为', 'uncivil acts dissuaded'),
  illegalAdsRemoved: output('adverts', '清理野广告', 'illegal adverts removed'),
  roadSectionsCleaned: output('sections', '清扫路段', 'road sections cleaned'),
  flowerBedsCleaned: output('beds', '清理花坛', 'flower beds cleaned'),
  areaSweptSquareMetres: output('m2', '清扫面积', 'area swept'),
  rubbishKilograms: output('kg', '清理垃圾', 'rubbish removed'),
  rubbishTruckloads: output('truckloads', '清运垃圾车次', 'truckloads of rubbish'),
  shoppingOrders: output('orders', '代购', 'shopping on behalf'),
  deliveries: output('deliveries', '送货上门', 'home deliveries'),
  'householdsServed.emptyNestElders': output('households', '服务空巢老人家庭', 'empty-nest homes'),
  'householdsServed.limitedMobility': output('households', '服务出行困难家庭', 'limited mobility'),
  'householdsServed.disabled': output('households', '服务残疾人家庭', 'homes of disabled persons'),
  busStopsCleaned: output('stops', '清洁公交站', 'bus stops cleaned'),
  noticeBoardsWiped: output('boards', '擦洗公示栏', 'notice boards wiped'),
  binsWiped: output('bins', '擦洗垃圾箱', 'bins wiped'),
  sharedBikesAligned: output('bikes', '摆放共享单车', 'shared bikes aligned'),
  legalTalks: output('talks', '法律讲座', 'legal talks'),
  legalConsultations: output('consultations', '法律咨询', 'legal consultations'),
  casesAssisted: output('cases', '援助案件', 'cases assisted'),
  counsellingSessions: output('sessions', '心理疏导', 'counselling sessions'),
  disputesMediated: output('disputes', '调解纠纷', 'disputes mediated'),
  disputesResolved: output('disputes', '化解纠纷', 'disputes resolved'),
  'careVisits.motherInNeed': output('visits', '走访贫困母亲', 'visits to mothers in need'),
  'careVisits.leftBehindChild': output('visits', '走访留守儿童', 'visits to left-behind children'),
  'careVisits.loneElder': output('visits', '走访孤寡老人', 'visits to lone elders'),
  careItemsGiven: output('items', '发放慰问品', 'care items given'),
  newRegistrations: output('persons', '新增注册', 'new registrations'),
  talksGiven: output('talks', '宣讲', 'talks given'),
  audience: output('person-times', '听众人次', 'audience'),
  newTeams: output('teams', '新建队伍', 'new teams'),
  firstServiceWithin60Days: output('persons', '60日内首次服务', 'first service within 60 days'),
  bloodPressureChecks: output('checks', '测血压', 'blood-pressure checks'),
  glucoseChecks: output('checks', '测血糖', 'glucose checks'),
  healthHandbooks: output('copies', '健康手册', 'health handbooks'),
  'materialsDistributed.socialSecurity': output(
    'copies',
    '社保宣传资料',
    'social security leaflets',
  ),
  'materialsDistributed.foodSafety': output('copies', '食品安全宣传资料', 'food safety leaflets'),
  'materialsDistributed.wasteSorting': output(
    'copies',
    '垃圾分类宣传资料',
    'waste sorting leaflets',
  ),
  'materialsDistributed.antiDrug': output('copies', '禁毒宣传资料', 'anti-drug leaflets'),
  'materialsDistributed.antiTelecomFraud': output('copies', '反诈宣传资料', 'anti-fraud leaflets'),
  'materialsDistributed.antiCult': output('copies', '反邪教宣传资料', 'anti-cult leaflets'),
  'materialsDistributed.homeSafety': output('copies', '居家安全宣传资料', 'home safety leaflets'),
  questionsAnswered: output('questions', '解答问题', 'questions answered'),
};

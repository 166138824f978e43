/** The sample subdistrict: as many places and organisations as a real one has, with made-up names. */

export const subdistrict = { id: 'hongqi', name: '红旗街道' };
const district = { id: 'tiexi', name: '铁西区' };

export const communities = [
  { id: 'hongqi-01', name: '新华社区' },
  { id: 'hongqi-02', name: '和平社区' },
  { id: 'hongqi-03', name: '建设社区' },
  { id: 'hongqi-04', name: '光明社区' },
  { id: 'hongqi-05', name: '向阳社区' },
  { id: 'hongqi-06', name: '友谊社区' },
] as const;

export const areas = [
  { ...district, kind: 'district', parentId: null },
  { ...subdistrict, kind: 'subdistrict', parentId: district.id },
  ...communities.map((community) => ({
    ...community,
    kind: 'community',
    parentId: subdistrict.id,
  })),
];

/** `key` identifies an organisation within this sample. The district assigns the id. */
export const organisations = [
  { key: 'office', kind: 'subdistrict-office', name: '红旗街道办事处', areaId: subdistrict.id },
  ...communities.map(({ id, name }) => ({
    key: id,
    kind: 'residents-committee',
    name: `${name}居民委员会`,
    areaId: id,
  })),
  {
    key: 'federation',
    kind: 'volunteer-organisation',
    name: '铁西区志愿服务联合会',
    areaId: district.id,
  },
  { key: 'property', kind: 'property-manager', name: '安居物业', areaId: subdistrict.id },
  { key: 'merchant', kind: 'merchant', name: '便民超市', areaId: subdistrict.id },
  { key: 'bus', kind: 'bus-company', name: '第三公交公司', areaId: district.id },
  { key: 'law', kind: 'law-firm', name: '正和律师事务所', areaId: district.id },
  { key: 'hospital', kind: 'hospital', name: '红旗社区卫生服务中心', areaId: subdistrict.id },
  { key: 'company', kind: 'company', name: '沈铁机械厂', areaId: district.id },
  { key: 'police', kind: 'police', name: '红旗派出所', areaId: subdistrict.id },
  { key: 'fire', kind: 'fire-brigade', name: '铁西消防救援站', areaId: district.id },
] as const;

export type OrganisationKey = (typeof organisations)[number]['key'];

/** The details of a theme's activities, and the ranges of their outputs (whole numbers). */
export interface Recipe {
  readonly theme: string;
  readonly title: string;
  readonly content: string;
  readonly partners: readonly OrganisationKey[];
  readonly beneficiaries: readonly [number, number];
  readonly outputs: Readonly<Record<string, readonly [number, number]>>;
  /** Held only once, for the whole subdistrict. */
  readonly once?: boolean;
}

/** By month of the plan. The magnitudes are those of real activities. */
export const themeRecipes: Readonly<Record<number, Recipe>> = {
  3: {
    theme: 'LAUNCH',
    title: '学雷锋志愿服务启动仪式',
    content: '启动仪式，公布全年志愿服务安排',
    partners: ['property', 'merchant'],
    beneficiaries: [120, 260],
    outputs: { audience: [120, 260], questionsAnswered: [10, 30] },
    once: true,
  },
  4: {
    theme: 'CIVILIZED_COMMUNITY',
    title: '清洁家园',
    content: '清扫道路和花坛，清理白色垃圾和野广告',
    partners: ['property'],
    beneficiaries: [60, 300],
    outputs: {
      roadSectionsCleaned: [2, 6],
      flowerBedsCleaned: [4, 15],
      areaSweptSquareMetres: [300, 900],
      illegalAdsRemoved: [20, 90],
      rubbishKilograms: [40, 160],
    },
  },
  5: {
    theme: 'GREEN_DELIVERY',
    title: '便民商圈送货上门',
    content: '为行动不便的居民代购和送货上门',
    partners: ['merchant', 'property'],
    beneficiaries: [12, 40],
    outputs: {
      shoppingOrders: [10, 36],
      deliveries: [10, 36],
      'householdsServed.emptyNestElders': [4, 15],
      'householdsServed.limitedMobility': [2, 9],
      'householdsServed.disabled': [1, 6],
    },
  },
  6: {
    theme: 'BUS_STOP_CLEANUP',
    title: '公交站点大清洁',
    content: '擦洗站牌、公示栏和垃圾箱，捡拾烟头，摆放共享单车',
    partners: ['bus'],
    beneficiaries: [100, 400],
    outputs: {
      busStopsCleaned: [3, 9],
      noticeBoardsWiped: [4, 12],
      binsWiped: [5, 16],
      sharedBikesAligned: [30, 140],
    },
  },
  7: {
    theme: 'LEGAL_SERVICE',
    title: '法律服务进社区',
    content: '法律讲座、咨询和心理疏导',
    partners: ['law'],
    beneficiaries: [25, 90],
    outputs: {
      legalTalks: [1, 1],
      legalConsultations: [10, 40],
      counsellingSessions: [2, 9],
      disputesMediated: [1, 5],
      disputesResolved: [0, 3],
    },
  },
  8: {
    theme: 'WOMEN_CARE',
    title: '巾帼关爱行动',
    content: '走访慰问、心理疏导',
    partners: ['hospital'],
    beneficiaries: [12, 40],
    outputs: {
      'careVisits.motherInNeed': [2, 7],
      'careVisits.leftBehindChild': [2, 8],
      'careVisits.loneElder': [4, 14],
      careItemsGiven: [10, 40],
    },
  },
  9: {
    theme: 'VOLUNTEER_RECRUITMENT',
    title: '注册志愿者宣传',
    content: '宣讲志愿服务，现场注册',
    partners: ['company'],
    beneficiaries: [40, 130],
    outputs: { talksGiven: [1, 2], audience: [40, 130], questionsAnswered: [4, 18] },
  },
  10: {
    theme: 'FREE_CLINIC',
    title: '义诊进社区',
    content: '测血压、测血糖，发放健康手册，健康咨询',
    partners: ['hospital'],
    beneficiaries: [50, 120],
    outputs: {
      bloodPressureChecks: [50, 110],
      glucoseChecks: [40, 90],
      healthHandbooks: [100, 220],
      questionsAnswered: [40, 110],
    },
  },
  11: {
    theme: 'SAFETY_ANTIFRAUD',
    title: '生活安全与反诈宣传',
    content: '发放宣传资料，解答居民问题',
    partners: ['police', 'fire'],
    beneficiaries: [80, 240],
    outputs: {
      'materialsDistributed.antiTelecomFraud': [80, 220],
      'materialsDistributed.homeSafety': [60, 160],
      'materialsDistributed.foodSafety': [30, 90],
      questionsAnswered: [20, 80],
    },
  },
  12: {
    theme: 'ANNUAL_SUMMARY',
    title: '年度总结会',
    content: '总结全年志愿服务',
    partners: [],
    beneficiaries: [80, 160],
    outputs: { audience: [80, 160] },
    once: true,
  },
};

/** Activities of every month, beside those of the theme. */
export const routineRecipes: readonly Recipe[] = [
  {
    theme: 'TRAFFIC_COURTESY',
    title: '文明交通劝导',
    content: '早晚高峰路口文明劝导',
    partners: [],
    beneficiaries: [200, 600],
    outputs: { trafficGuidancePosts: [2, 4], uncivilActsDissuaded: [10, 60] },
  },
  {
    theme: 'ILLEGAL_ADS_REMOVAL',
    title: '清理野广告',
    content: '清理楼道和线杆野广告',
    partners: ['property'],
    beneficiaries: [60, 200],
    outputs: { illegalAdsRemoved: [20, 120] },
  },
  {
    theme: 'BUS_SIGN_WASHING',
    title: '擦洗公交站牌',
    content: '擦洗公交站牌和座椅',
    partners: ['bus'],
    beneficiaries: [80, 240],
    outputs: { busStopsCleaned: [2, 6], noticeBoardsWiped: [2, 8] },
  },
];

// Plans of places that do not exist, whose activities stand in lists of different forms.
import type { KindOfPlan } from './edges-of-plans.ts';

export const lists: Readonly<Record<string, KindOfPlan>> = {
  'names before a colon, below a heading that stands alone': {
    text: `青禾学院三月志愿服务方案
一、活动时间
2024年3月1日至3月31日
二、活动内容
1.启动仪式(3月5日)
全校宣读倡议书。
2.校园板块
绿色校园行动:各班清理草坪和花坛。
旧书换绿植:收集旧书，送到山区小学。
3.社区板块
走进社区，陪老人聊天。
4.其他服务活动
`,
    year: 2024,
    themes: [
      ['启动仪式', { dates: ['2024-03-05'] }],
      ['绿色校园行动', { months: [3] }, '各班'],
      ['旧书换绿植', { months: [3] }],
      ['社区板块', { months: [3] }],
    ],
    warnings: ['DATES_INHERITED'],
  },
  'a heading with a label below it is one activity': {
    text: `青禾学院三月志愿服务方案
一、活动时间
2024年3月
二、活动内容
1.敲门行动
服务对象:独居老人。
活动内容:送药和代买。
2.清河行动
活动内容:捡拾河边垃圾。
`,
    year: 2024,
    themes: [
      ['敲门行动', { months: [3] }],
      ['清河行动', { months: [3] }],
    ],
    warnings: [],
  },
  'festivals above several activities, in a text without lines': {
    text: '云溪社区新春主题活动方案一、活动目标:1.丰富居民的节日生活。2.让邻里更加亲近,让在外的游子感到家的温暖,也让留守的老人和孩子不再孤单。二、活动内容:1.春节期间志愿服务活动(1)开展“回家的路”活动。在车站送热水。(2)开展“暖心陪伴”活动。陪孩子写作业,给孩子讲故事,和孩子一起贴窗花。2.元宵节期间志愿服务活动(1)举办“猜灯谜”活动。居民猜对有奖。(2)开展“敬老”活动。给老人送汤圆。',
    year: null,
    themes: [
      ['回家的路', { lunar: '春节' }],
      ['暖心陪伴', { lunar: '春节' }],
      ['猜灯谜', { lunar: '元宵节' }],
      ['敬老', { lunar: '元宵节' }],
    ],
    warnings: ['LUNAR_DATE', 'NO_LINE_BREAKS'],
  },
  'two groups, of which one has times': {
    text: `青河县科普周方案
一、活动时间
2023年5月20日至26日
二、活动内容
(一)现场宣传
1、广场科普
时间:5月20日(周六)上午
2、校园科普
时间:5月24日上午
(二)网上宣传
1、法规介绍
每天介绍一部法规,有:1.科技进步法。2.科学技术普及法。3.节约能源法。
2、节水宣传
在大厅播放短片。
`,
    year: 2023,
    themes: [
      ['广场科普', { dates: ['2023-05-20'] }],
      ['校园科普', { dates: ['2023-05-24'] }],
      ['法规介绍', { months: [5] }],
      ['节水宣传', { months: [5] }],
    ],
    warnings: ['DATES_INHERITED'],
  },
  'numbers without their brackets, and a range without its dash': {
    text: `青河团县委学雷锋活动方案
一、活动时间2022年3月1日3月31日
二、活动内容 一开展学习活动。各团支部要读雷锋日记。
二开展宣传活动。各中队组织出墙报。
三、活动要求
积极参加。
`,
    year: 2022,
    themes: [
      ['学习活动', { months: [3] }, '各团支部'],
      ['宣传活动', { months: [3] }, '各中队'],
    ],
    warnings: ['DATES_INHERITED'],
  },
  'a list whose first numbers are left out, and a range with a comma behind it': {
    text: `云溪区志愿服务活动通知
一、活动时间
2016年11月20日至12月26日,各部门每周开展活动。
二、活动内容
(三)开展青少年服务活动。各中小学要组织好。
(四)开展文明交通服务活动。区交通局负责。
`,
    year: 2016,
    themes: [
      ['青少年服务活动', { months: [11, 12] }, '各中小学'],
      ['文明交通服务活动', { months: [11, 12] }, '区交通局'],
    ],
    warnings: ['SECTION_GAP'],
  },
  'a day with its lunar day in brackets, and units in sentences': {
    text: `云溪社区重阳活动方案
一、活动时间
2024年10月11日(农历九月初九)
二、活动内容
(1)社区居委会组织老人座谈。
(2)各支部以小组为单位组织探望活动。
(3)为老人体检并把结果送到
`,
    year: 2024,
    themes: [
      ['社区居委会组织老人座谈', { dates: ['2024-10-11'] }, '社区居委会'],
      ['各支部以小组为单位组织探望活动', { dates: ['2024-10-11'] }, '各支部'],
      ['为老人体检并把结果送到', { dates: ['2024-10-11'] }],
    ],
    warnings: ['LUNAR_DATE', 'TRUNCATED'],
  },
  'who does it, before the time; a day that was made one to remember': {
    text: '本周六上午,2021年“世界骨髓日”广场活动等你来。世卫组织将2015年9月19日定为首个世界骨髓日。县红十字会定于9月18日在广场举行捐献咨询活动。县团委将于9月20日在学校举行知识讲座。',
    year: 2021,
    themes: [
      ['捐献咨询活动', { dates: ['2021-09-18'] }, '县红十字会'],
      ['知识讲座', { dates: ['2021-09-20'] }, '县团委'],
    ],
    warnings: [],
  },
  'festivals as headings, units in brackets, and signs of a web page': {
    text: `青河县审计局“我们的节日”方案
一、活动时间
20__年4月至20__年3月
二、活动内容
(一)清明节活动
1、开展&nbsp;网上祭扫活动。(责任科室:办公室)
2、开展移风易俗活动。(人事科牵头,各科室配合)
(二)端午节活动
1、开展包粽子活动。(工会负责)
`,
    year: null,
    themes: [
      ['网上祭扫活动', { lunar: '清明节' }, '办公室'],
      ['移风易俗活动', { lunar: '清明节' }, '人事科', '各科室'],
      ['包粽子活动', { lunar: '端午节' }, '工会'],
    ],
    warnings: ['LUNAR_DATE', 'YEAR_PLACEHOLDER'],
  },
  'values below their labels, and a time that is cut off': {
    text: `青河县清明文化活动方案
一、活动时间
3月初至4月上旬
二、活动内容
1、诵读活动
承办单位:
县教育局
具体组织单位:青河小学
时间:
3月27日至4月1日
2、征文活动
承办单位:县文化馆
时间:3.15上午
3、演讲比赛`,
    year: null,
    themes: [
      ['诵读活动', { range: ['03-27', '04-01'] }, '县教育局', '青河小学'],
      ['征文活动', { dates: ['03-15'] }, '县文化馆'],
      ['演讲比赛', null],
    ],
    warnings: ['TRUNCATED', 'MONTH_MISSING'],
  },
  'the order of a ceremony is no list of activities': {
    text: `【志愿者招募】
本周六上午,2021年“世界骨髓日”广场活动招募志愿者10名。
活动时间:9月18日9:00
活动内容:
世卫组织将2015年9月19日定为首个世界骨髓日。
活动流程:
(1)领导上台讲话
(2)志愿者宣誓
(3)现场咨询活动
注意事项:
注意安全。
`,
    year: 2021,
    themes: [['“世界骨髓日”广场活动', { dates: ['2021-09-18'] }]],
    warnings: [],
  },
  'headings between asterisks, a whole year, and who is sent': {
    text: `青河学院志愿者协会工作方案
一、活动时间
2023年3月至4月
二、活动内容
***一***旧物新生行动
动员青年志愿者回收旧物。各基层团组织根据自身特点参与。
***二***护河行动
活动时间:2023年全年
号召各团支部以班级为单位清理河道。
`,
    year: 2023,
    themes: [
      ['旧物新生行动', { months: [3, 4] }, '青年志愿者', '各基层团组织'],
      ['护河行动', { months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] }, '各团支部'],
    ],
    warnings: ['DATES_INHERITED'],
  },
  'numbers of activities that have no name of their own': {
    text: `青河小学学雷锋活动
活动一:出一期黑板报。
活动二:
1、各班播放雷锋的录像。
2、三年级举行主题班会。
活动三:由大队部与语文组联合在第五周评选读后感。
`,
    year: null,
    themes: [
      ['出一期黑板报', null],
      ['各班播放雷锋的录像', null, '各班'],
      ['主题班会', null],
      ['由大队部与语文组联合在第五周评选读后感', null, '大队部', '语文组'],
    ],
    warnings: ['MONTH_MISSING', 'YEAR_MISSING'],
  },
  'an end whose beginning nobody knows is no day': {
    text: `青河县“小手拉大手”活动方案
一、活动时间:即日起至6月30日
二、活动内容
(一)小小监督员。4月份,到路口劝导。
(二)小小环保员。开展垃圾分类。
`,
    year: null,
    themes: [
      ['小小监督员', { months: [4] }],
      ['小小环保员', null],
    ],
    warnings: ['MONTH_MISSING'],
  },
  'a schedule that lists activities by their days': {
    text: `青河國小志工隊計畫
一、依據:志願服務法
二、活動期程
(一)109年9月1日 期初志工大會
(二)109年10月21日 校外志工支援
三、經費:自籌
`,
    year: 2020,
    themes: [
      ['期初志工大會', { dates: ['2020-09-01'] }],
      ['校外志工支援', { dates: ['2020-10-21'] }],
    ],
    warnings: ['TRADITIONAL'],
  },
  'occasions with their days in brackets, below a title in brackets': {
    text: `【活动预告】青河街道4月活动来了
★清明节(4月4日)开展文明祭扫活动
★世界读书日(4月23日)
★4月20日(周六)志愿者培训
`,
    year: null,
    themes: [
      ['文明祭扫活动', { dates: ['04-04'] }],
      ['世界读书日', { dates: ['04-23'] }],
      ['志愿者培训', { dates: ['04-20'] }],
    ],
    warnings: ['YEAR_MISSING'],
  },
};

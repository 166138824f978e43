// Plans of places that do not exist, with the signs that pages put into them, and with units in sentences.
import type { KindOfPlan } from './edges-of-plans.ts';

export const signs: Readonly<Record<string, KindOfPlan>> = {
  'headings in Markdown': {
    text: `# 青河社区志愿服务方案

**一、活动时间**
2024年5月—10月

## 二、活动内容
1. **清洁家园行动**:5月18日清理楼道。
2. **护学行动**:9月1日到**小学门口维持秩序。

**三、保障措施**
1. **组织保障**:成立小组。
`,
    year: 2024,
    themes: [
      ['清洁家园行动', { dates: ['2024-05-18'] }],
      ['护学行动', { dates: ['2024-09-01'] }],
    ],
    warnings: [],
  },
  'a table between bars, of which another one says who prepares what': {
    text: `【中秋节活动方案】中秋节是传统节日。
一、活动时间与地点
- 时间:2024年9月17日(农历八月十五)
- 地点:社区广场
二、活动内容与形式
| 活动项目 | 内容描述 | 目的 |
|---|---|---|
| 诗词会 | 诵读古诗 | 参与 |
| 做月饼 | 亲手制作 | 体验 |
三、准备与分工
工作内容 | 负责人 | 备注 |
布置会场 | 王小满 | 提前 |
四、流程
时间 | 内容 | 备注 |
8:00 | 签到 | |
9:00 | 朗诵 | |
`,
    year: 2024,
    themes: [
      ['诗词会', { dates: ['2024-09-17'] }],
      ['做月饼', { dates: ['2024-09-17'] }],
    ],
    warnings: ['TABLE_FLATTENED', 'LUNAR_DATE', 'DATES_INHERITED'],
  },
  'numbers that run on through the sections, with quarters': {
    text: `青河镇(zhèn)妇联2019年工作要点
一、强化思想引领
1.开展巾帼宣讲。3月至5月,到各村宣讲。
2.开展“最美家庭”评选。6月表彰。
二、服务妇女儿童
3.开展“六一”慰问。5月底前走访慰问儿童。
4.开展健康检查。第三季度,由镇卫生院负责。
三、加强自身建设
5.加强组织建设。每季度召开例会。
6.举办干部培训班。7月中旬举办。
`,
    year: 2019,
    themes: [
      ['巾帼宣讲', { months: [3, 4, 5] }],
      ['“最美家庭”评选', { months: [6] }],
      ['“六一”慰问', { before: '2019-05-31' }],
      ['健康检查', { months: [7, 8, 9] }, '镇卫生院'],
      ['干部培训班', { months: [7] }],
    ],
    warnings: [],
  },
  'months with labels below them': {
    text: `2020年全年志愿服务计划
一月份:春运志愿服务
时间:1月10日-2月18日
地点:火车站
二月份:元宵灯会服务
三月份:学雷锋服务
十二月份:总结表彰
`,
    year: 2020,
    themes: [
      ['春运志愿服务', { range: ['2020-01-10', '2020-02-18'] }],
      ['元宵灯会服务', { months: [2] }],
      ['学雷锋服务', { months: [3] }],
      ['总结表彰', { months: [12] }],
    ],
    warnings: [],
  },
  'a term of a school year, and a Sunday of a month': {
    text: `2023—2024学年度第二学期少先队活动安排
三月份
1.学雷锋队会
2.大扫除
五月份
1.读书节
2.五月的第二个星期日母亲节活动
`,
    year: 2024,
    themes: [
      ['学雷锋队会', { months: [3] }],
      ['大扫除', { months: [3] }],
      ['读书节', { months: [5] }],
      ['母亲节活动', { months: [5] }],
    ],
    warnings: ['YEAR_BY_ORDINAL'],
  },
  'a school year without its term': {
    text: `2023—2024学年少先队活动安排
九月:入队仪式
三月:学雷锋队会
`,
    year: null,
    themes: [
      ['入队仪式', { months: [9] }],
      ['学雷锋队会', { months: [3] }],
    ],
    warnings: ['YEAR_MISSING'],
  },
  'to whom and how, for one activity': {
    text: `青河县总工会“送清凉”活动方案
县总工会决定在7月至9月开展“送清凉”活动。
一、慰问对象:环卫工人、交警。
二、时间安排:2021年7月15日至9月10日。
三、慰问方式
(一)班子成员带队慰问。
(二)各基层工会自行慰问。
四、有关要求
各单位要高度重视。
`,
    year: 2021,
    themes: [['送清凉', { months: [7, 8, 9] }, '县总工会']],
    warnings: [],
  },
  'hosts of a plan that has two activities': {
    text: `清明活动方案
一、主办单位:青河学院志愿者协会
二、活动时间:4月3日至4月10日
三、活动安排
1、烈士陵园扫墓
活动时间:4月4日
2、诵读会
活动时间:4月6日
`,
    year: null,
    themes: [
      ['烈士陵园扫墓', { dates: ['04-04'] }],
      ['诵读会', { dates: ['04-06'] }],
    ],
    warnings: [],
  },
  'hosts of the only activity below its headings': {
    text: `清明扫墓活动方案
一、主办单位:青河学院志愿者协会
二、参与单位
各班团支部
三、活动时间:4月3日至4月10日
四、活动安排
1、烈士陵园扫墓
活动时间:4月4日
`,
    year: null,
    themes: [['烈士陵园扫墓', { dates: ['04-04'] }, '青河学院志愿者协会', '各班团支部']],
    warnings: [],
  },
  'units in sentences of several kinds, and a year that has lost a digit': {
    text: `2017年青河县志愿服务方案
一、开展家庭才艺展示活动(宣传部牵头)
活动时间:207年3月4日
活动内容:各乡镇妇联、县妇女儿童活动中心围绕家风选送节目。
二、开展法律宣传活动(权益部牵头)
活动时间:207年3月8日
活动内容:与综治、公安、司法等部门以及县律师协会配合,现场咨询。
三、启动仪式
活动时间:207年3月12日
参加人员:县直各部门领导各1名,学院志愿者。
四、护河行动
活动时间:207年3月22日
各级团、队组织根据实际集中清理河道。
`,
    year: 2017,
    themes: [
      ['家庭才艺展示活动', { dates: ['2017-03-04'] }, '宣传部', '各乡镇妇联', '县妇女儿童活动中心'],
      ['法律宣传活动', { dates: ['2017-03-08'] }, '权益部', '综治', '公安', '司法', '县律师协会'],
      ['启动仪式', { dates: ['2017-03-12'] }, '县直各部门领导', '学院志愿者'],
      ['护河行动', { dates: ['2017-03-22'] }, '各级团、队组织'],
    ],
    warnings: ['DIGITS_LOST'],
  },
  'what goes on all the time, and a name that runs into a sentence': {
    text: `青河街道老年服务计划
三月:以“关心老人”为主题,开展敬老月慰问活动组织志愿者上门。
五月:开展活动。邀请县医院为老人义诊。
常态化走访独居老人。
`,
    year: null,
    themes: [
      ['敬老月慰问活动', { months: [3] }],
      ['邀请县医院为老人义诊', { months: [5] }, '县医院'],
    ],
    warnings: [],
  },
  'a plan for the year to come, of which only the day of its issue has a year': {
    text: `青河社区志愿服务安排
1月:慰问环卫工人
3月:学雷锋便民服务
青河社区居委会
2019年12月20日
`,
    year: null,
    themes: [
      ['慰问环卫工人', { months: [1] }],
      ['学雷锋便民服务', { months: [3] }],
    ],
    warnings: ['YEAR_MISSING'],
  },
  'several names in the line of a month; when it was made up': {
    text: `青河街道服务项目
编制时间:2023年2月
八月:慰问驻军;防溺水巡查。
九月:推普周宣传;教师节慰问,送花。
`,
    year: 2023,
    themes: [
      ['慰问驻军', { months: [8] }],
      ['防溺水巡查', { months: [8] }],
      ['推普周宣传', { months: [9] }],
    ],
    warnings: [],
  },
  'phases, of which the time of the whole is from the first to the last': {
    text: `青河镇环境整治方案
一、整治内容
(一)清理村庄垃圾。
(二)清理河道沟渠。
二、时间安排
1.动员(4月1日—4月10日)
2.整治(4月11日—6月30日)
`,
    year: null,
    themes: [
      ['清理村庄垃圾', { months: [4, 5, 6] }],
      ['清理河道沟渠', { months: [4, 5, 6] }],
    ],
    warnings: ['DATES_INHERITED'],
  },
  'days and classes in a table, and who holds what where': {
    text: `三月活动计划表
日期 活动 班级
3.5 学雷锋 大班
3.12 种小树 中班
`,
    year: null,
    themes: [
      ['学雷锋', { dates: ['03-05'] }, '大班'],
      ['种小树', { dates: ['03-12'] }, '中班'],
    ],
    warnings: ['TABLE_FLATTENED'],
  },
  'an occasion in quotes names no activity': {
    text: `青河县妇联三月活动
一、“三八”宣传月活动。3月1日,县妇联在人民广场举行。
二、“暖春行动”活动。3月9日,全校组织捐书。
`,
    year: null,
    themes: [
      ['“三八”宣传月活动', { dates: ['03-01'] }, '县妇联'],
      ['暖春行动', { dates: ['03-09'] }],
    ],
    warnings: [],
  },
};

// Plans of places that do not exist, one for each way in which plans list activities.
import { blocks } from './blocks-of-plans.ts';
import { edges, type KindOfPlan } from './edges-of-plans.ts';
import { forms } from './forms-of-plans.ts';
import { lists } from './lists-of-plans.ts';
import { prose } from './prose-of-plans.ts';
import { signs } from './signs-of-plans.ts';

export const kinds: Readonly<Record<string, KindOfPlan>> = {
  ...blocks,
  ...edges,
  ...forms,
  ...lists,
  ...prose,
  ...signs,
  'months with numbers before them': {
    text: `柳湾社区志愿者服务队2019年工作计划
今年重点做好以下工作:
1.3月份,结合学雷锋月,开展“学雷锋·献爱心”活动。
2.4月份,组织志愿者开展文明祭祀宣传。
3.5月份,结合助残日,走访慰问残疾人家庭。
4.7、8月份,开办暑期托管班。
5.12月份,召开年终总结大会,表彰优秀志愿者。
`,
    year: 2019,
    themes: [
      ['学雷锋·献爱心', { months: [3] }],
      ['文明祭祀宣传', { months: [4] }],
      ['走访慰问残疾人家庭', { months: [5] }],
      ['开办暑期托管班', { months: [7, 8] }],
      ['年终总结大会', { months: [12] }],
    ],
    warnings: ['MEETING_FOUND'],
  },
  'a month and an occasion in each line': {
    text: `柳湾社区2022年度志愿服务计划
一、指导思想
服务居民。
二、活动安排
1月:开展“迎新春写春联”活动,由社区文体站负责。
3月:3月5日学雷锋日,联合市二医院在广场开展义诊。
5月:“五一”期间慰问环卫工人。
三、工作要求
1.加强领导,落实责任。
2.每季度至少开展一次活动,每次不少于10人参加。
`,
    year: 2022,
    themes: [
      ['迎新春写春联', { months: [1] }, '社区文体站'],
      ['义诊', { dates: ['2022-03-05'] }, '市二医院'],
      ['“五一”期间慰问环卫工人', { months: [5] }],
    ],
    warnings: ['QUOTA_FOUND'],
  },
  'weeks in dotted days': {
    text: `青河小学“学雷锋”活动月方案
活动时间:3月1日——3月31日
第一周(3.1-3.5)宣传发动
1、利用红领巾广播宣传。2、出一期黑板报。
第二周(3.6-3.12)“我是环保小卫士”
各班清扫校园卫生死角。
第三周(3.13-3.19)“敬老爱老”
三年级到敬老院慰问。
`,
    year: null,
    themes: [
      ['宣传发动', { range: ['03-01', '03-05'] }],
      ['我是环保小卫士', { range: ['03-06', '03-12'] }, '各班'],
      ['敬老爱老', { range: ['03-13', '03-19'] }],
    ],
    warnings: ['YEAR_MISSING'],
  },
  'demands only, for one activity; the year is that of its issue': {
    text: `关于开展“爱国卫生月”志愿服务的通知
各村(社区)、镇直各单位:
经镇党委研究,决定于4月在全镇范围内开展环境卫生集中整治志愿服务行动。现将有关事项通知如下:
一、提高认识,加强领导
各单位要高度重视。
二、广泛发动,营造氛围
要利用广播、横幅宣传。
三、强化督查,务求实效
请各单位于5月10日前将总结和照片报送镇党政办。
联系人:王小满 13800001111
云溪镇人民政府
2022年4月2日
`,
    year: 2022,
    themes: [['环境卫生集中整治志愿服务行动', { months: [4] }]],
    warnings: ['PERSONAL_DATA'],
  },
  'the hours of one day': {
    text: `社区关爱留守儿童活动方案
一、活动目的:让留守儿童感受温暖。
二、活动时间:2016.5.28
三、活动内容:
1、8:30—9:00 签到
2、9:00—10:00 游戏互动
3、10:00—11:00 赠送图书
四、主办单位:社区居委会
`,
    year: 2016,
    themes: [['社区关爱留守儿童活动', { dates: ['2016-05-28'] }, '社区居委会']],
    warnings: [],
  },
  'cells with bare days and a festival': {
    text: `时间  活动名称  活动内容  责任科室
3.5  学雷锋便民服务  理发、磨刀  社会事务办
5月中旬  防灾减灾演练  疏散演练  应急办
重阳节  敬老宴  请老人聚餐  民政办
`,
    year: null,
    themes: [
      ['学雷锋便民服务', { dates: ['03-05'] }, '社会事务办'],
      ['防灾减灾演练', { months: [5] }, '应急办'],
      ['敬老宴', { lunar: '重阳节' }, '民政办'],
    ],
    warnings: ['TABLE_FLATTENED', 'LUNAR_DATE', 'YEAR_MISSING'],
  },
  'two columns in lines of their own': {
    text: `五月活动一览
活动项目
负责单位
“书香满园”读书分享会
学习部
“劳动最光荣”
卫生打扫活动
生活部、青年志愿者协会
`,
    year: null,
    themes: [
      ['“书香满园”读书分享会', null, '学习部'],
      ['“劳动最光荣” 卫生打扫活动', null, '生活部', '青年志愿者协会'],
    ],
    warnings: ['TABLE_FLATTENED', 'MONTH_MISSING'],
  },
  'clauses with 一是': {
    text: '春节、元宵节期间,各单位要开展以下志愿服务活动:一是开展关爱慰问活动。各乡镇要组织志愿者走访慰问空巢老人;二是开展文明交通劝导活动。交警大队要组织志愿者开展劝导;三是开展义写春联活动。由县文联牵头,2月10日前完成。',
    year: null,
    themes: [
      ['关爱慰问活动', null, '各乡镇'],
      ['文明交通劝导活动', null, '交警大队'],
      ['义写春联活动', { before: '02-10' }, '县文联'],
    ],
    warnings: ['YEAR_MISSING', 'MONTH_MISSING'],
  },
  'sentences that begin with a time': {
    text: '社区全年活动:3月8日,妇女座谈会。4月,清明祭扫。5月12日,防震演练。8月1日,慰问军属。九月初九,敬老宴。10月1日,升国旗。',
    year: null,
    themes: [
      ['妇女座谈会', { dates: ['03-08'] }],
      ['清明祭扫', { months: [4] }],
      ['防震演练', { dates: ['05-12'] }],
      ['慰问军属', { dates: ['08-01'] }],
      ['敬老宴', { lunar: '九月初九' }],
      ['升国旗', { dates: ['10-01'] }],
    ],
    warnings: ['YEAR_MISSING', 'LUNAR_DATE', 'MEETING_FOUND'],
  },
  'lunar days of the new year, in numbered labels': {
    text: `白石镇春节活动方案
一、活动项目
(一)迎春篮球赛
1、比赛时间:年初一至初三
2、负责单位:白石社区
3、每队限报8人
(二)放电影
1、放映时间:正月十五
2、负责单位:各村
`,
    year: null,
    themes: [
      ['迎春篮球赛', { lunar: '年初一至初三' }, '白石社区'],
      ['放电影', { lunar: '正月十五' }, '各村'],
    ],
    warnings: ['LUNAR_DATE', 'QUOTA_FOUND', 'YEAR_MISSING'],
  },
  'activities with sections of their own': {
    text: `一、环保志愿服务活动
(一)活动时间
20__年7月2日—9月2日。
(二)活动内容
1、小区。清扫卫生死角。
2、河道。清理河面垃圾。
二、进社区志愿服务活动
(一)活动时间
20__年7月5日
(二)活动内容
1、宣讲政策。
2、关爱老人。
`,
    year: null,
    themes: [
      ['环保志愿服务活动', { range: ['07-02', '09-02'] }],
      ['进社区志愿服务活动', { dates: ['07-05'] }],
    ],
    warnings: ['YEAR_PLACEHOLDER'],
  },
  'days without their signs': {
    text: `2018年清明祭英烈活动方案
一、活动时间:
201841日至2018425日
、活动安排
1.学生会组织学生到烈士公园开展祭扫活动。
2.开展以“我们的节日”为主题的征文比赛。
、活动要求
1、加强组织领导
`,
    year: 2018,
    themes: [
      ['祭扫活动', null, '学生会'],
      ['“我们的节日”为主题的征文比赛', null],
    ],
    warnings: ['DIGITS_LOST', 'MONTH_MISSING'],
  },
  'a report in a newspaper': {
    text: '本报讯 3月2日,记者从县文明办获悉,今年3月我县将开展“雷锋月”系列志愿服务活动。其中,3月5日上午,在人民公园举行集中志愿服务活动,县直机关、医院等50余家单位将设置服务台。3月12日,组织开展义务植树。',
    year: null,
    themes: [
      ['集中志愿服务活动', { dates: ['03-05'] }, '县直机关', '医院'],
      ['义务植树', { dates: ['03-12'] }],
    ],
    warnings: ['NEWS_TEXT', 'YEAR_MISSING'],
  },
};

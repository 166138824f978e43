// Plans of places that do not exist, one for each way in which plans list activities.
import type { When } from '../../../../functions/campaigns/plan-text/when.ts';

export interface KindOfPlan {
  readonly text: string;
  readonly year: number | null;
  /** Title, time and names of units of each theme. */
  readonly themes: readonly (readonly [string, When | null, ...string[]])[];
  readonly warnings: readonly string[];
}

export const kinds: Readonly<Record<string, KindOfPlan>> = {
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
  'phases, of which one has activities': {
    text: `关于开展2022年“小手拉大手”活动的通知
一、活动时间:2022年4月—11月
二、参加对象:全县中小学生
三、活动安排
1.启动阶段(4月):各校制定方案。
2.实施阶段(5月—10月)
(1)文明交通我先行(5月)
(2)垃圾分类我践行(6月)
(3)孝老爱亲我争先(9月-10月)
3.总结阶段(11月):各校上报总结。
四、工作要求
(一)高度重视。
`,
    year: 2022,
    themes: [
      ['启动阶段', { months: [4] }],
      ['文明交通我先行', { months: [5] }],
      ['垃圾分类我践行', { months: [6] }],
      ['孝老爱亲我争先', { months: [9, 10] }],
      ['总结阶段', { months: [11] }],
    ],
    warnings: [],
  },
  'tasks beside activities with months': {
    text: '河东妇联2023年工作计划 一、深化思想引领。组织妇女学习。二、办好实事。1、3月开展“三八”维权宣传月活动;2、5月开展“最美家庭”评选活动;3、9-11月开展“两癌”免费筛查。三、加强自身建设。抓好妇联干部培训,把培训同日常工作结合起来,一年里让所有干部都学到新的本领,并在来年的工作里用上,做到学用结合、以学促干、以干促学。',
    year: 2023,
    themes: [
      ['“三八”维权宣传月活动', { months: [3] }],
      ['“最美家庭”评选活动', { months: [5] }],
      ['“两癌”免费筛查', { months: [9, 10, 11] }],
    ],
    warnings: ['NO_LINE_BREAKS'],
  },
  'days of the lunar calendar with equal numbers': {
    text: '二月二,龙抬头,社区组织义务理发。三月三,民族文化节,志愿者维持秩序。七月半前后,开展文明祭祀劝导。',
    year: null,
    themes: [
      ['龙抬头', { lunar: '二月二' }],
      ['民族文化节', { lunar: '三月三' }],
      ['文明祭祀劝导', { lunar: '七月半' }],
    ],
    warnings: ['LUNAR_DATE'],
  },
  'months of which some have nothing': {
    text: `老年协会活动计划
二月:元宵节猜灯谜
四月:(空)
九月:重阳节文艺演出,表彰“孝亲敬老之星”5名
十二月:总结
`,
    year: null,
    themes: [
      ['元宵节猜灯谜', { months: [2] }],
      ['重阳节文艺演出', { months: [9] }],
      ['总结', { months: [12] }],
    ],
    warnings: ['QUOTA_FOUND', 'CHINESE_NUMERAL_DATE'],
  },
  'formal numerals and years of the Republic': {
    text: `松林社區發展協會113年度志願服務計畫
壹、依據:志願服務法。
貳、實施期間:113年1月1日至113年12月31日
參、實施內容:
一、社區環境清潔:每月第一個星期六。
二、關懷訪視獨居老人:113年3月16日。
三、端午節包粽送愛心:113年6月8日(星期六)。
肆、預期效益:參與志工達50人次。
`,
    year: 2024,
    themes: [
      ['關懷訪視獨居老人', { dates: ['2024-03-16'] }],
      ['端午節包粽送愛心', { dates: ['2024-06-08'] }],
    ],
    warnings: ['TRADITIONAL', 'QUOTA_FOUND'],
  },
  'labels in a line without breaks, for one activity': {
    text: '腊八节活动方案 活动主题:情暖腊八 粥香满街 活动时间:2020年1月2日(腊月初八)上午8:00 活动地点:火车站广场 主办单位:县义工联 活动内容:为过往旅客免费发放腊八粥1000份。',
    year: 2020,
    themes: [['腊八节活动', { dates: ['2020-01-02'] }, '县义工联']],
    warnings: ['LUNAR_DATE'],
  },
  'days of remembrance in quotes': {
    text: '“3·15”期间,各市场监管所要组织志愿者开展消费维权宣传。“6·26”国际禁毒日,派出所牵头举办禁毒讲座。“12·4”国家宪法日,司法所组织普法宣传。',
    year: null,
    themes: [
      ['消费维权宣传', { dates: ['03-15'] }, '各市场监管所'],
      ['禁毒讲座', { dates: ['06-26'] }, '派出所'],
      ['国家宪法日', { dates: ['12-04'] }, '司法所'],
    ],
    warnings: ['YEAR_MISSING'],
  },
  'names of people in cells, and days that recur': {
    text: `序号 志愿服务项目 服务时间 服务内容 责任领导
1 清洁家园 每月10日 清扫社区 张主任
2 敬老助残 3月、10月 走访慰问 李书记
3 书香社区 4月23日 读书会 刘站长
`,
    year: null,
    themes: [
      ['敬老助残', { months: [3, 10] }],
      ['书香社区', { dates: ['04-23'] }],
    ],
    warnings: ['PERSONAL_DATA', 'TABLE_FLATTENED', 'YEAR_MISSING'],
  },
  'names of people in brackets behind activities': {
    text: `时间:2018年3月份
活动安排:
1)3月2日:清理小广告(责任人:李强)
2)3月5日:学雷锋便民服务(责任人:王芳,协办:爱心理发店)
3)3月8日:“巾帼展风采”趣味赛(承办:陈红)
4)3月15日:消费维权宣传(工商所负责)
`,
    year: 2018,
    themes: [
      ['清理小广告', { dates: ['2018-03-02'] }],
      ['学雷锋便民服务', { dates: ['2018-03-05'] }, '爱心理发店'],
      ['“巾帼展风采”趣味赛', { dates: ['2018-03-08'] }],
      ['消费维权宣传', { dates: ['2018-03-15'] }, '工商所'],
    ],
    warnings: ['PERSONAL_DATA'],
  },
  'a fragment that begins in the middle': {
    text: `(三)3月18日,开展“保护母亲河”活动。由县水利局牵头,各乡镇配合。
(四)3月22日,世界水日宣传。
(五)3月下旬,“光盘行动”进食堂。由机关事务中心负责。
四、几点要求
1.各单位要精心组织。
`,
    year: null,
    themes: [
      ['保护母亲河', { dates: ['03-18'] }, '县水利局', '各乡镇'],
      ['世界水日宣传', { dates: ['03-22'] }],
      ['“光盘行动”进食堂', { months: [3] }, '机关事务中心'],
    ],
    warnings: ['TRUNCATED_HEAD', 'YEAR_MISSING'],
  },
};

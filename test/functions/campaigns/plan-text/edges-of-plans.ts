// Plans of places that do not exist, in which not all that is listed is an activity, or not as it seems.
import type { When } from '../../../../functions/campaigns/plan-text/when.ts';

export interface KindOfPlan {
  readonly text: string;
  readonly year: number | null;
  /** Title, time and names of units of each theme. */
  readonly themes: readonly (readonly [string, When | null, ...string[]])[];
  readonly warnings: readonly string[];
}

export const edges: Readonly<Record<string, KindOfPlan>> = {
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

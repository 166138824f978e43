// Plans of places that do not exist, with numbers, days and groups in forms that few plans have.
import type { KindOfPlan } from './edges-of-plans.ts';

export const forms: Readonly<Record<string, KindOfPlan>> = {
  'Roman numerals and letters': {
    text: `石桥中学2026年春季志愿服务计划
Ⅰ. 指导思想
立德树人。
Ⅱ. 活动内容
A. 3月：校园美化
B. 4月：清明祭扫
C. 5月：图书义卖
Ⅲ. 要求
安全第一。
`,
    year: 2026,
    themes: [
      ['校园美化', { months: [3] }],
      ['清明祭扫', { months: [4] }],
      ['图书义卖', { months: [5] }],
    ],
    warnings: [],
  },
  'themes that are counted, with their months in brackets': {
    text: `石桥社区2026年志愿服务计划
主题一：邻里守望（3月）
修理家电。
主题二：绿色家园（4月）
种花补绿。
主题三：童心同行（元月）
陪伴儿童。
`,
    year: 2026,
    themes: [
      ['邻里守望', { months: [3] }],
      ['绿色家园', { months: [4] }],
      ['童心同行', { months: [1] }],
    ],
    warnings: [],
  },
  'lines that begin with a month and a day with a dot between': {
    text: `石桥社区2026年志愿服务节点
3.5 便民理发
3.12 义务植树
4.23 赠书会
`,
    year: 2026,
    themes: [
      ['便民理发', { dates: ['2026-03-05'] }],
      ['义务植树', { dates: ['2026-03-12'] }],
      ['赠书会', { dates: ['2026-04-23'] }],
    ],
    warnings: [],
  },
  'headings that are units, below which stands what each does': {
    text: `石桥县2026年志愿服务任务分解
一、县文明办
1.3月5日，举办集中服务。
2.12月5日，举办颁奖晚会。
二、团县委
1.4月，开展植树活动。
三、县妇联
1.3月8日，开展维权宣传。
`,
    year: 2026,
    themes: [
      ['集中服务', { dates: ['2026-03-05'] }, '县文明办'],
      ['颁奖晚会', { dates: ['2026-12-05'] }, '县文明办'],
      ['植树活动', { months: [4] }, '团县委'],
      ['维权宣传', { dates: ['2026-03-08'] }, '县妇联'],
    ],
    warnings: [],
  },
  'lines that begin with a unit and a colon': {
    text: `石桥县2026年志愿服务安排
县医院：3月24日开展进村义诊。
县图书馆：4月23日开展乡村赠书。
县消防大队：11月9日开展消防演练。
`,
    year: 2026,
    themes: [
      ['进村义诊', { dates: ['2026-03-24'] }, '县医院'],
      ['乡村赠书', { dates: ['2026-04-23'] }, '县图书馆'],
      ['消防演练', { dates: ['2026-11-09'] }, '县消防大队'],
    ],
    warnings: [],
  },
  'marks in columns of months': {
    text: `石桥社区2026年志愿服务进度表
项目	1月	2月	3月	4月	责任单位
写春联送福	●				社区妇联
便民集市		●		●	社区党委
`,
    year: 2026,
    themes: [
      ['写春联送福', { months: [1] }, '社区妇联'],
      ['便民集市', { months: [2, 4] }, '社区党委'],
    ],
    warnings: ['TABLE_FLATTENED'],
  },
  'activities in columns of months': {
    text: `石桥县2026年志愿服务
单位	3月	4月	5月
县医院	义诊进村	健康讲座	
县图书馆		诗歌朗诵	盲人阅读
`,
    year: 2026,
    themes: [
      ['义诊进村', { months: [3] }, '县医院'],
      ['健康讲座', { months: [4] }, '县医院'],
      ['诗歌朗诵', { months: [4] }, '县图书馆'],
      ['盲人阅读', { months: [5] }, '县图书馆'],
    ],
    warnings: ['TABLE_FLATTENED'],
  },
  'a column for each month, with a line for each thing that is said': {
    text: `石桥社区2026年“一月一主题”
月份	3月	4月	5月
主题	便民集市	文明祭扫	助残帮扶
责任单位	党委	居委会	残协
`,
    year: 2026,
    themes: [
      ['便民集市', { months: [3] }, '党委'],
      ['文明祭扫', { months: [4] }, '居委会'],
      ['助残帮扶', { months: [5] }, '残协'],
    ],
    warnings: ['TABLE_FLATTENED'],
  },
};

// Plans of places that do not exist, in paragraphs and sentences, and with units in brackets.
import type { KindOfPlan } from './edges-of-plans.ts';

export const prose: Readonly<Record<string, KindOfPlan>> = {
  'a paragraph a quarter, with an activity in each of its sentences': {
    text: `云溪镇妇联2026年志愿服务计划
全年工作按季度推进。
第一季度，天冷情暖，重在陪伴。开展“灯火可亲”敲门行动，逐户看望老人。3月6日在广场举办“知心姐姐”咨询会，邀请县法院现场答疑。
第二季度，重在家风。5月9日举办“好家风”故事会。其间各村妇联同步开展“一封家书”征集活动，请孩子写信。
第三季度，组织“萤火虫”夏令营。请大学生讲防溺水。
`,
    year: 2026,
    themes: [
      ['“灯火可亲”敲门行动', { months: [1, 2, 3] }],
      ['“知心姐姐”咨询会', { dates: ['2026-03-06'] }, '县法院'],
      ['“好家风”故事会', { dates: ['2026-05-09'] }],
      ['“一封家书”征集活动', { months: [4, 5, 6] }, '各村妇联'],
      ['“萤火虫”夏令营', { months: [7, 8, 9] }],
    ],
    warnings: [],
  },
  'sentences that say by whom before they say what': {
    text: `云溪县文明办关于2026年志愿服务工作的意见
要抓住节点。3月上旬，由县文明办牵头，县教育局配合，组织“春风里”便民服务，现场修理家电。5月至8月，由县水利局牵头，各乡镇配合，组织“巡河人”护水行动。
要见到成效。6月30日前，由县残联牵头，组织完成“无障碍路”体验检查，列出清单。
`,
    year: 2026,
    themes: [
      ['“春风里”便民服务', { months: [3] }, '县文明办', '县教育局'],
      ['“巡河人”护水行动', { months: [5, 6, 7, 8] }, '县水利局', '各乡镇'],
      ['“无障碍路”体验检查', { before: '2026-06-30' }, '县残联'],
    ],
    warnings: [],
  },
  'brackets of which the plan says that they hold units, the first of which leads': {
    text: `云溪县2026年每月志愿服务计划
现将安排印发如下（括号内为责任单位，第一位为牵头单位）：
3月：便民利民。开展义诊、理发。（县文明办、县融媒体中心）
5月：帮残助残。打扫居室。（县残联）
9月：书香助学。整理图书室。（云溪书屋、县教育局）
各单位要及时报送信息。
`,
    year: 2026,
    themes: [
      ['便民利民', { months: [3] }, '县文明办', '县融媒体中心'],
      ['帮残助残', { months: [5] }, '县残联'],
      ['书香助学', { months: [9] }, '云溪书屋', '县教育局'],
    ],
    warnings: [],
  },
  'brackets of which most name units': {
    text: `云溪社区2026年志愿服务安排
3月，开展“旧衣新生”市集。（社区妇联、云溪物业）
4月，开展“护路”劝导。（社区党支部）
5月，开展“好书慢读”活动。（云溪书屋）
6月，开展“端午送粽”活动。（社区团支部）
`,
    year: 2026,
    themes: [
      ['“旧衣新生”市集', { months: [3] }, '社区妇联', '云溪物业'],
      ['“护路”劝导', { months: [4] }, '社区党支部'],
      ['好书慢读', { months: [5] }, '云溪书屋'],
      ['端午送粽', { months: [6] }, '社区团支部'],
    ],
    warnings: [],
  },
  'places in brackets are no units': {
    text: `云溪社区2026年志愿服务安排
3月，开展“旧衣新生”市集。（文化广场）
4月，开展“文明出行”劝导。（东门路口）
5月，开展“好书慢读”活动。（云溪书屋）
`,
    year: 2026,
    themes: [
      ['“旧衣新生”市集', { months: [3] }],
      ['“文明出行”劝导', { months: [4] }],
      ['好书慢读', { months: [5] }],
    ],
    warnings: [],
  },
  'the year in Chinese numerals in the line below the first; whom a clause helps': {
    text: `云溪區婦女聯合會
二〇二六年「巾幗暖心」服務安排
三月，給老人講反詐知識，配合社區警務室。
四月，陪孩子種樹，和鎮團委一起去。
十月，看望孤老。
`,
    year: 2026,
    themes: [
      ['給老人講反詐知識，配合社區警務室', { months: [3] }, '社區警務室'],
      ['陪孩子種樹，和鎮團委一起去', { months: [4] }, '鎮團委'],
      ['看望孤老', { months: [10] }],
    ],
    warnings: ['CHINESE_NUMERAL_DATE', 'TRADITIONAL'],
  },
  'a quote of two characters with what it is; a duty to serve': {
    text: `云溪镇2026年志愿服务方案
一、“净水”志愿行动
时间：4月
二、“敬老”活动
时间：10月
三、工作要求
低保对象每月须参加公益服务不少于2次。
`,
    year: 2026,
    themes: [
      ['“净水”志愿行动', { months: [4] }],
      ['敬老', { months: [10] }],
    ],
    warnings: ['FORCED_SERVICE', 'QUOTA_FOUND'],
  },
};

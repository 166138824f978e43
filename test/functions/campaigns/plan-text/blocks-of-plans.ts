// Plans of places that do not exist, whose activities are blocks of labels, or rows with a cell in each line.
import type { KindOfPlan } from './edges-of-plans.ts';

export const blocks: Readonly<Record<string, KindOfPlan>> = {
  'blocks whose heading only counts, with the name at a label': {
    text: `白石机械厂团委2025年志愿服务方案
【活动一】
活动主题：“邻里修一修”便民集市
活动时间：2025年4月12日（星期六）
主办科室：团委
参与支部：装配支部、检验支部
活动内容：修理雨伞、磨刀。
【活动二】
活动主题：夏日送清凉
活动时间：7月上旬
主办科室：工会
活动内容：给环卫工人送水。
`,
    year: 2025,
    themes: [
      ['“邻里修一修”便民集市', { dates: ['2025-04-12'] }, '团委', '装配支部', '检验支部'],
      ['夏日送清凉', { months: [7] }, '工会'],
    ],
    warnings: [],
  },
  'blocks that begin with the label of the name; lunar days, traditional characters': {
    text: `白石坊街坊會 2026年度義工服務一覽
服務宗旨：守望相助
服務名稱：元宵燈會接待
服務日期：農曆正月十五
負責部門：康樂部
協辦機構：白石小學
服務名稱：沙灘拾荒
服務日期：5月3日（星期日）
負責部門：青年部
服務名稱：冬至飯局
服務日期：12月
負責：長者部
`,
    year: 2026,
    themes: [
      ['元宵燈會接待', { lunar: '正月十五' }, '康樂部', '白石小學'],
      ['沙灘拾荒', { dates: ['2026-05-03'] }, '青年部'],
      ['冬至飯局', { months: [12] }, '長者部'],
    ],
    warnings: ['LUNAR_DATE', 'TRADITIONAL'],
  },
  'units at a verb alone, beside or below the name': {
    text: `白石中学2025年志愿服务安排
【上半年】
3月　“一米书架”整理　　负责：校团委、高一年级组
4月　“红领巾导览”　　负责：政教处
【下半年】
9月　“新生领路人”　　负责：学生会
10月　“重阳信使”　　组织实施：语文组、高二年级组
白石中学
`,
    year: 2025,
    themes: [
      ['“一米书架”整理', { months: [3] }, '校团委', '高一年级组'],
      ['红领巾导览', { months: [4] }, '政教处'],
      ['新生领路人', { months: [9] }, '学生会'],
      ['重阳信使', { months: [10] }, '语文组', '高二年级组'],
    ],
    warnings: [],
  },
  'a section that is called as a label is': {
    text: `白石镇2025年志愿服务方案
一、活动内容
1、清洁河道。4月，打捞漂浮物。
组织实施：镇河长办
2、敬老体检。10月，为老人体检。
组织实施：镇卫生院
二、组织实施：各村要加强领导，落实责任部门。
`,
    year: 2025,
    themes: [
      ['清洁河道', { months: [4] }, '镇河长办'],
      ['敬老体检', { months: [10] }, '镇卫生院'],
    ],
    warnings: [],
  },
};

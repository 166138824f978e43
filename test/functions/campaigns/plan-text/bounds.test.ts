import { expect, test } from '@jest/globals';
import { maxPlanCharacters } from '../../../../functions/campaigns/plan-shapes.ts';
import { checkDraft } from '../../../../functions/campaigns/plan-text/check-draft.ts';
import { withoutPersonal } from '../../../../functions/campaigns/plan-text/personal.ts';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';

/** Processor time, which other programs do not lengthen, in milliseconds: the least of some runs. */
const least = (text: string, times: number): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let left = times; left > 0; left -= 1) {
    const began = process.cpuUsage();
    checkDraft(text, readPlanText(text));
    const { user } = process.cpuUsage(began);
    best = Math.min(best, user / 1000);
  }
  return best;
};

/** What makes a search go back and forth: beginnings of what never ends. */
const hostile = {
  'opening quotes': '“',
  'opening brackets': '(',
  'colons after words': '责任单位:',
  months: '3月',
  'lists of months': '3、',
  'lists of festivals': '重阳节、',
  'ranges without an end': '3月1日至',
  numerals: '一、',
  verbs: '组织',
  adverbs: '广泛深入',
  generic: '“好人”志愿服务志愿服务',
  digits: '1',
  'digits with dashes': '1-',
  'words before a sign': '由某某某某',
  'units without a verb': ',各单位',
  'e-mail without an end': 'a@a.',
  years: '2024年',
  anniversaries: '雷锋60周年',
  bullets: '●\n',
  'lost months': '● 月份\n',
  'cells and tabs': '序号\t时间\t',
  heads: '序号\n时间\n主题\n',
  labels: '时间:3月5日\n',
  'sections without a number': '活动内容\n',
  'page numbers': '1、',
  'clauses with a number': '一是好',
  'units in lists': '县医院、水务局',
  'units that are sent': '组织县医院、水务局等单位',
  'days of the new year': '年初一、',
  festivals: '春节、元宵节、',
  'days without signs': '201841日至',
  themes: '以“好人”为主题的',
  'receivers without a name': '交到张',
  'sections of sections': '活动内容安排及要求',
  demands: '加强组织领导',
  announcements: '决定开展某某',
  'bold words': '**甲乙**\n',
  'names before colons': '甲乙丙丁:戊己庚辛\n',
  'names in a month': '八月:慰问驻军;巡查\n',
  quarters: '第三季度',
  'units of which all do something': '各中队根据',
  'numbers without brackets': '。一开展活动',
  'festivals as headings': '清明节活动\n',
  'lists within lists': '甲\n1、乙1.丙。2.丁。',
  'who takes which part': '(宣传部牵头',
  'lines of lost months': '● 月份:甲乙丙丁\n',
  'lists of months with demands': '3月 甲乙丙丁\n要求:\n一、高度重视\n',
  'labels of people': '联系人张明、',
  'people below labels': '联系人\n张明\n',
  'people in a list': '张明、',
  'people beside numbers': '13800138000张明、',
  'people in a table': '姓名\t电话\n',
  'area codes without a number': '(010)',
  'rows of months': '3月\t活动\t单位\n',
  'cells in lines': '序号\n时间\n主题\n1\n3月\n甲\n',
  'marks below months': '项目\t1月\t2月\t3月\n甲乙\t●\t\t●\n',
  'days with a dot': '3.5 甲乙丙\n',
  'headings of units': '一、县文明办\n',
  'letters that do not count': 'A.甲乙\n',
  'paragraphs of activities': '第一季度,开展“甲乙丙”活动。开展“丙丁戊”活动。\n',
  'units in brackets': '甲乙。(县文明办)\n',
  'blocks that begin with a name': '服务名称:甲\n',
  'rows without headings': '3月5日 9:00 广场 便民集市 社区妇联\n',
  'rows without headings or names': '3月5日 甲乙 丙丁\n',
  'lines of periods': '国庆期间:甲乙丙\n',
  'labels below periods': '3月:甲乙\n国庆期间:甲乙丙\n责任单位:甲\n',
  'sentences that say how often': '每周五下午开展',
  'days of the week': '每周一、周二、',
  'lines for all year': '常年:甲乙、丙丁\n',
  'services all year': '常态化服务:清扫\n',
  'sections of services': '二、日常服务\n甲乙、丙丁\n',
  'months together': '七八月',
  'numerals together': '七八九十',
  notices: '关于印发《某某',
  'who made a paper': '审核:张明 ',
  'public numbers': '电话:119 ',
  'tasks below a month': '(一)3月:甲乙丙\n1.丁戊\n责任单位:甲\n',
  'who takes part': '由县医院参与',
  'names with times in brackets': '甲乙(3月)、',
  'brackets behind names': '甲乙(丙丁)、',
  'lines for all year without a colon': '全年 甲乙丙\n',
  'days of a plan below it': '\n甲乙\n2026年2月10日',
  surrogates: '\ud83d\ude00',
  'parts of numbers': '138.0013.',
  'numbers of letters': '138oo',
  'numbers in Chinese digits': '一三八零零一三八零零零',
  'people with a role': '书记张明、',
  'people who are served': '困难户张大爷、',
  'accounts and hosts': 'a(at)a.',
  'headings of a column': '1月\n主题\n',
} as const;

const months = (columns: number): string =>
  Array.from({ length: columns }, (_, at) => `\t${(at % 12) + 1}月`).join('');

/** Tables of many columns and many lines, by their length. */
const grids: Readonly<Record<string, (length: number) => string>> = {
  'months above one theme each': (length) => {
    const columns = Math.ceil(length / 12);
    const lines = '甲\t乙\t丙\n'.repeat(length / 12);
    return `时间${months(columns)}\n主题${'\t甲乙'.repeat(columns)}\n${lines}`;
  },
  'months above marks': (length) => {
    const rows = '甲乙\t●\t●\n'.repeat(length / 12);
    return `项目${months(Math.ceil(length / 8))}\n${rows}`;
  },
};

/** A time below this says nothing of how it grows. */
const tooShort = 250;

const texts = Object.entries(hostile).map(
  ([name, piece]) =>
    [name, (length: number): string => piece.repeat(Math.ceil(length / piece.length))] as const,
);

test.each([...texts, ...Object.entries(grids)])(
  'grows with the length of a text of %s',
  (_, of) => {
    const small = least(of(2000), 2);
    const large = least(of(32_000), 1);
    // Sixteen times the text: what is quadratic takes 256 times as long.
    expect(large).toBeLessThan(Math.max(tooShort, small) * 64);
  },
);

test.each(Object.entries(grids))('more columns than a table of %s has are none', (_, of) => {
  expect(readPlanText(of(12 * 60)).themes).toEqual([]);
});

/** Much in few characters: themes, goals, warnings, units and parts of one theme, units of many themes. */
const dense = [
  '正月甲乙\n',
  '1月\n主题\n',
  '3月:甲乙丙50人次\n',
  '县医院、',
  '1、甲乙\n',
  '2024年',
  '常年:甲乙\n',
  '困难户张大爷、',
];

test.each(
  dense.flatMap((piece) =>
    ['', '3月:义务植树\n责任单位:', '一、3月:义务植树\n'].map((head) => [head, piece] as const),
  ),
)('an answer to %j and then only %j can be sent', (head, piece) => {
  const text = (head + piece.repeat(maxPlanCharacters)).slice(0, maxPlanCharacters);
  const draft = readPlanText(text);
  const bytes = Buffer.byteLength(JSON.stringify({ draft, text: withoutPersonal(text) }));
  expect(bytes).toBeLessThan(4_000_000);
});

test('a draft says that there was more than it holds', () => {
  const { themes, warnings } = readPlanText('正月甲乙\n'.repeat(20_000));
  expect(themes).toHaveLength(300);
  expect(warnings).toContainEqual({ code: 'TOO_LONG' });
  expect(warnings.filter(({ code }) => code === 'LUNAR_DATE')).toHaveLength(100);
});

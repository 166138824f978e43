import { describe, expect, test } from '@jest/globals';
import { bare } from '../../../../functions/campaigns/plan-text/characters.ts';
import { checkDraft } from '../../../../functions/campaigns/plan-text/check-draft.ts';
import type { Draft } from '../../../../functions/campaigns/plan-text/draft.ts';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';
import { kinds } from './kinds-of-plans.ts';
import * as plans from './plans.ts';

const titles = ({ themes }: Draft): readonly string[] => themes.map(({ title }) => title);
const whens = ({ themes }: Draft) => themes.map(({ when }) => when);
const codes = ({ warnings }: Draft): ReadonlySet<string> =>
  new Set(warnings.map(({ code }) => code));

describe('a plan whose months are lost', () => {
  const draft = readPlanText(plans.digitsLost);

  test('takes them from the order, says so, and invents no year', () => {
    expect(whens(draft)).toEqual(
      [3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((month) => ({ months: [month] })),
    );
    expect(new Set(draft.themes.map(({ whenBasis }) => whenBasis))).toEqual(new Set(['order']));
    expect(titles(draft)[0]).toBe('学雷锋志愿服务启动仪式');
    expect(draft.year).toBeNull();
    expect([...codes(draft)]).toEqual(
      expect.arrayContaining(['YEAR_MISSING', 'DIGITS_LOST', 'ORDER_GIVES_MONTHS']),
    );
  });

  test('asks where there are fewer themes than months', () => {
    const fewer = readPlanText(plans.digitsLost.replace('● 月份：送法律\n', ''));
    expect(new Set(whens(fewer))).toEqual(new Set([null]));
    expect(codes(fewer)).toContain('MONTH_MISSING');
  });
});

describe('a plan with sections and labels', () => {
  const draft = readPlanText(plans.labelled);

  test('has year, window, slogan and themes with their times', () => {
    expect(draft).toMatchObject({
      year: 2024,
      yearBasis: 'explicit',
      window: { first: '2024-03-01', last: '2024-03-31' },
      slogan: { text: '红星有约，雷锋同行' },
      title: { text: '红星街道2024年学雷锋活动方案' },
    });
    expect(titles(draft)).toEqual(['动员会', '暖心敲门', '绿色家园清洁行动']);
    expect(whens(draft)).toEqual([
      { dates: ['2024-03-01'] },
      { dates: ['2024-03-05'] },
      { months: [3] },
    ]);
    expect(draft.themes.map(({ kind, whenBasis }) => [kind, whenBasis])).toEqual([
      ['meeting', 'stated'],
      ['activity', 'stated'],
      ['activity', 'inherited'],
    ]);
  });

  test('has units with roles', () => {
    expect(draft.themes[1]?.units.map(({ name, role }) => [name, role])).toEqual([
      ['街道民政办', 'lead'],
      ['各社区', 'cooperating'],
      ['红星医院', 'cooperating'],
      ['党员志愿者', 'participating'],
      ['社区干部', 'participating'],
    ]);
    expect(draft.themes[2]?.units.map(({ name }) => name)).toEqual(['青年志愿者']);
  });

  test('shows goals, and holds no name and no number of a person', () => {
    expect(draft.targets).toMatchObject([{ value: 20, unit: '户' }]);
    expect([...codes(draft)]).toEqual(
      expect.arrayContaining(['QUOTA_FOUND', 'PERSONAL_DATA', 'MEETING_FOUND', 'DATES_INHERITED']),
    );
    expect(JSON.stringify(draft)).not.toMatch(/张小强|139\d/);
  });

  test('tells a wrong day of the week, and of a year that all of them contradict nothing but that', () => {
    const wrong = plans.labelled.replace('星期五', '星期一');
    expect([...codes(readPlanText(wrong))]).toContain('WEEKDAY_MISMATCH');
    const both = wrong.replace('时间：3月5日', '时间：3月5日（周五）');
    expect(readPlanText(both)).toMatchObject({ year: null, yearBasis: 'conflict' });
  });
});

test('a year by months, one line each', () => {
  const draft = readPlanText(plans.byMonth);
  expect(draft).toMatchObject({ year: 2025, yearBasis: 'title' });
  expect(titles(draft)).toEqual([
    '迎新春送春联活动',
    '“情暖夕阳”走访慰问',
    '学雷锋志愿服务月系列活动',
    '暑期青少年托管',
    '志愿者表彰大会',
  ]);
  expect(whens(draft)).toEqual([[1], [2], [3], [7, 8], [12]].map((months) => ({ months })));
  expect(draft.themes[0]?.units.map(({ name, role }) => [name, role])).toEqual([
    ['社区文化站', 'lead'],
    ['各居民小组', 'cooperating'],
  ]);
});

test.each([
  ...['活动方案', '活动计划', '活动计划表', '工作安排', '日程安排表', '任务清单', '活动一览表'],
  ...['工作要点', '五年规划', '活动进度表'],
])('a plan that is called %s has its title', (form) => {
  const title = `青石街道2024年志愿服务${form}`;
  const draft = readPlanText(`${title}\n3月：义诊\n5月：植树\n`);
  expect(draft).toMatchObject({ yearBasis: 'title', title: { text: title } });
  expect(titles(draft)).toEqual(['义诊', '植树']);
});

test.each([
  ['清明文明祭扫宣传，移风易俗进社区', '清明文明祭扫宣传，移风易俗进社区'],
  ['端午包粽子，关爱空巢老人', '端午包粽子，关爱空巢老人'],
  ['学雷锋志愿服务，情暖万家', '学雷锋志愿服务，情暖万家'],
  ['重阳节文艺演出，表彰孝亲敬老之星', '重阳节文艺演出'],
  ['清洁家园行动，由各社区负责', '清洁家园行动'],
  ['义务植树活动，党员志愿者参与', '义务植树活动'],
])('of %s the title is %s, whatever stands before it', (written, title) => {
  const forms: readonly ((name: string) => string)[] = [
    (name) => `3月：${name}`,
    (name) => `1、3月${name}`,
    (name) => `3月 ${name}`,
    (name) => `一、${name}\n时间：3月5日`,
  ];
  for (const form of forms)
    expect(titles(readPlanText([written, '义诊', '送清凉'].map(form).join('\n')))[0]).toBe(title);
});

describe('a table', () => {
  test('with tabs: times, titles, units; nobody’s name or number', () => {
    const draft = readPlanText(plans.table);
    expect(titles(draft)).toEqual(['便民服务集市', '文明祭扫宣传', '防灾减灾演练']);
    expect(whens(draft)).toEqual([{ dates: ['03-05'] }, { months: [4] }, { dates: ['05-12'] }]);
    expect(draft.themes.flatMap(({ units }) => units.map(({ name }) => name))).toEqual([
      '社区居委会',
      '社区党委',
      '物业公司',
    ]);
    expect(JSON.stringify(draft)).not.toMatch(/李大勇|王小芳|赵六|13\d{9}|0531/);
    expect([...codes(draft)]).toEqual(expect.arrayContaining(['TABLE_FLATTENED', 'PERSONAL_DATA']));
  });

  test('with a cell in each line', () => {
    const draft = readPlanText(plans.cellsInLines);
    expect(titles(draft)).toEqual(['便民服务集市', '文明祭扫宣传']);
    expect(whens(draft)).toEqual([{ dates: ['03-05'] }, { months: [4] }]);
  });
});

test('headings that run into their text, in one line', () => {
  const draft = readPlanText(plans.unbroken);
  expect(draft).toMatchObject({ year: 2023, window: { first: '2023-03-01', last: '2023-03-31' } });
  expect(titles(draft)).toEqual(['邻里互助', '清洁家园']);
  expect(codes(draft)).toContain('NO_LINE_BREAKS');
});

test('traditional characters, and a year of the Republic', () => {
  const draft = readPlanText(plans.traditional);
  expect(draft.year).toBe(2018);
  expect(titles(draft)).toEqual(['社區清潔日', '重陽敬老活動']);
  expect(whens(draft)).toEqual([{ dates: ['2018-03-10'] }, { lunar: '九月初九' }]);
  expect(draft.routines).toMatchObject([{ title: '獨居長者關懷', recurrence: '每週三' }]);
  expect([...codes(draft)]).toEqual(expect.arrayContaining(['TRADITIONAL', 'LUNAR_DATE']));
});

test('days in running sentences; a day alone has the month before it', () => {
  const draft = readPlanText(plans.running);
  expect(draft).toMatchObject({ year: 2024, yearBasis: 'ordinal' });
  expect(titles(draft)).toEqual(['便民服务活动', '“情暖老人”慰问活动', '义务植树活动']);
  expect(whens(draft)).toEqual(['04', '06', '12'].map((day) => ({ dates: [`2024-03-${day}`] })));
});

test('the spaces of a scan', () => {
  const draft = readPlanText(plans.scanned);
  expect(draft.year).toBe(2022);
  expect(titles(draft)).toEqual(['暖心敲门', '文明交通志愿服务活动']);
  expect(whens(draft)).toEqual([{ dates: ['2022-03-05'] }, { dates: ['2022-03-12'] }]);
  expect(codes(draft)).toContain('PDF_SPACES');
});

test('deadlines, several months, lunar days; numbers that are no months', () => {
  const draft = readPlanText(plans.deadlines);
  expect(whens(draft)).toEqual([
    { before: '05-31' },
    { months: [6, 7] },
    { lunar: '九月初九' },
    { months: [10, 11] },
  ]);
  expect(draft.routines).toHaveLength(1);
});

describe('the year', () => {
  const plan = (head: string): Draft =>
    readPlanText(`${head}\n一、活动内容\n1、3月5日开展义诊活动\n`);
  test.each([
    ['2024年学雷锋活动方案', 2024, 'title'],
    ['二〇二四年学雷锋活动方案', 2024, 'title'],
    ['在第62个学雷锋日到来之际', 2025, 'ordinal'],
    ['在第25个“中国青年志愿者服务日”到来之际', 2024, 'ordinal'],
    ['在第114个“三八”国际妇女节到来之际', 2024, 'ordinal'],
    ['今年是毛泽东同志为雷锋同志题词61周年', 2024, 'ordinal'],
    ['2024年学雷锋活动方案,在第60个学雷锋日到来之际', null, 'conflict'],
    ['2022年和2023年学雷锋活动方案', null, 'conflict'],
    ['20XX年学雷锋活动方案', null, 'placeholder'],
    ['最新或2022(历届)年学雷锋活动方案', null, 'placeholder'],
    ['xx年学雷锋活动方案', null, 'placeholder'],
    ['学雷锋活动方案', null, 'none'],
    ['学雷锋活动方案,从2014年开始我社区每年开展', null, 'none'],
    ['学雷锋活动方案\n发布时间:2016-08-11', null, 'none'],
  ])('%s', (head, year, basis) => {
    expect(plan(head)).toMatchObject({ year, yearBasis: basis });
  });

  test('of the past is read like any other', () => {
    expect(plan('1998年学雷锋活动方案').year).toBe(1998);
  });
});

test.each([
  ['an empty text', ''],
  ['blanks', ' \n\t\u3000\n'],
  ['a novel', plans.novel],
  ['a number', '12345'],
])('%s is no plan', (_, text) => {
  const draft = readPlanText(text);
  expect(draft.themes).toEqual([]);
  expect(draft.warnings).toEqual([{ code: 'NOT_A_PLAN' }]);
});

const all: readonly (readonly [string, string])[] = [
  ...Object.entries(plans),
  ...Object.entries(kinds).map(([name, { text }]) => [name, text] as const),
];

describe('every field', () => {
  test.each(all)('of %s stands in the text', (_, text) => {
    const draft = readPlanText(text);
    expect(checkDraft(text, draft)).toEqual([]);
    for (const { title, span } of draft.themes)
      expect(bare(text.slice(span.start, span.end))).toContain(bare(title));
  });
});

describe('a draft is the same', () => {
  const wide = (text: string): string =>
    text.replace(/[,():;!]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0));
  const narrow = (text: string): string =>
    text.replace(/[，（）：；！]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0));
  const plain = (draft: Draft): unknown =>
    JSON.parse(
      JSON.stringify(draft, (key, value) =>
        /span/i.test(key) ? undefined : typeof value === 'string' ? bare(value) : value,
      ),
    );
  test.each([
    ['in full-width punctuation', wide],
    ['in half-width punctuation', narrow],
    ['with the line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['with ideographic spaces', (text: string) => text.replaceAll(' ', '\u3000')],
    ['with spaces that do not break', (text: string) => text.replaceAll(' ', '\u00a0')],
    ['with blank lines', (text: string) => text.replaceAll('\n', '\n\n')],
  ])('%s', (_, change) => {
    for (const [name, text] of all)
      expect([name, plain(readPlanText(change(text)))]).toEqual([name, plain(readPlanText(text))]);
  });
});

test.each([
  ['numbers of sections', '1.1 便民理发', '1.2 义务植树', '1.3 赠书会', '2.1 演练'],
  ['numbers without order', '3.5 便民理发', '2.12 义务植树', '4.23 赠书会'],
  ['two lines', '3.5 便民理发', '3.12 义务植树'],
])('%s are no days', (_, ...lines) => {
  const draft = readPlanText(`石桥社区2026年志愿服务方案\n${lines.join('\n')}\n`);
  expect(draft.themes.filter(({ when }) => when !== null)).toEqual([]);
});

test('money is no month', () => {
  const draft = readPlanText('石桥社区2026年志愿服务方案\n一、发放500元月薪券\n二、收取百元月票\n');
  expect(draft.themes.map(({ when }) => when)).toEqual([null, null]);
});

import { expect, test } from '@jest/globals';
import { checkDraft } from '../../../../functions/campaigns/plan-text/check-draft.ts';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';

/** What is read of a plan for 2026 with these lines. */
const read = (lines: string, title = '柳湾社区2026年志愿服务计划') => {
  const text = `${title}\n${lines}\n`;
  const draft = readPlanText(text);
  return {
    year: draft.year,
    whens: draft.themes.map(({ title: name, when }) => [name, when]),
    codes: draft.warnings.map(({ code }) => code),
    quoted: draft.warnings.flatMap(({ code, span }) =>
      code === 'YEAR_CONFLICT' && span ? [text.slice(span.start, span.end)] : [],
    ),
    faults: checkDraft(text, draft),
  };
};

test.each([
  ['11月至次年1月', [11, 12]],
  ['11月-翌年2月', [11, 12]],
  ['12月至明年3月', [12]],
  ['11月至1月', [11, 12]],
  ['2026年11月至2027年1月', [11, 12]],
  ['11月5日至次年1月10日', [11, 12]],
])('of %s only the months of the plan’s year are taken, and the rest is shown', (time, months) => {
  const { whens, quoted, faults } = read(
    `一、冬衣捐赠：${time}，收集棉衣。\n二、清扫楼道：4月，清扫。`,
  );
  expect(whens).toEqual([
    ['冬衣捐赠', { months }],
    ['清扫楼道', { months: [4] }],
  ]);
  expect(quoted).toContain(time);
  expect(faults).toEqual([]);
});

test.each(['次年1月', '明年1月', '翌年1月5日', '来年1月至3月'])(
  'an activity in %s is asked about',
  (time) => {
    const { year, whens, codes, quoted } = read(
      `一、敬老慰问：10月，走访老人。\n二、写春联：${time}，在广场设点。`,
    );
    expect(year).toBe(2026);
    expect(whens).toEqual([
      ['敬老慰问', { months: [10] }],
      ['写春联', null],
    ]);
    expect(quoted).toEqual([time]);
    expect(codes).toContain('MONTH_MISSING');
  },
);

test('lines that begin with a month of the year after are activities that are asked about', () => {
  const { whens, codes } = read('3月：便民集市\n10月：敬老慰问\n次年1月：写春联');
  expect(whens).toEqual([
    ['便民集市', { months: [3] }],
    ['敬老慰问', { months: [10] }],
    ['写春联', null],
  ]);
  expect(codes).toEqual(expect.arrayContaining(['YEAR_CONFLICT', 'MONTH_MISSING']));
});

test('a plan for two years has no months of the second one', () => {
  const { year, whens } = read(
    '一、活动安排\n1.2026年11月：冬衣捐赠\n2.2026年12月：年终慰问\n3.2027年1月：写春联',
    '柳湾社区2026—2027年冬春志愿服务计划',
  );
  expect([year, whens]).toEqual([
    null,
    [
      ['冬衣捐赠', { months: [11] }],
      ['年终慰问', { months: [12] }],
      ['写春联', null],
    ],
  ]);
});

test('the plan’s own year before a month changes nothing', () => {
  const { year, whens, codes } = read(
    '2026年3月：便民集市\n2026年4月至6月：清洁家园\n当年10月：敬老慰问',
  );
  expect(year).toBe(2026);
  expect(whens.slice(0, 2)).toEqual([
    ['便民集市', { months: [3] }],
    ['清洁家园', { months: [4, 5, 6] }],
  ]);
  expect(codes).not.toContain('YEAR_CONFLICT');
});

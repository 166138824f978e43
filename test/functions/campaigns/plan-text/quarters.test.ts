import { expect, test } from '@jest/globals';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';

const read = (lines: string) => {
  const { themes, routines, warnings } = readPlanText(`柳湾社区2026年便民服务计划\n${lines}\n`);
  return {
    themes: themes.map(({ title, when }) => [title, when]),
    routines: routines.map(({ title }) => title),
    codes: warnings.map(({ code }) => code),
  };
};
const months = (quarter: number) => ({
  months: [3 * quarter - 2, 3 * quarter - 1, 3 * quarter],
});

const forms: readonly (readonly [string, (quarter: string) => string])[] = [
  ['alone', (quarter) => `第${quarter}季度`],
  ['with a colon', (quarter) => `第${quarter}季度：`],
  ['with its year', (quarter) => `2026年${quarter}季度`],
  ['with what it lists', (quarter) => `第${quarter}季度重点工作`],
];
const list = (head: (quarter: string) => string, quarters: readonly string[]): string =>
  quarters.map((each) => `${head(each)}\n1.便民集市${each}\n2.慰问老人${each}`).join('\n');

test.each(forms)('a quarter %s in its line is the time of what follows it', (_, head) => {
  for (const quarters of [
    ['一', '二'],
    ['一', '二', '三', '四'],
  ])
    expect(read(list(head, quarters)).themes).toEqual(
      quarters.flatMap((each, at) => [
        [`便民集市${each}`, months(at + 1)],
        [`慰问老人${each}`, months(at + 1)],
      ]),
    );
});

test('a section after the quarters belongs to none, and nothing is warned of their numbers', () => {
  const lines = `一、活动内容\n${list((each) => `第${each}季度`, ['一', '二'])}\n二、工作要求\n1.加强领导。\n2.认真总结。`;
  const { themes, codes } = read(lines);
  expect(themes).toHaveLength(4);
  expect(themes.at(-1)).toEqual(['慰问老人二', months(2)]);
  expect(codes).not.toContain('NESTED_NUMBERING');
});

test('a month within a quarter is more exact', () => {
  expect(
    read('第一季度\n1.便民集市（3月）\n2.慰问老人\n第二季度\n1.清洁家园\n2.急救培训').themes.slice(
      0,
      2,
    ),
  ).toEqual([
    ['便民集市', { months: [3] }],
    ['慰问老人', months(1)],
  ]);
});

test('what is done in each quarter has none', () => {
  expect(read('一、便民集市\n每季度\n开展一次。\n二、河道清洁\n4月，清理河岸。')).toMatchObject({
    themes: [['河道清洁', { months: [4] }]],
    routines: ['便民集市'],
  });
});

import { expect, test } from '@jest/globals';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';

const read = (...rows: readonly string[]) => {
  const { themes } = readPlanText(
    `青石街道2026年志愿服务安排\n${rows.map((row) => row.replaceAll('|', '\t')).join('\n')}\n`,
  );
  return themes.map(({ title, when, units }) => [title, when, ...units.map(({ name }) => name)]);
};
const march = { months: [3] };
const april = { months: [4] };
const usual = [
  ['便民集市', march, '党建办'],
  ['文明祭扫', april, '民政办'],
];

test('a line across a table is a heading of its rows and ends it only where no row follows', () => {
  const heads = '活动主题|时间|责任单位';
  const rows = ['便民集市|3月|党建办', '文明祭扫|4月|民政办'] as const;
  expect(read(heads, '一、重点活动', rows[0], '二、常规活动', rows[1])).toEqual(usual);
  expect(read(heads, ...rows, '备注：以上活动由街道统筹。')).toEqual(usual);
});

test('a month across a table is the time of the rows below it, and another heading is not', () => {
  const heads = '序号|活动主题|责任单位';
  expect(read(heads, '3月', '1|便民集市|党建办', '4月', '2|文明祭扫|民政办')).toEqual(usual);
  expect(read(heads, '3月', '1|便民集市|党建办', '其他活动', '2|文明祭扫|民政办')).toEqual([
    usual[0],
    ['文明祭扫', null, '民政办'],
  ]);
});

test('a heading that spans columns is that of each', () => {
  expect(
    read('时间|活动主题|责任单位|', '3月|便民集市|党建办|各社区', '4月|文明祭扫|民政办|'),
  ).toEqual([['便民集市', march, '党建办', '各社区'], usual[1]]);
});

test.each([
  ['with the cells merged down', '序号|时间|内容|责任单位'],
  ['with empty cells', '|时间|内容|'],
])('of two rows of headings, %s, none is an activity', (_, lower) => {
  expect(
    read('序号|活动安排||责任单位', lower, '1|3月|便民集市|党建办', '2|4月|文明祭扫|民政办'),
  ).toEqual(usual);
});

test('rows below one title merged down are told apart by what they say', () => {
  const heads = '时间|活动主题|活动内容|责任单位';
  expect(
    read(
      heads,
      '3月|便民集市|义剪|党建办',
      '3月|便民集市|维修家电|民政办',
      '4月|文明祭扫|劝导|民政办',
    ),
  ).toEqual([usual[0], ['维修家电', march, '民政办'], usual[1]]);
});

test('a cell in quotes with line breaks, as a spreadsheet copies it, is one cell', () => {
  expect(
    read(
      '时间|活动主题|责任单位',
      '3月|便民集市|"党建办、\n各社区"',
      '"4月\n上旬"|"文明\n祭扫"|民政办',
    ),
  ).toEqual([
    ['便民集市', march, '党建办', '各社区'],
    ['文明 祭扫', april, '民政办'],
  ]);
});

test('quotes in lines that are no table part nothing and join nothing', () => {
  expect(
    read('3月：便民集市', '"暖心行动"', '4月：文明祭扫', '5月："清洁家园"').map(([title]) => title),
  ).toEqual(['便民集市', '文明祭扫', '清洁家园']);
});

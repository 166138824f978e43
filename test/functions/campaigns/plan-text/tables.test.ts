import { describe, expect, test } from '@jest/globals';
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

describe('a column that nobody knows takes nothing from the others', () => {
  const saidOf = (
    sign: string,
    heads: readonly string[],
    ...rows: readonly (readonly string[])[]
  ) => {
    const text = `青石街道2026年志愿服务安排\n${[heads, ...rows].map((row) => row.join(sign)).join('\n')}\n`;
    const { themes, warnings } = readPlanText(text);
    expect(warnings).toContainEqual(expect.objectContaining({ code: 'TABLE_FLATTENED' }));
    return themes.map(({ title, when, content, units }) => [
      title,
      when,
      content?.text,
      ...units.map(({ name }) => name),
    ]);
  };
  const wanted = [
    ['便民集市', march, '理发', '团工委'],
    ['植树护绿', april, '植树', '城管办'],
  ];
  const heads = ['月份', '主题', '内容', '责任单位'];
  const rows = [
    ['3月', '便民集市', '理发', '团工委'],
    ['4月', '植树护绿', '植树', '城管办'],
  ] as const;
  const other = [
    ['参加人数', '20人', '30人'],
    ['经费预算（元）', '2000', '500'],
    ['完成情况', '已完成', '未完成'],
    ['物资清单', '剪刀', '铁锹'],
    ['积分分值', '5分', '6分'],
  ] as const;
  test.each(other)('%s', (head, ...cells) => {
    const below = rows.map((row, at) => [...row, cells[at] ?? '']);
    expect(saidOf('\t', [...heads, head], ...below)).toEqual(wanted);
    expect(saidOf('\n', [...heads, head], ...below)).toEqual(wanted);
    const before = rows.map(([time, ...row], at) => [time, cells[at] ?? '', ...row]);
    expect(saidOf('\t', ['月份', head, ...heads.slice(1)], ...before)).toEqual(wanted);
  });

  test('between known ones, and several of them', () => {
    const below = rows.map((row) => [...row, '20人', '穿红马甲', '5分']);
    expect(saidOf('\t', [...heads, '参加人数', '备注', '积分'], ...below)).toEqual(wanted);
  });

  test('of three columns', () => {
    expect(
      saidOf(
        '\t',
        ['月份', '主题', '积分分值'],
        ['3月', '便民集市', '5分'],
        ['4月', '植树护绿', ''],
      ),
    ).toEqual([
      ['便民集市', march, undefined],
      ['植树护绿', april, undefined],
    ]);
  });

  test('and a heading with two words for what is done is known', () => {
    expect(saidOf('\t', ['月份', '主题', '活动内容及形式', '责任单位'], ...rows)).toEqual(wanted);
  });

  test('and below a quarter a month is the time', () => {
    const below = rows.map((row, at) => [`第${'一二'[at]}季度`, ...row]);
    expect(saidOf('\t', ['季度', ...heads], ...below)).toEqual(wanted);
  });

  test('while labels with their values in a row are no headings', () => {
    const text =
      '青石街道2026年安排\n1.便民集市\n主题\t邻里情\t责任单位\t团委\n时间\t3月5日\t地点\t广场\n';
    expect(readPlanText(text).warnings).not.toContainEqual(
      expect.objectContaining({ code: 'TABLE_FLATTENED' }),
    );
  });
});

test('a cell that says nothing, or the title again, is no content', () => {
  const text =
    '月份\t主题\t内容\t责任单位\n3月\t便民集市\t便民集市\t团委\n4月\t植树\t无\t城管办\n5月\t助残走访\t/\t残联\n';
  expect(readPlanText(text).themes.map(({ title, content }) => [title, content])).toEqual([
    ['便民集市', null],
    ['植树', null],
    ['助残走访', null],
  ]);
});

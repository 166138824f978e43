import { describe, expect, test } from '@jest/globals';
import { checkDraft } from '../../../../functions/campaigns/plan-text/check-draft.ts';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';

const read = (text: string) => {
  const draft = readPlanText(text);
  expect(checkDraft(text, draft)).toEqual([]);
  return draft;
};
const themesOf = (text: string) =>
  read(text).themes.map(({ title, when, units }) => [
    title,
    when,
    ...units.map(({ name }) => name),
  ]);
const codesOf = (text: string) => read(text).warnings.map(({ code }) => code);

describe('a month with a name behind it, tasks, and one line for who is responsible', () => {
  const tasks = '1.为独居老人理发；\n2.清理楼道杂物。\n责任单位：民政办\n';
  test.each(['（一）3月：“邻里情”集中行动\n', '3月：“邻里情”集中行动\n'])('%s', (heading) => {
    const text = `松岭镇2026年志愿服务方案\n${heading}${tasks}`;
    const [theme, ...others] = read(text).themes;
    expect(others).toEqual([]);
    expect(theme).toMatchObject({ title: '邻里情', when: { months: [3] } });
    expect(theme?.units.map(({ name }) => name)).toEqual(['民政办']);
    expect(theme?.sub.map(({ title }) => title)).toEqual(['为独居老人理发', '清理楼道杂物']);
  });

  test('where each of them has its unit, they are activities', () => {
    const text =
      '松岭镇2026年志愿服务方案\n（一）3月：学雷锋活动\n1.便民集市\n责任单位：民政办\n2.清洁楼道\n责任单位：城管办\n';
    expect(themesOf(text)).toEqual([
      ['便民集市', { months: [3] }, '民政办'],
      ['清洁楼道', { months: [3] }, '城管办'],
    ]);
  });
});

test.each([
  ['“12·5国际志愿者日”主题活动', '“12·5国际志愿者日”主题活动'],
  ['“6·5世界环境日”宣传活动', '“6·5世界环境日”宣传活动'],
  ['“浓情重阳节”志愿服务', '“浓情重阳节”志愿服务'],
  ['“暖冬送衣”主题活动', '暖冬送衣'],
])('an occasion in quotes keeps what is done on it: %s', (heading, title) => {
  expect(themesOf(`松岭镇2026年安排\n1.3月：植树护绿\n2.12月：${heading}\n`)[1]).toEqual([
    title,
    { months: [12] },
  ]);
});

describe('columns without headings', () => {
  const wanted = [
    ['便民集市', { dates: ['2026-03-05'] }, '社区妇联'],
    ['义务植树', { dates: ['2026-03-12'] }, '社区党支部'],
    ['慰问老人', { dates: ['2026-03-20'] }, '青年志愿者服务队'],
  ];
  const rows = [
    ['3月5日', '9:00', '社区广场', '便民集市', '社区妇联'],
    ['3月12日', '14:00', '河滨公园', '义务植树', '社区党支部'],
    ['3月20日', '9:30', '敬老院', '慰问老人', '青年志愿者服务队'],
  ];
  test.each([' ', '　', '\t'])('parted by “%s”', (sign) => {
    const text = `松岭社区2026年志愿服务安排\n${rows.map((row) => row.join(sign)).join('\n')}\n`;
    expect(themesOf(text)).toEqual(wanted);
    expect(codesOf(text)).toContain('TABLE_FLATTENED');
  });

  test('with numbers, and the place last', () => {
    const text =
      '松岭社区2026年志愿服务安排\n1\t3月\t助残走访\t社区残协\t辖区\n2\t5月\t护河巡查\t水务站\t河道\n3\t9月\t敬老活动\t老协\t活动室\n';
    expect(themesOf(text).map(([title, when]) => [title, when])).toEqual([
      ['助残走访', { months: [3] }],
      ['护河巡查', { months: [5] }],
      ['敬老活动', { months: [9] }],
    ]);
  });

  test('with people, who enter no draft', () => {
    const text =
      '3月5日 社区广场 便民集市 张小明 13800138000\n4月4日 烈士陵园 祭扫活动 李红 13800138001\n5月1日 公园 清洁行动 王芳 13800138002\n';
    expect(themesOf(text).map(([title]) => title)).toEqual(['便民集市', '祭扫活动', '清洁行动']);
    expect(JSON.stringify(read(text))).not.toMatch(/张小明|李红|王芳|138/);
  });

  test('lines with blanks between their words are none', () => {
    const text =
      '松岭社区2026年安排\n3月5日 社区 开展 便民集市\n3月6日 在 广场 义诊\n3月7日 去 敬老院 慰问\n';
    expect(codesOf(text)).not.toContain('TABLE_FLATTENED');
  });
});

describe('a time that is no month, below those of the months', () => {
  const months = '松岭社区2026年志愿服务安排\n3月：便民集市\n9月：敬老茶话会\n';
  test('is asked for', () => {
    const text = `${months}国庆期间：交通引导\n责任单位：团支部\n春节期间：慰问老人\n`;
    expect(themesOf(text)).toEqual([
      ['便民集市', { months: [3] }],
      ['敬老茶话会', { months: [9] }],
      ['交通引导', null, '团支部'],
      ['慰问老人', { lunar: '春节' }],
    ]);
    expect(codesOf(text)).toContain('MONTH_MISSING');
    expect(codesOf(text)).not.toContain('TRUNCATED');
  });

  test.each([
    ['3月开展便民服务；国庆期间开展旅游引导；12月开展宣传。', ['旅游引导', null]],
    ['3月开展便民服务；春节前，社区开展送温暖；12月开展宣传。', ['送温暖', null]],
    ['3月开展便民服务。国庆假期开展旅游引导。12月开展宣传。', ['旅游引导', null]],
    ['\n3月开展便民服务\n国庆期间开展旅游引导\n12月开展宣传', ['旅游引导', null]],
    ['\n3月：便民服务\n中秋节：做月饼\n12月：宣传', ['做月饼', null]],
    ['\n第一季度：便民服务\n下半年：志愿者登记\n第四季度：宣传', ['志愿者登记', null]],
  ])('in the form of the others: %s', (written, wanted) => {
    const themes = themesOf(`松岭社区2026年志愿服务安排：${written}\n`);
    expect(themes).toHaveLength(3);
    expect(themes[1]).toEqual(wanted);
    expect(codesOf(`松岭社区2026年志愿服务安排：${written}\n`)).toContain('MONTH_MISSING');
  });

  test.each(['（ ）月', '（  ）月份', '__月', 'X月', '月份'])(
    'with a place for its number: %s',
    (open) => {
      const wanted = [
        ['便民集市', { months: [3] }],
        ['卫生运动', null],
        ['宣传', { months: [12] }],
      ];
      const head = '松岭社区2026年志愿服务安排\n';
      expect(themesOf(`${head}3月：便民集市\n${open}：卫生运动\n12月：宣传\n`)).toEqual(wanted);
      const sections = `${head}一、3月：便民集市\n二、${open}：卫生运动\n三、12月：宣传\n`;
      expect(themesOf(sections)).toEqual(wanted);
    },
  );

  test('before the others', () => {
    expect(
      themesOf('松岭社区2026年安排\n年初：志愿者登记\n春节前：送温暖\n3月：便民服务\n').map(
        ([title]) => title,
      ),
    ).toEqual(['志愿者登记', '送温暖', '便民服务']);
  });

  test('is a part of an activity with more lines than its own', () => {
    const text =
      '松岭小学2026年安排\n4月：爱国教育\n清明节：祭扫。\n读书日：诵读。\n10月：敬老行动\n为老人理发。\n国庆期间开展慰问。\n';
    expect(themesOf(text).map(([title]) => title)).toEqual(['爱国教育', '敬老行动']);
  });

  test('with a number before it', () => {
    expect(themesOf('松岭社区2026年安排\n1.3月：便民集市\n2.国庆期间：交通引导\n')[1]).toEqual([
      '交通引导',
      null,
    ]);
  });
});

test('who does something, and who takes part in it', () => {
  const text =
    '松岭社区2026年安排\n1.3月，由社区妇联开展亲子阅读。\n2.5月，由社区团支部、蓝天救援队参与防汛演练。\n3.9月，由心理教师开展心理辅导。\n';
  expect(
    read(text).themes.map(({ title, units }) => [
      title,
      ...units.map(({ name, role }) => `${name} ${role}`),
    ]),
  ).toEqual([
    ['亲子阅读', '社区妇联 lead'],
    ['防汛演练', '社区团支部 participating', '蓝天救援队 participating'],
    ['心理辅导'],
  ]);
});

describe('names with their times in brackets behind them', () => {
  const wanted = [
    ['便民集市', { months: [3] }],
    ['助残走访', { months: [5] }],
    ['敬老茶话会', { months: [10] }],
  ];
  test.each([
    '主要有：便民集市（3月）、助残走访（5月）、敬老茶话会（10月）\n',
    '便民集市（3月）\n助残走访（5月）\n敬老茶话会（10月）\n',
  ])('%s', (list) => {
    const text = `松岭社区2026年志愿服务安排\n${list}`;
    expect(themesOf(text)).toEqual(wanted);
    expect(codesOf(text)).not.toContain('TRUNCATED');
  });

  test('what stands in brackets and is no time makes no list', () => {
    const text = '松岭社区2026年安排\n便民集市（广场）、助残走访（辖区）、敬老茶话会（活动室）\n';
    expect(themesOf(text).filter(([, when]) => when !== null)).toEqual([]);
  });
});

test('a text that is cut before it says what is done has no such activity', () => {
  const text =
    '松岭社区2026年计划\n在4月，结合世界地球日的主题，组织居民清理河道。\n在5月，组织居民参加趣味运动会。\n在6月，结合“六一”国际';
  const draft = read(text);
  expect(draft.themes.map(({ when }) => when)).toEqual([{ months: [4] }, { months: [5] }]);
  expect(draft.notes.map(({ text: note }) => note)).toEqual(['6月，结合“六一”国际']);
  expect(draft.warnings.map(({ code }) => code)).toContain('TRUNCATED');
});

test('the time of an activity stands below a heading for time, place and who is responsible', () => {
  const text =
    '松岭村2026年文体活动方案\n一、活动内容\n（一）篮球赛\n1、比赛时间、地点、责任单位\n3月10日在村部球场，村团支部负责。\n（二）拔河赛\n1、比赛时间和地点\n3月12日在小学。\n';
  expect(themesOf(text).map(([title, when]) => [title, when])).toEqual([
    ['篮球赛', { dates: ['2026-03-10'] }],
    ['拔河赛', { dates: ['2026-03-12'] }],
  ]);
});

test('sentences of a line, each with its month, and by whom behind a name', () => {
  expect(
    themesOf(
      '松岭社区2026年计划\n3月组织便民集市。5月组织助残走访，由残联负责。9月举办敬老茶话会。\n',
    ),
  ).toEqual([
    ['便民集市', { months: [3] }],
    ['助残走访', { months: [5] }, '残联'],
    ['敬老茶话会', { months: [9] }],
  ]);
});

import { describe, expect, test } from '@jest/globals';
import { report } from '../../../functions/reports/answer.ts';
import type { Material } from '../../../functions/reports/material.ts';
import { buildReport } from '../../../functions/reports/report.ts';
import { reportAnswer } from '../../../functions/reports/report-answer.ts';
import type { Published } from '../../../functions/totals/small-cells.ts';
import { figuresOf, materialOf, planned } from '../../support/report-material.ts';

const answerOf = (more: Partial<Material> = {}, locale: 'zh-CN' | 'en' = 'zh-CN') =>
  report.parse(reportAnswer(buildReport(materialOf(more), locale), { isPublic: false }));
const part = (answer: ReturnType<typeof answerOf>, key: string): readonly string[] =>
  answer.parts.find((each) => each.key === key)?.paragraphs.map(({ text }) => text) ?? [];
const whole = (measures: Readonly<Record<string, number>>, theme = '*') =>
  figuresOf('2025', { [`* all ${theme}`]: measures });

test('a year with nothing in it says so, part by part', () => {
  const answer = answerOf();
  expect(answer.title).toBe('示范区2025年度学雷锋志愿服务工作总结');
  expect(answer.parts.map(({ title }) => title)).toEqual([
    '一、总体情况',
    '二、组织与队伍',
    '三、分主题开展情况',
    '四、日常服务',
    '五、居民点单',
    '六、法律、义诊等专业服务',
    '七、宣传',
    '八、激励与典型',
    '九、数据质量说明',
    '十、存在的问题',
    '十一、下一年度计划',
  ]);
  expect(answer.head[0]?.text).toBe('2025年，初稿。');
  expect(part(answer, 'overall')).toEqual(['本项无核实数据。', '服务群众人次：本项无核实数据。']);
  expect(part(answer, 'themes')).toEqual([
    '3月“启动仪式”本年度未开展活动。',
    '10月“义诊”本年度未开展活动。',
  ]);
  expect(part(answer, 'requests')).toEqual(['本系统暂不登记居民点单。']);
  expect(part(answer, 'problems')).toEqual([]);
  expect(answer.annexes.map(({ title }) => title.slice(0, 3))).toEqual([
    ...['附表1', '附表2', '附表3', '附表4', '附表5', '附表6', '附表7'],
  ]);
});

describe('the overall part', () => {
  const figures = whole({
    activitiesHeld: 102,
    participations: 12_345,
    distinctVolunteers: 127,
    creditedMinutes: 124_699,
    beneficiaries: 13_512,
    beneficiariesEstimated: 4764,
    onDutyParticipations: 7,
    teams: 6,
    registeredVolunteers: 132,
    partners: 3,
  });

  test('has persons and person-times, hours with one decimal, and estimates apart', () => {
    expect(part(answerOf({ figures }), 'overall')).toEqual([
      '2025年，全区按计划开展学雷锋志愿服务活动102场，127人参加、共1.2345万人次，核定服务时长2078.3小时。',
      '服务群众1.3512万人次（现场清点）；另有4764人次为估计数。',
      '在岗工作人员协助7人次，不计志愿服务时长。',
      '共建单位3家参与。截至12月31日，有志愿服务队6支，注册志愿者132人。',
    ]);
  });

  test('unknown, zero and estimated are three sentences', () => {
    const said = (measures: Readonly<Record<string, number>>) =>
      part(answerOf({ figures: whole({ activitiesHeld: 1, ...measures }) }), 'overall')[1];
    expect(said({})).toBe('服务群众人次：本项无核实数据。');
    expect(said({ beneficiaries: 0 })).toBe('服务群众0人次（现场清点，已核实为零）。');
    expect(said({ beneficiariesEstimated: 9 })).toBe('服务群众无现场清点数；另有9人次为估计数。');
  });

  test('a figure that is unknown beside known ones is said to be unknown', () => {
    const text = part(answerOf({ figures: whole({ activitiesHeld: 2 }) }), 'overall')[0];
    expect(text).toBe(
      '2025年，全区按计划开展学雷锋志愿服务活动2场，参与志愿者人数无核实数据、参与志愿者人次无核实数据，服务时长无核实数据。',
    );
  });

  test('compares with closed figures only, and gives no percentage of a small base', () => {
    const before = figuresOf('2024', {
      '* all *': { activitiesHeld: 29, participations: 30, distinctVolunteers: 127 },
    });
    expect(part(answerOf({ figures }), 'overall').join('')).not.toContain('比上年');
    expect(part(answerOf({ figures, before }), 'overall').at(-1)).toBe(
      '开展活动比上年（已关账数）增加73场次；参与志愿者人数比上年（已关账数）持平；参与志愿者人次比上年（已关账数）增加1.2315万人次（41050.0%）。',
    );
    const more = figuresOf('2024', { '* all *': { activitiesHeld: 204 } });
    expect(part(answerOf({ figures, before: more }), 'overall').at(-1)).toBe(
      '开展活动比上年（已关账数）减少102场次（50.0%）。',
    );
  });
});

describe('a theme', () => {
  const themes = [
    planned('FREE_CLINIC', '义诊', {
      months: [9, 10],
      units: [
        { name: '社区医务人员', role: 'lead' },
        { name: '志愿者', role: 'participating' },
        { name: '物业', role: 'cooperating' },
      ],
    }),
  ];
  const said = (measures: Readonly<Record<string, number>>) =>
    part(answerOf({ themes, figures: whole(measures, 'FREE_CLINIC') }), 'themes')[0];

  test('has months, plan, figures, outputs with measure words, and who took part', () => {
    expect(
      said({
        activitiesHeld: 2,
        activitiesPublished: 4,
        participations: 20,
        creditedMinutes: 1207,
        'outputs.bloodPressureChecks': 80,
        'outputs.healthHandbooks': 120,
        'outputs.healthHandbooks:estimated': 30,
        outcomesWithoutOutputs: 1,
      }),
    ).toBe(
      '9、10月“义诊”：开展活动2场（发布4场），20人次参加，20.1小时；测血压80人次，健康手册120册（另有估计数30册）。由社区医务人员牵头，志愿者、物业参加。1场活动未填报产出。',
    );
  });

  test('names four outputs, and the annex for more', () => {
    const text = said({
      activitiesHeld: 1,
      'outputs.rubbishKilograms': 685,
      'outputs.audience': 100,
      'outputs.talksGiven': 2,
      'outputs.bloodPressureChecks': 80,
      'outputs.glucoseChecks': 80,
    });
    expect(text).toContain('清理垃圾68.5公斤，宣讲2场，听众100人次，测血压80人次，详见附表4。');
    expect(text).not.toContain('测血糖');
  });

  test('without activities is said so', () => {
    expect(said({ activitiesPublished: 3 })).toBe('9、10月“义诊”本年度未开展活动。');
    expect(said({ activitiesHeld: 0 })).toBe('9、10月“义诊”本年度未开展活动。');
  });

  test('outside the plan is named beside the problems', () => {
    const answer = answerOf({ figures: whole({ activitiesHeld: 1 }, 'OLD_THEME') });
    const facts = answer.parts.find(({ key }) => key === 'problems')?.written?.facts;
    expect(facts?.map(({ text }) => text)).toContain('方案以外的主题：OLD_THEME。');
  });
});

describe('data quality', () => {
  test('is said with shares of known wholes only', () => {
    const quality = {
      ...materialOf().quality,
      evidence: { numerator: 3, denominator: 4 },
      onTimeRecords: { numerator: 0, denominator: 0 },
      corrections: { numerator: 5, denominator: 700 },
      correctedMinutes: 90,
      exactHundreds: { numerator: 1, denominator: 8 },
      origins: new Map([
        ['leader-roll', 60],
        ['import', 40],
      ]),
      flagsSeen: 9,
      flagsDismissed: 8,
    };
    expect(part(answerOf({ quality }), 'quality')).toEqual([
      '有75.0%的活动留有现场佐证，本年更正5笔，涉及1.5小时。',
      '记录来源：负责人签到表60.0%、其他平台导入40.0%。',
      '服务群众人次为整百的活动占12.5%。',
      '系统提示异常9条，经查看排除8条。',
    ]);
  });

  test.each([
    [60, 2160, '【核对】每人次平均0.6小时'],
    [36, 2160, '每人次平均1.0小时，在一至八小时的常见范围内'],
    [10, 4860, '【核对】每人次平均8.1小时'],
  ])('%d person-times and %d minutes', (participations, creditedMinutes, expected) => {
    const figures = whole({ participations, creditedMinutes });
    expect(part(answerOf({ figures }), 'quality').join('')).toContain(expected);
  });

  test('a corrected closed figure shows old and new with the reason', () => {
    const restated = [
      {
        ...{ closedPeriod: '2025-03', madeOn: '2025-05-02', metric: 'creditedMinutes' },
        ...{ isAfterYear: true, old: 600, now: 540 },
        ...{ reason: '重复录入', role: 'verifier' as const, isEstimate: false },
        cause: { zh: '服务时长已作废', en: 'Hours were struck out' },
      },
    ];
    const answer = answerOf({
      restated,
      status: 'restated',
      closed: { version: 2, root: 'ab12' },
    });
    expect(answer.head[0]?.text).toBe('2025年，已更正，数据版本2。');
    expect(part(answer, 'quality').at(-1)).toBe(
      '年度关账后，2025年3月数据于2025年5月2日更正：服务时长由10.0改为9.0小时，原因：重复录入。',
    );
    const table = answer.annexes.find(({ sheet }) => sheet === 'restatements');
    expect(table?.rows).toHaveLength(1);
  });
});

describe('tables', () => {
  const areas = ['hongqi-01', 'hongqi-02', 'hongqi-03'];
  const hidden = ({ areaId }: Published): ReadonlySet<string> =>
    new Set(areaId === 'hongqi-02' ? [] : ['outputs.casesAssisted']);
  const figures = figuresOf('2025', {
    '* all *': { activitiesHeld: 9, distinctVolunteers: 5, 'outputs.casesAssisted': 47 },
    'hongqi-03 alone *': { activitiesHeld: 6, distinctVolunteers: 4, 'outputs.casesAssisted': 14 },
    'hongqi-01 alone *': { activitiesHeld: 3, distinctVolunteers: 4, 'outputs.casesAssisted': 3 },
    'hongqi-02 alone *': { 'outputs.casesAssisted': 30 },
  });

  test('by area are in the order of area codes, whatever the figures', () => {
    const table = answerOf({ figures }).annexes.find(({ sheet }) => sheet === 'areas');
    const codes = table?.rows.map(({ cells }) => cells[1]);
    expect(codes).toEqual([...areas.map((text) => ({ text, kind: 'name' })), null]);
  });

  test('add up what adds up, and not persons or what is hidden', () => {
    const [services, byArea] = answerOf({ figures, hidden })
      .parts.flatMap(({ tables }) => tables)
      .concat(answerOf({ figures }).annexes.filter(({ sheet }) => sheet === 'areas'));
    const sums = byArea?.rows.at(-1)?.adds;
    const titles = sums?.columns.map((column) => byArea?.columns[column]?.title);
    expect([sums?.from, sums?.to, titles]).toEqual([0, 2, ['开展活动']]);
    expect(services?.rows.map(({ cells }) => cells[1])).toEqual([
      // The district and the subdistrict have no counts of their own, and hide those of others.
      ...[{ hidden: 'small-cell' }, { hidden: 'small-cell' }, { hidden: 'small-cell' }],
      expect.objectContaining({ value: 30 }),
      { hidden: 'small-cell' },
      expect.objectContaining({ value: 47 }),
    ]);
    expect(services?.rows.at(-1)?.adds?.columns).toEqual([]);
  });
});

describe('a bulletin', () => {
  const figures = figuresOf('2025-03', {
    '* all *': { activitiesHeld: 1, participations: 2, creditedMinutes: 300 },
    '* all LAUNCH': { activitiesHeld: 1, participations: 2, creditedMinutes: 300 },
    'hongqi-01 alone *': { 'outputs.casesAssisted': 3 },
  });
  const answer = answerOf({ period: '2025-03', figures, months: [] });

  test('has the themes of its month, and no part that only a year has', () => {
    expect(answer.title).toBe('示范区2025年3月学雷锋志愿服务工作简报');
    expect(part(answer, 'themes')).toEqual([
      '3月“启动仪式”：开展活动1场，2人次参加，5.0小时。由街道牵头。',
    ]);
    expect(answer.parts.map(({ key }) => key)).not.toContain('problems');
    expect(answer.annexes.map(({ sheet }) => sheet)).not.toContain('months');
  });

  test('has no professional services by area, which a year and its months could give away', () => {
    expect(answer.parts.flatMap(({ tables }) => tables)).toEqual([]);
  });
});

describe('the parts that people write', () => {
  const text = {
    text: '第一段\n\n第二段',
    authorId: 'admin-1',
    writtenAt: '2025-12-20T06:00:00.000Z',
  };
  const texts = { problems: text, nextYear: null, lateOn: { problems: null, nextYear: null } };

  test('are empty with facts beside, until somebody writes them', () => {
    const answer = answerOf({ texts });
    expect(part(answer, 'problems')).toEqual(['第一段', '第二段']);
    const next = answer.parts.find(({ key }) => key === 'next-year')?.written;
    expect([next?.text, next?.facts.map((fact) => fact.text)]).toEqual([
      null,
      ['下一年度方案可在本年度方案页上复制而成。'],
    ]);
    const facts = answer.parts.find(({ key }) => key === 'problems')?.written?.facts;
    expect(facts?.map((fact) => fact.text)).toEqual([
      '未开展活动、或已发布活动未全部开展的主题：启动仪式、义诊、文明交通劝导。',
      '没有活动的区域（按区域代码顺序）：新华社区、东风社区、前进社区。',
    ]);
  });

  test('say when they were written after the close of the year', () => {
    const late = { problems: '2026-02-03', nextYear: null };
    expect(part(answerOf({ texts: { ...texts, lateOn: late } }), 'problems').at(-1)).toBe(
      '（以上文字于2026年2月3日填写，在年度关账之后。）',
    );
  });

  test('tell the public neither who wrote them nor the facts', () => {
    const built = buildReport(materialOf({ texts }), 'zh-CN');
    const { parts } = report.parse(reportAnswer(built, { isPublic: true }));
    const written = parts.flatMap((each) => (each.written ? [each.written] : []));
    expect(written).toEqual([
      { text: { text: text.text, authorId: null, writtenAt: text.writtenAt }, facts: [] },
      { text: null, facts: [] },
    ]);
  });
});

test('the length counts the characters of the text without spaces', () => {
  const [short, long] = ['问', '问 题'].map((text) =>
    answerOf({
      texts: {
        problems: { text, authorId: 'a', writtenAt: '2025-12-20T06:00:00.000Z' },
        nextYear: null,
        lateOn: { problems: null, nextYear: null },
      },
    }),
  );
  expect((long?.length.value ?? 0) - (short?.length.value ?? 0)).toBe(1);
});

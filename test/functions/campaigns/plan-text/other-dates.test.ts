import { describe, expect, test } from '@jest/globals';
import { checkDraft } from '../../../../functions/campaigns/plan-text/check-draft.ts';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';

const themesOf = (...lines: readonly string[]) => {
  const text = `松岭社区2026年志愿服务安排\n${lines.join('\n')}\n`;
  const draft = readPlanText(text);
  expect(checkDraft(text, draft)).toEqual([]);
  return draft.themes.map(({ title, when }) => [title, when]);
};
const may = ['植树护绿', { months: [5] }];
const fair = ['便民集市', { dates: ['2026-03-05'] }];

describe('a line that begins with a day, beside those of the months, is an activity', () => {
  const [first, second] = ['3月5日上午在街道广场开展便民集市，为居民理发。', '4月5日：祭扫'];
  const honour = ['祭扫', { dates: ['2026-04-05'] }];
  test.each([
    [
      [first, second, '5月：植树护绿'],
      [fair, honour, may],
    ],
    [
      ['5月：植树护绿', first, second],
      [may, fair, honour],
    ],
    [
      ['5月：植树护绿', '在河边植树。', second],
      [may, honour],
    ],
  ])('%j', (lines, wanted) => {
    expect(themesOf(...lines)).toEqual(wanted);
  });

  test.each([
    ['a day of the plan', '2026年2月20日'],
    ['a report', '4月5日前报送总结'],
    ['what a month is', '3月5日是学雷锋日'],
  ])('and %s is none', (_, line) => {
    expect(themesOf('5月：植树护绿', line, '6月：环保宣传')).toEqual([
      may,
      ['环保宣传', { months: [6] }],
    ]);
  });
});

describe('days below a month', () => {
  test('are those of its activity, with which all of its lines begin', () => {
    expect(themesOf('3月：便民集市', '3月5日上午在广场理发。', '5月：植树护绿')).toEqual([
      fair,
      may,
    ]);
    expect(themesOf('3月：便民集市', '3月5日理发。', '3月12日义诊。', '5月：植树护绿')[0]).toEqual([
      '便民集市',
      { dates: ['2026-03-05', '2026-03-12'] },
    ]);
  });

  test('say nothing of what other lines are for', () => {
    expect(themesOf('3月：便民集市', '3月5日理发。', '每周义诊。', '5月：植树护绿')[0]).toEqual([
      '便民集市',
      { months: [3] },
    ]);
  });

  test('stay in its content where there are several', () => {
    const text = '2026年安排\n3月：便民集市\n3月5日理发。\n3月12日义诊。\n5月：植树护绿\n';
    expect(readPlanText(text).themes[0]?.content?.text).toBe('3月5日理发。 3月12日义诊。');
  });
});

test.each(['8月：暑期托管，时间：2026.8.25—2026.9.10', '8月\n时间：2026.8.25—2026.9.10\n暑期托管'])(
  'a label whose value is a time is no part of the name: %j',
  (lines) => {
    expect(themesOf(lines, '10月：敬老茶话会')).toEqual([
      ['暑期托管', { range: ['2026-08-25', '2026-09-10'] }],
      ['敬老茶话会', { months: [10] }],
    ]);
  },
);

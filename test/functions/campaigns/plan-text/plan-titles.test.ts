import { describe, expect, test } from '@jest/globals';
import { readPlanText } from '../../../../functions/campaigns/plan-text/read-plan-text.ts';

const months = ['3月：便民集市\n4月：植树护绿\n', '5月：助残走访\n10月：敬老茶话会\n'] as const;
const isSeveral = (text: string): boolean =>
  readPlanText(text).warnings.some(({ code }) => code === 'SEVERAL_PLANS');

describe('plans of which one follows another', () => {
  test.each(['松岭社区2027年志愿服务方案', '河口社区2026年学雷锋活动计划'])('%s', (second) => {
    expect(isSeveral(`松岭社区2026年志愿服务方案\n${months[0]}${second}\n${months[1]}`)).toBe(true);
  });

  test.each([
    ['the title of a notice and that of its plan', '', '松岭社区2026年志愿服务计划\n'],
    ['a plan that is sent with it', months[0], '附件：2026年暑期托管计划\n'],
    ['the same in two lines', months[0], '附件1\n2026年暑期托管计划\n'],
    [
      'a sentence about another plan',
      months[0],
      '参照河口社区2025年志愿服务方案，做好以下工作。\n',
    ],
  ])('not %s', (_, above, line) => {
    expect(isSeveral(`松岭社区2026年志愿服务方案\n${above}${line}${months[1]}`)).toBe(false);
  });

  test('nor a title below the last activity', () => {
    expect(isSeveral(`松岭社区2026年志愿服务方案\n${months[0]}松岭社区2025年工作计划\n`)).toBe(
      false,
    );
  });
});

test.each(['附件：', '附件1：', '附件1：\n', '附件一、', '附：'])(
  'the title of a plan stands behind %j',
  (lead) => {
    expect(readPlanText(`${lead}2026年志愿服务活动安排表\n${months[0]}`)).toMatchObject({
      title: { text: '2026年志愿服务活动安排表' },
      year: 2026,
    });
  },
);

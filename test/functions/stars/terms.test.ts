import { describe, expect, test } from '@jest/globals';
import {
  checkHours,
  checkTenure,
  countedUntil,
  levelOf,
  termsOf,
} from '../../../functions/stars/terms.ts';
import { parseSettings } from '../../../infra/settings.ts';
import { readSettings } from '../../../infra/settings-files.ts';
import { rejectionOf } from '../../support/given.ts';

const policyWith = (stars: object) =>
  parseSettings('demo', { ...Object(readSettings('demo')), stars }).stars;
const terms = {
  ...{ policyVersion: 1, hours: 100, tenureDays: 0, cutOff: null, noticeWorkingDays: 5 },
};

describe('the policy', () => {
  test('has five levels by default, which staff nominate for', () => {
    const policy = policyWith({});
    expect(policy).toMatchObject({
      ...{ version: 1, cutOff: null, noticeWorkingDays: 5, by: 'nomination' },
    });
    expect(policy.levels.map(({ level, hours }) => [level, hours])).toEqual([
      ...[
        [1, 100],
        [2, 300],
        [3, 600],
        [4, 1000],
        [5, 1500],
      ],
    ]);
    expect(policy.levels.every(({ tenureDays, selected }) => tenureDays === 0 && !selected)).toBe(
      true,
    );
  });

  test.each([
    [
      'levels twice',
      {
        levels: [
          { level: 1, hours: 1 },
          { level: 1, hours: 2 },
        ],
      },
    ],
    [
      'hours that do not rise',
      {
        levels: [
          { level: 1, hours: 2 },
          { level: 2, hours: 2 },
        ],
      },
    ],
    ['a sixth level', { levels: [{ level: 6, hours: 2 }] }],
    ['no level', { levels: [] }],
    ['a notice that is too short', { noticeWorkingDays: 2 }],
    ['a day that is none', { cutOff: '02-30' }],
    ['a day that not every year has', { cutOff: '02-29' }],
    ['version 0', { version: 0 }],
  ])('is refused with %s', (_, stars) => {
    expect(() => policyWith(stars)).toThrow(/stars/);
  });

  test('gives its terms to a star, and knows no other level', () => {
    const policy = policyWith({
      ...{ version: 3, cutOff: '11-30', noticeWorkingDays: 3 },
      levels: [{ level: 2, hours: 300, tenureDays: 365, selected: true }],
    });
    expect(termsOf(policy, levelOf(policy, 2))).toEqual({
      ...{ policyVersion: 3, hours: 300, tenureDays: 365, cutOff: '11-30', noticeWorkingDays: 3 },
    });
    expect(rejectionOf(() => levelOf(policy, 1))).toEqual({
      ...{ code: 'invalid-value', pointer: '#/level' },
    });
  });
});

test.each([
  [null, '2026-01-05', '2026-01-05'],
  ['12-31', '2026-01-05', '2025-12-31'],
  ['12-31', '2025-12-31', '2025-12-31'],
  ['11-30', '2025-12-05', '2025-11-30'],
  ['11-30', '2025-11-29', '2024-11-30'],
])('with the cut-off day %s service counts on %s until %s', (cutOff, today, until) => {
  expect(countedUntil({ cutOff }, today)).toBe(until);
});

test('tenure is counted in days from the confirmation to the last day that counts', () => {
  const of = (tenureDays: number, confirmedOn: string | null, until: string) => () =>
    checkTenure({ tenureDays }, { confirmedOn }, until);
  expect(rejectionOf(of(365, '2025-01-01', '2025-12-31')).code).toBe('star-tenure-missing');
  of(365, '2025-01-01', '2026-01-01')();
  expect(rejectionOf(of(1, null, '2026-01-01')).code).toBe('star-tenure-missing');
  expect(rejectionOf(of(1, '2026-02-01', '2026-01-01')).code).toBe('star-tenure-missing');
  of(0, null, '2026-01-01')();
});

test('hours are counted in minutes', () => {
  checkHours(terms, { minutes: 6000 });
  expect(rejectionOf(() => checkHours(terms, { minutes: 5999 })).code).toBe('star-hours-missing');
  expect(() => checkHours(terms, { minutes: 5999 })).toThrow(
    expect.objectContaining({ params: { hours: '99.98', needed: 100 } }),
  );
});

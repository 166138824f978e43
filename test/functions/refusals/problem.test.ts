import { describe, expect, test } from '@jest/globals';
import { Rejection } from '../../../functions/refusals/decision.ts';
import { localeFor, Problem, problemBody, problemOf } from '../../../functions/refusals/problem.ts';
import { type ProblemCode, problemTypes } from '../../../functions/refusals/problem-types.ts';

const codes = Object.keys(problemTypes) as ProblemCode[];
/** Whose words come with the refusal. */
const worded: readonly string[] = ['invalid-value', 'unreadable-file', 'sign-in-failed'];
const placeholders = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(codes)('%s', (code) => {
  const { status, title, detail } = problemTypes[code];

  test('has an error’s status, and its words in both languages', () => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
    for (const text of [title, detail]) {
      expect(text['zh-CN'].length).toBeGreaterThan(1);
      expect(text.en.length).toBeGreaterThan(1);
      expect(text.en).not.toMatch(/\p{Script=Han}/u);
    }
    if (!worded.includes(code)) expect(detail['zh-CN']).toMatch(/\p{Script=Han}/u);
  });

  test('says the same in both languages', () => {
    if (worded.includes(code)) return expect(placeholders(detail.en)).toEqual(['{en}']);
    // Words that come with the refusal come in both.
    const inEnglish = detail['zh-CN'].replace('{zh}', '{en}');
    return expect(placeholders(detail.en)).toEqual(placeholders(inEnglish));
  });

  test('fills every placeholder', () => {
    const names = placeholders(detail.en + detail['zh-CN']).map((name) => name.slice(1, -1));
    const problem = new Problem(code, Object.fromEntries(names.map((name) => [name, `<${name}>`])));
    for (const locale of ['zh-CN', 'en'] as const) {
      const body = problemBody(problem, locale, 'c-1');
      expect(body).toMatchObject({ type: `urn:leifeng:problem:${code}`, status });
      expect(body.detail).not.toMatch(/[{}]/);
      for (const name of placeholders(detail[locale]))
        expect(body.detail).toContain(`<${name.slice(1, -1)}>`);
    }
  });
});

test.each([
  [undefined, 'zh-CN'],
  ['', 'zh-CN'],
  ['en', 'en'],
  ['en-GB', 'en'],
  ['zh', 'zh-CN'],
  ['zh-TW', 'zh-CN'],
  ['EN-us', 'en'],
  ['en;q=0.5, zh;q=0.8', 'zh-CN'],
  ['zh;q=0.5, en;q=0.8', 'en'],
  ['zh;q=0.3, en', 'en'],
  ['fr, en;q=0.1', 'en'],
  ['fr, de', 'zh-CN'],
  ['zh;q=0, en;q=0.1', 'en'],
  ['en;q=0', 'zh-CN'],
  ['*', 'zh-CN'],
  [' en ; q=0.9 , zh ; q=0.2', 'en'],
])('Accept-Language %j is answered in %s', (header, locale) => {
  expect(localeFor(header, 'zh-CN')).toBe(locale);
});

test('of several refusals the first names the problem and each with a place is listed', () => {
  const problem = problemOf(
    [
      new Rejection('unknown-reference', { what: 'activity', id: 'x' }, '#/entries/0/activityId'),
      new Rejection('forbidden'),
      new Rejection('activity-not-open', { status: 'cancelled' }, '#/entries/2/activityId'),
    ],
    'en',
  );
  expect(problemBody(problem, 'en', 'c-1')).toEqual({
    type: 'urn:leifeng:problem:unknown-reference',
    title: 'Unknown reference',
    status: 422,
    detail: 'There is no activity x.',
    correlationId: 'c-1',
    errorCount: 2,
    errors: [
      {
        pointer: '#/entries/0/activityId',
        code: 'unknown-reference',
        detail: 'There is no activity x.',
      },
      {
        pointer: '#/entries/2/activityId',
        code: 'activity-not-open',
        detail: 'The activity is cancelled: no hours can be entered, corrected or verified for it.',
      },
    ],
  });
});

test('a problem without field errors has none, not an empty list', () => {
  expect(problemBody(new Problem('conflict'), 'en', 'c-1')).not.toHaveProperty('errors');
});

import { expect, test } from '@jest/globals';
import { problemPage } from '../../../functions/html/problem-page.ts';
import type { View } from '../../../functions/html/view.ts';
import { hasPage } from '../../../functions/http/contract.ts';
import { apis } from '../../../functions/reference/contracts.ts';
import { Problem, problemBody, problemOnPage } from '../../../functions/refusals/problem.ts';
import type { ProblemCode } from '../../../functions/refusals/problem-types.ts';

/** What any route can refuse, and forms. */
const ofAll: readonly ProblemCode[] = [
  ...([
    'invalid-request',
    'forbidden',
    'not-found',
    'internal',
    'unavailable',
    'conflict',
  ] as const),
  ...(['idempotency-key-reused', 'body-too-large', 'malformed-form', 'foreign-form'] as const),
  ...(['session-ended', 'stale-version', 'record-unreadable', 'reason-required'] as const),
];
const onPages = new Set<ProblemCode>([
  ...ofAll,
  ...apis.flatMap(({ contract }) =>
    Object.values(contract).flatMap((route) => (hasPage(route) ? route.problems : [])),
  ),
]);

test.each([...onPages])('%s names on a page nothing that only programs know', (code) => {
  const shown = (locale: 'zh-CN' | 'en'): string => {
    const { title, detail } = problemOnPage(new Problem(code, { route: 'GET /x' }), locale, '');
    return `${title} ${detail}`;
  };
  // Names of fields, headers, parameters and routes are in Latin letters.
  expect(shown('zh-CN')).not.toMatch(/[A-Za-z]{3}|GET|令牌|请求体/);
  expect(shown('en')).not.toMatch(/`|[a-z][A-Z]|GET|Idempotency|\btoken\b/);
});

test('programs are told the names', () => {
  expect(problemBody(new Problem('invalid-request'), 'en', '').detail).toContain('errors');
});

const view: View = {
  ...{ locale: 'zh-CN', year: 2025, path: '/', query: {}, signedIn: undefined },
  ...{ hasSession: false, roles: [], refusal: undefined },
};

test.each([
  [{ in: 'path' as const, name: 'month' }, '<li>月份：须为年月</li>'],
  [
    { in: 'query' as const, name: 'lang', allowed: ['zh-CN', 'en'] },
    '<li>语言：须为年月：zh-CN、en</li>',
  ],
  [{ in: 'query' as const, name: 'utm_source' }, '<li>utm_source：须为年月</li>'],
  [{ pointer: '#/title' as const }, '<li>须为年月</li>'],
])('a fault in %j is listed as %s', (where, expected) => {
  const fault = { ...where, code: 'invalid-format' as const, detail: '须为年月' };
  const problem = new Problem('invalid-request', {}, [fault]);
  expect(problemPage(problemOnPage(problem, 'zh-CN', ''), view).text).toContain(expected);
});

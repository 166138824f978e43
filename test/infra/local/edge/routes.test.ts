import { expect, test } from '@jest/globals';
import { compileRoutes } from '../../../../infra/local/edge/routes.ts';

const match = compileRoutes(
  [
    'GET /activities/{id}',
    'GET /activities/summary',
    'ANY /activities/{id}',
    'GET /activities/{id}/shifts/{shiftId}',
    'GET /files/{path+}',
    'GET /files/readme',
    'GET /',
  ].map((key) => ({ key })),
);

test.each([
  ['GET', '/activities/a1', 'GET /activities/{id}', { id: 'a1' }],
  ['PATCH', '/activities/a1', 'ANY /activities/{id}', { id: 'a1' }],
  ['GET', '/activities/summary', 'GET /activities/summary', {}],
  [
    'GET',
    '/activities/a/shifts/b',
    'GET /activities/{id}/shifts/{shiftId}',
    { id: 'a', shiftId: 'b' },
  ],
  ['GET', '/activities/%E5%BF%97%2F', 'GET /activities/{id}', { id: '志/' }],
  ['GET', '/files/a/b/c', 'GET /files/{path+}', { path: 'a/b/c' }],
  ['GET', '/files/readme', 'GET /files/readme', {}],
  ['GET', '/', 'GET /', {}],
])('%s %s goes to %s', (method, path, key, pathParameters) => {
  expect(match(method, path)).toEqual({ route: { key }, pathParameters });
});

test.each([
  ['GET', '/activities'],
  ['GET', '/activities/'],
  ['GET', '/activities/a/'],
  ['GET', '/files'],
  ['POST', '/files/readme'],
  ['GET', '/nothing'],
])('%s %s goes nowhere', (method, path) => {
  expect(match(method, path)).toBeUndefined();
});

test('$default takes what no other route does', () => {
  const withDefault = compileRoutes([{ key: 'GET /a' }, { key: '$default' }]);
  expect(withDefault('POST', '/b/c')?.route.key).toBe('$default');
  expect(withDefault('GET', '/a')?.route.key).toBe('GET /a');
});

test('a malformed encoding is an error of its own', () => {
  expect(() => match('GET', '/activities/%zz')).toThrow(URIError);
});

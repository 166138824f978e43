import { expect, test } from '@jest/globals';
import { safePath } from '../../../functions/start/safe-path.ts';

test.each([
  '/pages/record',
  '/pages/dashboards/2025-10/lines?metric=outputs.legalLectures&areaId=hongqi-01',
  '/totals/2025?lang=zh-CN',
  '/',
])('%s is kept', (path) => {
  expect(safePath(path)).toBe(path);
});

test.each([
  undefined,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/ /evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
  'pages',
  '/pages\r\nset-cookie: a=b',
  '/pages#x',
  '/pages?next=//evil@example',
  '/pages/sign-in?next=/pages/sign-in',
])('%s leads to the home page', (path) => {
  expect(safePath(path)).toBe('/pages');
});

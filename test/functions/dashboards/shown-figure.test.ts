import { expect, test } from '@jest/globals';
import { besideText, type Figure } from '../../../functions/dashboards/shown-figure.ts';
import { sayIn } from '../../../functions/html/words.ts';

const figure: Figure = { value: 180, unit: 'minutes', unitZh: '分钟', aggregation: 'sum' };
const say = sayIn('zh-CN');

test('a figure that was closed as another says so, in its own unit', () => {
  expect(besideText({ ...figure, closed: 120 }, say)).toBe('关账时为 2');
  expect(besideText({ ...figure, closed: null }, sayIn('en'))).toBe('closed as —');
});

test('what differs only in its estimate says only that', () => {
  const people: Figure = {
    ...figure,
    unit: 'person-times',
    unitZh: '人次',
    value: 9,
    estimated: 30,
  };
  expect(besideText({ ...people, closed: 9, closedEstimated: 20 }, say)).toBe(
    '估计数关账时为 20；另有估计数 30',
  );
  expect(besideText({ ...people, closed: 8, closedEstimated: 30 }, say)).toBe(
    '关账时为 8；另有估计数 30',
  );
});

test('a figure that is as it was closed has nothing beside it', () => {
  expect(besideText(figure, say)).toBeUndefined();
});

test('what is hidden says nothing of its values', () => {
  expect(besideText({ ...figure, value: null, reason: 'small-cell', closed: 3 }, say)).toBe(
    '数值较小，不公开',
  );
});

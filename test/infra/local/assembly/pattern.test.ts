import { expect, test } from '@jest/globals';
import { compilePattern, type Pattern } from '../../../../infra/local/assembly/pattern.ts';
import { UnknownToHostError } from '../../../../infra/local/assembly/template.ts';

const event = {
  source: 'leifeng.activities',
  'detail-type': 'ActivityVerified',
  resources: ['one', 'two'],
  detail: { district: 'local', minutes: 90, aggregate: { type: 'activity' }, empty: null },
};

test.each<[string, Pattern, boolean]>([
  ['an exact value', { source: ['leifeng.activities'] }, true],
  ['another value', { source: ['leifeng.hours'] }, false],
  ['one of several values', { source: ['leifeng.hours', 'leifeng.activities'] }, true],
  ['a prefix', { 'detail-type': [{ prefix: 'Activity' }] }, true],
  ['a prefix that is elsewhere', { 'detail-type': [{ prefix: 'Verified' }] }, false],
  ['a suffix', { 'detail-type': [{ suffix: 'Verified' }] }, true],
  ['a suffix that is elsewhere', { 'detail-type': [{ suffix: 'Activity' }] }, false],
  ['anything but another value', { source: [{ 'anything-but': 'x' }] }, true],
  ['anything but this value', { source: [{ 'anything-but': ['x', 'leifeng.activities'] }] }, false],
  ['anything but, for a missing field', { nothing: [{ 'anything-but': 'x' }] }, false],
  ['a field that exists', { detail: { minutes: [{ exists: true }] } }, true],
  ['a field that is missing', { detail: { hours: [{ exists: true }] } }, false],
  ['a field that must be missing', { detail: { hours: [{ exists: false }] } }, true],
  ['a number', { detail: { minutes: [90] } }, true],
  ['a number as text', { detail: { minutes: ['90'] } }, false],
  ['null', { detail: { empty: [null] } }, true],
  ['null for a missing field', { detail: { nothing: [null] } }, false],
  ['an element of a list', { resources: ['two'] }, true],
  ['a nested field', { detail: { aggregate: { type: ['activity'] } } }, true],
  ['all fields, not just one', { source: ['leifeng.activities'], account: ['1'] }, false],
])('matches %s', (_, pattern, expected) => {
  expect(compilePattern(pattern)(event)).toBe(expected);
});

test.each<[string, Pattern]>([
  ['wildcard', { source: [{ wildcard: 'a*' }] }],
  ['numeric', { detail: { minutes: [{ numeric: ['>', 1] }] } }],
  ['anything-but with an operator inside', { source: [{ 'anything-but': { prefix: 'a' } }] }],
  ['$or', { $or: [{ source: ['a'] }] }],
  ['a bare value', { source: 'leifeng' }],
])('refuses %s instead of guessing', (_, pattern) => {
  expect(() => compilePattern(pattern)).toThrow(UnknownToHostError);
});

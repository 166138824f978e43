import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { catalogue, type EventType, eventTypes, readEvent } from '../../events/catalogue.ts';
import { exampleOf } from '../../events/examples.ts';

const golden = join(import.meta.dirname, 'golden');
const fileOf = (type: EventType) => `${type}.v${catalogue[type].schemaVersion}.json`;

test.each(eventTypes)('%s: its example is what its golden file says', (type) => {
  const stored = JSON.parse(readFileSync(join(golden, fileOf(type)), 'utf8'));
  expect(exampleOf(type)).toEqual(stored);
});

test.each(readdirSync(golden))('%s still reads', (file) => {
  const stored = JSON.parse(readFileSync(join(golden, file), 'utf8'));
  expect(readEvent(stored)).toEqual(stored);
});

test('a field that is not known is dropped', () => {
  const event = exampleOf('HoursLogged');
  expect(readEvent({ ...event, later: 1, data: { ...event.data, later: 1 } })).toEqual(event);
});

test.each([
  ['an unknown type', { type: 'HoursForgotten' }, 'unknown type HoursForgotten'],
  [
    'a type that is only a property of objects',
    { type: 'constructor' },
    'unknown type constructor',
  ],
  ['a later version', { schemaVersion: 2 }, 'unknown version HoursLogged v2'],
  ['no aggregate', { aggregate: undefined }, 'broken envelope: /aggregate'],
  ['broken data', { data: { hours: {} } }, /^broken HoursLogged v1: \/hours\/activityId/],
])('%s is refused, and says so', (_, change, message) => {
  expect(() => readEvent({ ...exampleOf('HoursLogged'), ...change })).toThrow(message);
});

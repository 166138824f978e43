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
  const { schemaVersion } = catalogue[stored.type as EventType];
  const read = readEvent(stored);
  expect(read.schemaVersion).toBe(schemaVersion);
  if (stored.schemaVersion === schemaVersion) expect(read).toEqual(stored);
});

test.each(['HoursLogged', 'HoursVerified', 'HoursRejected', 'HoursVoided'] as const)(
  '%s of version 1 reads as if it had been written today',
  (type) => {
    const stored = JSON.parse(readFileSync(join(golden, `${type}.v1.json`), 'utf8'));
    expect(readEvent(stored)).toEqual(exampleOf(type));
  },
);

test.each(
  eventTypes.filter(
    (type) => catalogue[type].aggregate === 'volunteer' && catalogue[type].schemaVersion > 1,
  ),
)('%s of the version before reads as if it had been written today', (type) => {
  const before = catalogue[type].schemaVersion - 1;
  const stored = JSON.parse(readFileSync(join(golden, `${type}.v${before}.json`), 'utf8'));
  expect(readEvent(stored)).toEqual(exampleOf(type));
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
  ['a later version', { schemaVersion: 3 }, 'unknown version HoursLogged v3'],
  [
    'an old version with broken data',
    { schemaVersion: 1, data: { hours: null } },
    'broken HoursLogged v1',
  ],
  ['no aggregate', { aggregate: undefined }, 'broken envelope: /aggregate'],
  [
    'an aggregate of another sort',
    { aggregate: { type: 'team', id: exampleOf('HoursLogged').aggregate.id, version: 1 } },
    'broken envelope: HoursLogged of another aggregate',
  ],
  ['broken data', { data: { hours: {} } }, /^broken HoursLogged v2: \/hours\/activityId/],
])('%s is refused, and says so', (_, change, message) => {
  expect(() => readEvent({ ...exampleOf('HoursLogged'), ...change })).toThrow(message);
});

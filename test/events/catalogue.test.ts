import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { aggregates, versionOf } from '../../events/aggregates.ts';
import { catalogue, type EventType, eventTypes, readEvent } from '../../events/catalogue.ts';
import { exampleOf } from '../../events/examples.ts';

const golden = join(import.meta.dirname, 'golden');
const files = readdirSync(golden).sort();
const storedIn = (file: string) =>
  JSON.parse(readFileSync(join(golden, file), 'utf8')) as {
    readonly type: EventType;
    readonly schemaVersion: number;
  };
const latestOf = (type: EventType): string | undefined =>
  files
    .filter((file) => file.startsWith(`${type}.v`))
    .sort((a, b) => storedIn(a).schemaVersion - storedIn(b).schemaVersion)
    .at(-1);

test.each(eventTypes)('%s: a golden file says what its example is', (type) => {
  // One of an older version says it too: a state is given its later fields as it is read.
  const file = latestOf(type);
  expect(file).toBeDefined();
  expect(readEvent(storedIn(file ?? ''))).toEqual(exampleOf(type));
});

test.each(Object.values(aggregates))(
  '$type: a golden file of one of its events has the current version of its state',
  (aggregate) => {
    const current = files
      .map(storedIn)
      .filter(({ type }) => catalogue[type].aggregate === aggregate.type)
      .filter(({ schemaVersion }) => schemaVersion === versionOf(aggregate));
    expect(current).not.toEqual([]);
  },
);

test.each(files)('%s still reads', (file) => {
  const stored = storedIn(file);
  const { schemaVersion } = catalogue[stored.type];
  const read = readEvent(stored);
  expect(read.schemaVersion).toBe(schemaVersion);
  expect(file).toBe(`${stored.type}.v${stored.schemaVersion}.json`);
  if (stored.schemaVersion === schemaVersion) expect(read).toEqual(stored);
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
  ['no aggregate', { aggregate: undefined }, 'broken envelope: /aggregate'],
  [
    'an aggregate of another sort',
    { aggregate: { type: 'team', id: exampleOf('HoursLogged').aggregate.id, version: 1 } },
    'broken envelope: HoursLogged of another aggregate',
  ],
  ['broken data', { data: { place: {} } }, /^broken HoursLogged v2: \/place\/activityId/],
])('%s is refused, and says so', (_, change, message) => {
  expect(() => readEvent({ ...exampleOf('HoursLogged'), ...change })).toThrow(message);
});

test('an old version with broken data is refused, and says so', () => {
  const event = {
    ...exampleOf('VolunteerRegistered'),
    schemaVersion: 1,
    data: { volunteer: null },
  };
  expect(() => readEvent(event)).toThrow('broken VolunteerRegistered v1');
});

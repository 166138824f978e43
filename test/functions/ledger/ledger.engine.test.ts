import { entryAt, newestEventOf } from '../../support/entries.ts';
import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Fact } from '../../../events/catalogue.ts';
import {
  append,
  type Command,
  envelopeOf,
  load,
  VersionConflict,
} from '../../../functions/ledger/ledger.ts';
import { noon } from '../../support/http-event.ts';
import {
  activity,
  idOf,
  entry as line,
  place,
  sheetFact,
  sheetIdOf,
} from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

const command: Command = {
  district: 'test',
  actor: { role: 'organiser', id: 'organiser-1' },
  at: noon,
  correlationId: 'c-1',
  idempotency: { key: 'k', hash: 'h' },
};
const logged = sheetFact('HoursLogged', [line]);
const stream = (n: number) => ({
  type: 'sheet',
  id: sheetIdOf({ ...place, activityId: idOf('b', n) }),
});
const entry = (n: number, version = 1) => entryAt(stream(n), version, logged, command);

describe('entryAt', () => {
  test('puts the envelope around a fact; time and actor are the command’s', () => {
    const { event, idempotency } = entry(1, 3);
    expect(event).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7/),
      type: 'HoursLogged',
      schemaVersion: 2,
      aggregate: { ...stream(1), version: 3 },
      district: 'test',
      occurredAt: '2025-10-18T06:00:00.000Z',
      recordedAt: '2025-10-18T06:00:00.000Z',
      actor: { role: 'organiser', id: 'organiser-1' },
      correlationId: 'c-1',
      causationId: null,
      data: logged.data,
    });
    expect(Number.parseInt(event.id.replace('-', '').slice(0, 12), 16)).toBe(noon);
    expect(idempotency).toEqual({ key: 'k', hash: 'h' });
  });

  test.each<[string, object]>([
    ['beside the lines', { ...logged.data, name: '雷锋' }],
    ['in the place', { ...logged.data, place: { ...place, phone: '1' } }],
    ['in all lines', { ...logged.data, common: { ...line, phone: '1' } }],
    ['in a line', { ...logged.data, entries: [{ ...line, phone: '1' }] }],
  ])('a field that its schema does not know, %s, is not written', (_, data) => {
    const fact = { type: 'HoursLogged', data } as unknown as Fact;
    expect(() => entryAt(stream(1), 1, fact, command)).toThrow(
      'HoursLogged has fields its schema does not know',
    );
  });

  test('data that could not be read again is not written', () => {
    const fact = sheetFact('HoursLogged', [{ ...line, creditedMinutes: -1 }], { all: [line] });
    expect(() => entryAt(stream(1), 1, fact, command)).toThrow(
      'broken HoursLogged v2: /common/creditedMinutes',
    );
  });
});

describe('a stream', () => {
  beforeEach(freshTables);

  test('that nobody began is empty', async () => {
    expect(await load(stream(1))).toEqual([]);
    expect(await newestEventOf(stream(1))).toBeUndefined();
  });

  test('gives back what was appended, in order, with the key of its command', async () => {
    const entries = [entry(1, 1), entry(1, 2), entry(1, 10)];
    for (const one of entries) await append([one]);
    expect(await load(stream(1))).toEqual(entries);
    expect(await newestEventOf(stream(1))).toEqual(entries[2]?.event);
  });

  test('is read whole, however long', async () => {
    const long = { ...activity, content: '义'.repeat(1000), title: '诊'.repeat(80) };
    const fact: Fact = { type: 'ActivityRevised', data: { activity: long } };
    const at = { type: 'activity', id: idOf('b', 1) };
    for (let from = 1; from <= 400; from += 100)
      await append(Array.from({ length: 100 }, (_, n) => entryAt(at, from + n, fact, command)));
    const versions = (await load(at)).map(({ event }) => event.aggregate.version);
    expect(versions).toEqual(Array.from({ length: 400 }, (_, n) => n + 1));
  });

  test('a version is written once', async () => {
    const first = entry(1);
    await append([first]);
    await expect(append([entry(1)])).rejects.toThrow(VersionConflict);
    expect(await load(stream(1))).toEqual([first]);
  });

  test('of two who append the same version one does', async () => {
    const results = await Promise.allSettled([append([entry(1)]), append([entry(1)])]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await load(stream(1))).toHaveLength(1);
  });

  test('a hundred begin together', async () => {
    await append(Array.from({ length: 100 }, (_, n) => entry(n)));
    expect(await load(stream(0))).toHaveLength(1);
    expect(await load(stream(99))).toHaveLength(1);
  });

  test('or none of them, when one exists', async () => {
    await append([entry(57)]);
    const all = Array.from({ length: 100 }, (_, n) => entry(n));
    await expect(append(all)).rejects.toThrow(VersionConflict);
    const streams = await Promise.all(all.map((_, n) => load(stream(n))));
    expect(streams.flatMap((entries, n) => (entries.length > 0 ? [n] : []))).toEqual([57]);
  });

  test('nothing to append is nothing done', async () => {
    await expect(append([])).resolves.toBeUndefined();
  });
});

test('an id may hold the mark that parts it from its type', () => {
  const { event } = entry(1);
  const { aggregate: _, ...rest } = event;
  expect(envelopeOf({ pk: 'sheet#a#b', version: 2, event: rest }).aggregate).toEqual({
    type: 'sheet',
    id: 'a#b',
    version: 2,
  });
});

import '../../support/tables.ts';

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import { pageOf } from '../../../functions/figures/documents.ts';
import { pageKey } from '../../../functions/figures/layout.ts';
import { handler } from '../../../functions/projector/projector.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { inGeneration, pointerKey, viewsFormat } from '../../../functions/views/generations.ts';
import { awsError } from '../../support/aws-error.ts';
import { around } from '../../support/faults.ts';
import { invoke } from '../../support/invoke.ts';
import { allViews, batchOf, deliver, failedOf } from '../../support/projecting.ts';
import { entry, eventOf, idOf, place, sheetFact, sheetIdOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);
afterEach(() => {
  jest.restoreAllMocks();
});

/** A sheet of the nth area, with one line of the nth person. */
const sheetOf = (n: number, status: 'pending' | 'verified', version = 1): DomainEvent => {
  const at = { ...place, activityId: idOf('b', n), areaId: `area-${n}`, areasAbove: [] };
  const line = { ...entry, volunteerId: idOf('c', n), status };
  const type = status === 'pending' ? 'HoursLogged' : 'HoursVerified';
  return eventOf(sheetFact(type, [line], { at }), { id: sheetIdOf(at), version });
};

/** What the document of the nth area's month says in a generation. */
const measuresOf = async (n: number, generation = 1) => {
  const key = pageKey('sheets', '2025-10', `area-${n}`, 0);
  const pk = inGeneration(generation, key.pk);
  const item = (await allViews()).find((each) => each.pk === pk && each.sk === key.sk);
  return [...pageOf(key, item).children.values()].map(({ measures }) => measures);
};
// They wait since the 291st day of the year.
const waiting = { waiting: 1, pendingMinutes: 180, waitingSince: 291 };
const counted = { participations: 1, creditedMinutes: 180, partyMemberParticipations: 1 };

describe('a batch', () => {
  const good = sheetOf(1, 'pending');
  const poison: [string, string][] = [
    ['is not JSON', '{"detail":'],
    ['is not an object', 'null'],
    ['has no detail', '{}'],
    ['is of a type nobody knows', JSON.stringify({ detail: { ...good, type: 'HoursForgotten' } })],
    ['is of a later version', JSON.stringify({ detail: { ...good, schemaVersion: 99 } })],
    ['has broken data', JSON.stringify({ detail: { ...good, data: { entries: {} } } })],
  ];

  test.each(poison)('with a message that %s takes in the others', async (_, body) => {
    const batch = batchOf([good, body, sheetOf(2, 'verified')]);
    expect(failedOf(await invoke(handler, batch))).toEqual(['m-1']);
    expect(await measuresOf(1)).toEqual([waiting]);
    expect(await measuresOf(2)).toEqual([counted]);
  });

  test('of poison alone is reported whole', async () => {
    const all = failedOf(await invoke(handler, batchOf(poison.map(([, body]) => body))));
    expect(all).toEqual(poison.map((_, at) => `m-${at}`));
  });

  test('of nothing is nothing', async () => {
    expect(await invoke(handler, batchOf([]))).toEqual({ batchItemFailures: [] });
  });

  test('with events that show nowhere is taken', async () => {
    const events = [exampleOf('WebhookCreated'), exampleOf('RecordsOverdue')];
    expect(failedOf(await invoke(handler, batchOf(events)))).toEqual([]);
    expect(await allViews()).toEqual([]);
  });

  test('takes in a sheet’s events in any order', async () => {
    const events = [sheetOf(1, 'verified', 2), sheetOf(1, 'pending')];
    expect(failedOf(await invoke(handler, batchOf(events)))).toEqual([]);
    expect(await measuresOf(1)).toEqual([counted]);
    const before = await allViews();
    await deliver([...events].reverse());
    expect(await allViews()).toEqual(before);
  });

  test('of which one page cannot be written takes in the others', async () => {
    const client = dynamodb as unknown as { send: (command: object) => Promise<unknown> };
    const send = client.send.bind(dynamodb);
    const puts = jest.spyOn(client, 'send').mockImplementation((command) => {
      const { Item } = (
        command as { readonly input: { readonly Item?: { readonly sk?: unknown } } }
      ).input;
      if (Item?.sk === '2025-10#area-2#0') throw awsError('ValidationException');
      return send(command);
    });
    const events = [sheetOf(1, 'verified'), sheetOf(2, 'verified'), sheetOf(3, 'verified')];
    expect(failedOf(await invoke(handler, batchOf(events)))).toEqual(['m-1']);
    expect(await measuresOf(1)).toEqual([counted]);
    expect(await measuresOf(3)).toEqual([counted]);
    puts.mockRestore();
    await deliver(events);
    expect(await measuresOf(2)).toEqual([counted]);
  });

  test('whose persons cannot be counted is reported, every message of it', async () => {
    around('TransactWriteCommand', {
      before: () => {
        throw awsError('ProvisionedThroughputExceededException');
      },
    });
    const events = [sheetOf(1, 'pending'), sheetOf(1, 'verified', 2), exampleOf('AreaDefined')];
    expect(failedOf(await invoke(handler, batchOf(events)))).toEqual(['m-0', 'm-1']);
  });

  test.each(['GetCommand', 'BatchGetCommand'] as const)(
    'that cannot be read with a %s is reported',
    async (command) => {
      around(command, {
        before: () => {
          throw awsError('ProvisionedThroughputExceededException');
        },
      });
      const events = [good, exampleOf('WebhookCreated')];
      expect(failedOf(await invoke(handler, batchOf(events)))).toEqual(['m-0']);
    },
  );
});

describe('the generations', () => {
  const setPointer = (pointer: object) =>
    dynamodb.send(
      new PutCommand({ TableName: process.env.VIEWS_TABLE, Item: { ...pointerKey, ...pointer } }),
    );

  test('the one that is built is written too', async () => {
    await setPointer({ format: viewsFormat, live: 1, building: 2, newest: 2 });
    await deliver([sheetOf(1, 'verified')]);
    expect(await measuresOf(1, 1)).toEqual([counted]);
    expect(await measuresOf(1, 2)).toEqual([counted]);
  });

  test('of another format are not written, and nothing is acknowledged', async () => {
    await setPointer({ format: viewsFormat + 1, live: 1, newest: 1 });
    const before = await allViews();
    const events = [sheetOf(1, 'verified'), exampleOf('AreaDefined')];
    expect(failedOf(await invoke(handler, batchOf(events)))).toEqual(['m-0', 'm-1']);
    expect(await allViews()).toEqual(before);
  });
});

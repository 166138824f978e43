import '../../support/tables.ts';

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { exampleOf } from '../../../events/examples.ts';
import { handler as api } from '../../../functions/notices/api.ts';
import { handler as notifier } from '../../../functions/notices/notifier.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { clearPerson } from '../../../functions/volunteers/clear-person.ts';
import { around } from '../../support/faults.ts';
import { type Answer, ask } from '../../support/http-event.ts';
import { follow } from '../../support/projecting.ts';
import {
  eventOf,
  idOf,
  entry as line,
  place,
  sheetFact,
  sheetIdOf,
} from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, must, organiserOf } from '../../support/town.ts';

const lei = { sub: 'lei', role: 'volunteer' };
let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});
afterEach(() => {
  delete process.env.NOTICES_WEBHOOK;
});

const inbox = (token: Readonly<Record<string, string>>, id = town.volunteerId): Promise<Answer> =>
  ask(api, { route: 'GET /volunteers/{id}/notices', params: { id }, token });

const event = (type: 'VolunteerConfirmed' | 'VolunteerDeactivated', at: string): DomainEvent => {
  const example = exampleOf(type);
  return {
    ...example,
    id: `0198c0de-0000-7000-8000-0000000000${type === 'VolunteerConfirmed' ? '01' : '02'}`,
    recordedAt: at,
    aggregate: { ...example.aggregate, id: town.volunteerId },
  } as DomainEvent;
};

/** What is kept of a person: notices by kind, other items by their sort key. */
const keptOf = async (volunteerId: string): Promise<readonly string[]> => {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: process.env.PEOPLE_TABLE,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `person#${volunteerId}` },
    }),
  );
  return Items.map(({ kind, sk }) => kind ?? sk);
};

test('an event that comes twice is one notice; the newest is first, with its words', async () => {
  const first = event('VolunteerConfirmed', '2025-10-18T06:00:00.000Z');
  const second = event('VolunteerDeactivated', '2025-10-19T06:00:00.000Z');
  expect(await follow(notifier, [second, first, first])).toEqual([]);
  expect(await follow(notifier, [second])).toEqual([]);
  const { status, body } = await inbox(lei);
  expect(status).toBe(200);
  expect(body.items.map(({ kind }: { kind: string }) => kind)).toEqual([
    'deactivated',
    'registered',
  ]);
  expect(body.items[0].text.zh).toMatch('停用');
  expect(body.items[0]).not.toHaveProperty('expiresAt');
});

test('everybody on a sheet has one notice of their own line, however often the event comes', async () => {
  const { body: other } = await must('volunteers', {
    route: 'POST /volunteers',
    body: { areaId: 'hongqi', consentVersion: '1' },
    token: { sub: 'feng', role: 'volunteer' },
  });
  const lines = [
    { ...line, status: 'verified' as const, volunteerId: town.volunteerId },
    { ...line, status: 'verified' as const, volunteerId: other.id as string, creditedMinutes: 60 },
    // The second verifier has not come yet.
    { ...line, volunteerId: idOf('c', 9) },
  ];
  const id = sheetIdOf(place);
  const verified = eventOf(sheetFact('HoursVerified', lines), { id, version: 2 });
  expect(await follow(notifier, [verified, verified])).toEqual([]);
  const noticed = async (sub: string, volunteerId: string) => {
    const { body } = await inbox({ sub, role: 'volunteer' }, volunteerId);
    return body.items.map(({ kind, hours }: { kind: string; hours: object }) => [kind, hours]);
  };
  const { activityId, serviceDate } = place;
  const about = { sheetId: id, activityId, serviceDate, reason: null };
  expect(await noticed('lei', town.volunteerId)).toEqual([
    ['hours-credited', { ...about, creditedMinutes: 180 }],
  ]);
  expect(await noticed('feng', other.id)).toEqual([
    ['hours-credited', { ...about, creditedMinutes: 60 }],
  ]);
  expect(await keptOf(idOf('c', 9))).toEqual([]);
});

describe('somebody who was erased', () => {
  const eraseLei = () =>
    must('volunteers', {
      route: 'DELETE /volunteers/{id}',
      params: { id: town.volunteerId },
      token: lei,
    });
  const kept = () => keptOf(town.volunteerId);
  const registered = () => [event('VolunteerConfirmed', '2025-10-18T06:00:00.000Z')];
  const erased = () =>
    [
      {
        ...exampleOf('VolunteerErased'),
        recordedAt: '2025-10-20T06:00:00.000Z',
        aggregate: { ...exampleOf('VolunteerErased').aggregate, id: town.volunteerId },
      },
    ] as readonly DomainEvent[];

  test.each([
    ['before', async () => undefined],
    ['after', () => clearPerson(town.volunteerId)],
  ])('is told that and nothing else, by events that come %s they are cleared', async (_, clear) => {
    await eraseLei();
    await clear();
    await follow(notifier, registered());
    await follow(notifier, erased());
    await clearPerson(town.volunteerId);
    await follow(notifier, registered());
    expect(await kept()).toEqual(['erased']);
  });

  test('and cleared while a notice is being written, has none', async () => {
    const faults = around('PutCommand', {
      before: async () => {
        await eraseLei();
        await clearPerson(town.volunteerId);
      },
    });
    await follow(notifier, registered());
    faults.mockRestore();
    expect(await kept()).toEqual([]);
  });
});

test('what people are not told of leaves nothing', async () => {
  expect(await follow(notifier, [exampleOf('ActivityPublished')])).toEqual([]);
  expect((await inbox(lei)).body.items).toEqual([]);
});

test('only the person reads their inbox', async () => {
  await follow(notifier, [event('VolunteerConfirmed', '2025-10-18T06:00:00.000Z')]);
  for (const token of [admin, organiserOf(town.ours), { sub: 'feng', role: 'volunteer' }]) {
    const { status, body } = await inbox(token);
    expect([status, body.type]).toEqual([403, 'urn:leifeng:problem:forbidden']);
  }
});

test('whoever confirmed a registration by somebody else reads its inbox', async () => {
  const { body } = await must('volunteers', {
    route: 'POST /volunteers',
    body: { areaId: 'hongqi', consentVersion: '1' },
    token: organiserOf(town.ours),
  });
  const feng = { sub: 'feng', role: 'volunteer' };
  expect((await inbox(feng, body.id)).status).toBe(403);
  await must('volunteers', {
    route: 'POST /volunteers/{id}/confirm',
    params: { id: body.id },
    body: { code: body.confirmationCode, consentVersion: '1' },
    token: feng,
  });
  expect((await inbox(feng, body.id)).status).toBe(200);
});

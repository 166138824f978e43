import '../../support/tables.ts';

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, expect, test } from '@jest/globals';
import { linkPut } from '../../../functions/people/link.ts';
import { selfIdOf } from '../../../functions/people/own-record.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { home } from '../../../functions/start/home.ts';
import { deliver } from '../../support/projecting.ts';
import { eventOf, idOf, volunteer } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);

const actor = {
  ...{
    id: 'v-1',
    roles: ['volunteer'],
    organisationId: null,
    areaIds: null,
    volunteerId: idOf('c', 1),
  },
} as never;

test('who has a record is shown the way to it', async () => {
  const read = async () =>
    (await home({ actor, at: Date.UTC(2025, 9, 18) } as never)).body.hasRecord;
  expect(await read()).toBe(false);
  await deliver([
    eventOf({ type: 'VolunteerRegistered', data: { volunteer } } as never, { id: idOf('c', 1) }),
  ]);
  expect(await read()).toBe(true);
});

test('also to one that staff registered and the person confirmed', async () => {
  const read = async () =>
    (await home({ actor, at: Date.UTC(2025, 9, 18) } as never)).body.hasRecord;
  const own = idOf('c', 2);
  await deliver([
    eventOf({ type: 'VolunteerRegistered', data: { volunteer } } as never, { id: own }),
  ]);
  expect(await read()).toBe(false);
  const { Put } = linkPut(await selfIdOf(actor), own, undefined);
  await dynamodb.send(new PutCommand(Put as never));
  expect(await read()).toBe(true);
});

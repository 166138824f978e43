import { entryAt } from '../../support/entries.ts';
import '../../support/tables.ts';

import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { aggregate } from '../../../functions/ledger/aggregate.ts';
import { append } from '../../../functions/ledger/ledger.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { noon } from '../../support/http-event.ts';
import { idOf, volunteer } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

const id = idOf('c', 1);

beforeEach(async () => {
  await freshTables();
  const command = {
    district: 'test',
    actor: { role: 'organiser' as const, id: 'organiser-1' },
    at: noon,
    correlationId: 'c-1',
    idempotency: undefined,
  };
  const fact = { type: 'VolunteerRegistered' as const, data: { volunteer } };
  await append([entryAt({ type: 'volunteer', id }, 1, fact, command)]);
});
afterEach(() => {
  jest.restoreAllMocks();
});

type Send = (command: { input: { ConsistentRead?: boolean } }) => Promise<unknown>;

/** Says of each query whether it was consistent; those that are not see nothing yet, if `behind`. */
const queries = (behind: boolean): readonly boolean[] => {
  const send = dynamodb.send.bind(dynamodb) as Send;
  const seen: boolean[] = [];
  jest.spyOn(dynamodb as unknown as { send: Send }, 'send').mockImplementation(async (command) => {
    const consistent = command.input.ConsistentRead === true;
    seen.push(consistent);
    return behind && !consistent ? { Items: [] } : send(command);
  });
  return seen;
};

test('what exists is found by one read at half the price', async () => {
  const seen = queries(false);
  expect(await aggregate('volunteer').referenceEventually(id, '#/volunteerId')).toEqual(volunteer);
  expect(seen).toEqual([false]);
});

test('what was begun a moment ago, and is not seen so yet, exists', async () => {
  const seen = queries(true);
  expect(await aggregate('volunteer').referenceEventually(id, '#/volunteerId')).toEqual(volunteer);
  expect(seen).toEqual([false, true]);
});

test('what does not exist is refused, where it was named', async () => {
  await expect(
    aggregate('volunteer').referenceEventually(idOf('c', 2), '#/volunteerId'),
  ).rejects.toMatchObject({
    code: 'unknown-reference',
    pointer: '#/volunteerId',
  });
});

test('a state that a rule depends on is never read from before', async () => {
  const seen = queries(true);
  expect(await aggregate('volunteer').reference(id, '#/volunteerId')).toEqual(volunteer);
  expect(seen).toEqual([true]);
});

import '../../support/tables.ts';
import { beforeEach, expect, test } from '@jest/globals';
import { readSalt, saltOf } from '../../../functions/people/proof-salts.ts';
import { around } from '../../support/faults.ts';
import { append } from '../../support/generations.ts';
import { eventOf, idOf, volunteer } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

beforeEach(freshTables);

const id = idOf('c', 1);
const registered = eventOf({ type: 'VolunteerRegistered', data: { volunteer } }, { id });
const erased = eventOf(
  { type: 'VolunteerErased', data: { volunteer: { ...volunteer, status: 'erased' } } },
  { id, version: 2 },
);

test('a salt stays the same, and is none of somebody who was erased', async () => {
  await append([registered]);
  const salt = await saltOf(id);
  expect(salt).toMatch(/^[0-9a-f]{64}$/);
  expect(await saltOf(id)).toBe(salt);
  await append([{ ...erased, aggregate: { ...erased.aggregate, id: idOf('c', 2), version: 1 } }]);
  expect(await saltOf(idOf('c', 2))).toBeUndefined();
});

test('no salt is put after the person was erased, however late the write is', async () => {
  await append([registered]);
  // The erasure comes between the read of the person and the write.
  around('TransactWriteCommand', { before: (call) => call === 1 && append([erased]) });
  expect(await saltOf(id)).toBeUndefined();
  expect(await readSalt(id)).toBeUndefined();
});

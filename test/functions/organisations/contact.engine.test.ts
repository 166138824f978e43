import '../../support/tables.ts';

import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, expect, test } from '@jest/globals';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import type { Ask } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, may, must, organiserOf, verifierOf } from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
const contact = { name: '王主任', phone: '138 0013 8001', position: '主任' };
const put = (token: Ask['token'], body: object = contact): Ask => ({
  route: 'PUT /organisations/{id}/contact',
  params: { id: town.ours },
  body,
  ...(token === undefined ? {} : { token }),
});
const read = (token: Ask['token'], reason?: string): Ask => ({
  route: 'GET /organisations/{id}/contact',
  params: { id: town.ours },
  ...(reason ? { query: { reason } } : {}),
  ...(token === undefined ? {} : { token }),
});
const refusal = async (request: Ask): Promise<string> =>
  (await may('organisations', request)).body.type;

beforeAll(async () => {
  await freshTables();
  town = await foundTown();
});

test('is kept by its own organiser, sealed, and read by another with a reason', async () => {
  expect(await refusal(read(admin, 'support'))).toBe('urn:leifeng:problem:not-found');
  expect(await refusal(put(organiserOf(town.theirs)))).toBe('urn:leifeng:problem:forbidden');
  await must('organisations', put(organiserOf(town.ours)));
  await must('organisations', put(admin, { ...contact, position: '书记' }));
  const reader = organiserOf(town.theirs, 'reader');
  expect(await refusal(read(reader))).toBe('urn:leifeng:problem:reason-required');
  expect(await refusal(read(verifierOf(town.theirs), 'support'))).toBe(
    'urn:leifeng:problem:forbidden',
  );
  const { body } = await must('organisations', read(reader, 'service-arrangement'));
  expect(body).toEqual({ ...contact, phone: '+8613800138001', position: '书记' });
  const { Items = [] } = await dynamodb.send(
    new ScanCommand({ TableName: process.env.PEOPLE_TABLE }),
  );
  expect(Items.filter(({ actorId }) => actorId === 'reader')).toMatchObject([
    { reason: 'service-arrangement', what: 'contact' },
  ]);
  const text = JSON.stringify(Items, (_, value) =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value,
  );
  for (const secret of ['王主任', '13800138001']) expect(text).not.toContain(secret);
});

test('takes a phone number only, and repeats none', async () => {
  const { status, body } = await may('organisations', put(admin, { ...contact, phone: '999-1' }));
  expect([status, body.errors[0].pointer]).toEqual([422, '#/phone']);
  expect(JSON.stringify(body)).not.toContain('999-1');
});

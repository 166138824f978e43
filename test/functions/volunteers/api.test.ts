import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import { volunteerIdOf } from '../../../functions/shared/actor.ts';
import type { Ask } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';
import { foundTown, may, must, organiserOf } from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});
const register: Ask = {
  route: 'POST /volunteers',
  body: { areaId: 'hongqi', consentVersion: '1' },
  token: { sub: 'feng', role: 'volunteer' },
};

test('whoever registers themselves twice is one volunteer', async () => {
  const { body } = await must('volunteers', { ...register, key: 'a' });
  expect(body).toMatchObject({ id: volunteerIdOf('test', 'feng'), registeredBy: 'self' });
  expect((await must('volunteers', { ...register, key: 'a' })).body).toEqual(body);
  const again = await may('volunteers', { ...register, key: 'b' });
  expect([again.status, again.body.type]).toEqual([409, 'urn:leifeng:problem:already-exists']);
});

test('staff register as many as there are', async () => {
  const token = organiserOf(town.ours);
  const one = await must('volunteers', { ...register, token });
  const other = await must('volunteers', { ...register, token });
  expect(one.body.registeredBy).toBe('organiser');
  expect(other.body.id).not.toBe(one.body.id);
});

test('on 1 January by the clock of Shanghai', async () => {
  const at = Date.UTC(2025, 11, 31, 16);
  expect((await must('volunteers', { ...register, at })).body.registeredOn).toBe('2026-01-01');
});

test('reads their own record, and not another’s', async () => {
  const read = { route: 'GET /volunteers/{id}', params: { id: town.volunteerId } };
  const { body } = await must('volunteers', { ...read, token: { sub: 'lei', role: 'volunteer' } });
  expect(body.id).toBe(town.volunteerId);
  expect(
    (await may('volunteers', { ...read, token: { sub: 'x', role: 'volunteer' } })).status,
  ).toBe(403);
});

// Anybody can give their own record any number. What they then see, and what happens, must not depend on
// whether somebody else has it.
import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import { countLookUps, mostAnHour } from '../../../functions/people/look-ups.ts';
import { findDuplicates } from '../../../functions/volunteers/find-duplicates.ts';
import { indexName } from '../../../functions/volunteers/index-name.ts';
import type { Ask } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  defineArea,
  foundTown,
  ledger,
  may,
  must,
  organiserOf,
  readVolunteer,
} from '../../support/town.ts';

const taken = '13900001001';
const free = '13900001002';

let town: Awaited<ReturnType<typeof foundTown>>;
let victim: string;

type Token = Readonly<Record<string, string>>;
const volunteer = (sub: string): Token => ({ sub, role: 'volunteer' });

/** Registers somebody and resolves once the follower has compared the numbers. */
const register = async (
  token: Token,
  areaId: string,
  person: object,
): Promise<{ readonly id: string }> => {
  const body = { areaId, consentVersion: '1', person };
  const made = await must('volunteers', { route: 'POST /volunteers', body, token });
  await follow();
  return made.body;
};

/** Has the follower see every event, as often as it likes. */
const follow = async (): Promise<void> => {
  for (const event of await ledger())
    if (event.type === 'VolunteerRegistered' || event.type === 'PersonalDataCorrected')
      await findDuplicates(event);
    else if (event.type === 'VolunteerRevised') await indexName(event);
};

const at = (id: string, token: Token, more: Partial<Ask> = {}): Ask => ({
  route: 'GET /volunteers/{id}',
  params: { id },
  token,
  ...more,
});
const change = (id: string, token: Token, body: object, more: Partial<Ask> = {}): Ask =>
  at(id, token, { route: 'PATCH /volunteers/{id}/person', body, ...more });

const entry = (named: object, token: Token): Ask => ({
  route: 'POST /activities/{id}/sheets/{date}/entries',
  params: { id: town.activityId, date: '2025-10-18' },
  body: { entries: [{ ...named, attendedMinutes: 60, origin: 'leader-roll' }] },
  token,
});
const outcome = async (ask: Ask) => {
  const { status, body } = await may('participation', ask);
  return status === 201 ? body.entries[0].volunteerId : body.type.split(':').at(-1);
};

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  await defineArea('xinhua', { kind: 'subdistrict', name: '新华街道', parentId: 'demo' });
  const person = { name: '王小明', phone: taken };
  victim = (await register(volunteer('victim'), 'xinhua', person)).id;
});

test('a person cannot see by the version of their record whether a number is taken', async () => {
  const own = volunteer('lei');
  const seen = async (phone: string) => {
    const changed = await must('volunteers', change(town.volunteerId, own, { phone }));
    await follow();
    const read = await must('volunteers', at(town.volunteerId, own));
    return [read.body.version - changed.body.version, read.headers.etag, read.body.version];
  };
  const [ofFree, , first] = await seen(free);
  const [ofTaken, etag, second] = await seen(taken);
  expect([ofFree, ofTaken]).toEqual([0, 0]);
  expect([Number(second) - Number(first), etag]).toEqual([1, `"${second}"`]);
  expect((await readVolunteer(town.volunteerId)).possibleDuplicates).toEqual([victim]);

  // The version that they were shown is good for their next command, and an older one is not.
  const revise = (ifMatch: unknown): Ask =>
    at(town.volunteerId, own, {
      route: 'PATCH /volunteers/{id}',
      body: { serviceCategories: ['medical'] },
      headers: { 'if-match': `"${ifMatch}"` },
    });
  const stale = await may('volunteers', revise(first));
  expect([stale.status, stale.body.detail]).toEqual([412, expect.stringContaining(String(second))]);
  const done = await must('volunteers', revise(second));
  expect(done.body.version).toBe(Number(second) + 1);
});

test('staff learn of possible duplicates where they work, and the numbers they try are counted', async () => {
  const clerk = organiserOf(town.ours);
  const { id } = await register(clerk, 'hongqi', { name: '占位', phone: taken });
  const ofClerk = (await must('volunteers', at(id, clerk))).body;
  expect(ofClerk).toMatchObject({ possibleDuplicates: [], version: 1 });
  expect((await readVolunteer(id)).possibleDuplicates).toEqual([victim]);
  const near = await register(volunteer('near'), 'hongqi', { name: '赵一', phone: taken });
  expect((await must('volunteers', at(id, clerk))).body.possibleDuplicates).toEqual([near.id]);

  const spent = { actor: { id: clerk.sub } as never, kind: 'roll' as const };
  await countLookUps({
    ...spent,
    at: Date.parse('2025-10-18T06:00:00Z'),
    people: mostAnHour.roll - 1,
  });
  const refused = await may('volunteers', change(id, clerk, { phone: free }));
  expect([refused.status, refused.body.type.split(':').at(-1)]).toEqual([429, 'too-many-look-ups']);
  // Other data are not looked up.
  await must('volunteers', change(id, clerk, { name: '占位二' }));
});

test('a roll’s line goes to nobody while two claim its number, wherever they are', async () => {
  const clerk = organiserOf(town.ours);
  const thief = await register(volunteer('thief'), 'hongqi', { name: '贾二', phone: taken });
  expect(await outcome(entry({ phone: taken }, clerk))).toBe('nobody-with-number');
  expect(await outcome(entry({ phone: taken }, admin))).toBe('nobody-with-number');
  // Staff looked at the victim's papers: now the number is theirs.
  await must('volunteers', change(victim, admin, { phone: taken }));
  expect(await outcome(entry({ phone: taken }, admin))).toBe(victim);
  expect(await outcome(entry({ phone: taken }, clerk))).toBe('nobody-with-number');
  expect(await outcome(entry({ volunteerId: thief.id }, clerk))).toBe(thief.id);
});

test('a name beside the number has to be that of its record', async () => {
  await register(volunteer('zhao'), 'hongqi', { name: '赵 一', phone: free });
  const clerk = organiserOf(town.ours);
  expect(await outcome(entry({ phone: free, name: '钱二' }, clerk))).toBe('nobody-with-number');
  expect(await outcome(entry({ phone: free, name: '赵一' }, clerk))).toMatch(/^[0-9a-f-]{36}$/);
  const both = entry({ volunteerId: town.volunteerId, name: '赵一' }, clerk);
  expect(await outcome(both)).toBe('invalid-request');
});

import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import { acceptedSurvivorOf } from '../../../functions/people/own-record.ts';
import { findDuplicates } from '../../../functions/volunteers/find-duplicates.ts';
import { type Ask, noon } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  foundTown,
  ledger,
  may,
  must,
  organiserOf,
  readVolunteer as read,
} from '../../support/town.ts';

type Token = Readonly<Record<string, string>>;
const dayMs = 86_400_000;
const reason = { reason: '误合并' };
const tokenOf = (sub: string) => ({ sub, role: 'volunteer' });
const phone = '13800138000';

let town: Awaited<ReturnType<typeof foundTown>>;
/** Records by their person’s subject. Those of `a`, `b` and `c` have one phone. */
let a: string;
let b: string;
let c: string;

const register = async (sub: string, more: object = {}): Promise<string> => {
  const body = { areaId: 'hongqi', consentVersion: '1', person: { name: '李明', phone }, ...more };
  return (await must('volunteers', { route: 'POST /volunteers', body, token: tokenOf(sub) })).body
    .id;
};
const on = (route: string, id: string, token: Token, body?: object, more: object = {}): Ask => ({
  route: `${route.replace(' ', ' /volunteers/{id}')}`,
  params: { id },
  token,
  ...(body ? { body } : {}),
  ...more,
});
const merge = (id: string, intoId: string) =>
  must('volunteers', on('POST /merge', id, admin, { intoId, reason: '同一人' }));
const accept = (id: string, fromId: string, sub: string) =>
  must('volunteers', on('POST /accept-merge', id, tokenOf(sub), { fromId }));
const unmerging = (id: string, days = 0, more: object = {}) =>
  on('POST /unmerge', id, admin, reason, { at: noon + days * dayMs, ...more });
const unmerge = (id: string, days = 0) => must('volunteers', unmerging(id, days));
const outcome = async (request: Ask): Promise<string> => {
  const { status, body } = await may('volunteers', request);
  return status > 299 ? `${status} ${body.type?.replace('urn:leifeng:problem:', '')}` : 'allowed';
};
/** Which of the records each of these tokens reads. */
const readers = async (subs: readonly string[], ids: readonly string[]) =>
  Object.fromEntries(
    await Promise.all(
      subs.map(async (sub) => {
        const seen = await Promise.all(
          ids.map((id) => outcome(on('GET /person', id, tokenOf(sub)))),
        );
        return [sub, ids.filter((_, n) => seen[n] === 'allowed')] as const;
      }),
    ),
  );
/** Everybody whose event may show a suspicion hears of it, again. */
const suspectAll = async () => {
  for (const event of await ledger())
    if (
      event.type === 'VolunteerRegistered' ||
      event.type === 'PersonalDataCorrected' ||
      event.type === 'VolunteerUnmerged'
    )
      await findDuplicates(event);
};

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  [a, b, c] = [await register('a'), await register('b'), await register('c')];
});

test('undone, each token reads its own record and nothing of the other', async () => {
  await merge(a, b);
  expect(await readers(['a', 'b'], [a, b])).toEqual({ a: [a], b: [b] });
  await accept(b, a, 'b');
  expect(await readers(['a', 'b'], [a, b])).toEqual({ a: [a, b], b: [a, b] });
  const { body } = await unmerge(a);
  expect(body).toMatchObject({ status: 'active', mergedInto: null });
  expect(await read(b)).toMatchObject({ status: 'active', mergedFrom: [] });
  expect(await readers(['a', 'b'], [a, b])).toEqual({ a: [a], b: [b] });
  const undone = (await ledger()).filter(({ type }) => /Unmerged$/.test(type));
  expect(undone.map(({ type, aggregate, data }) => [type, aggregate.id, data])).toEqual(
    expect.arrayContaining([
      ['VolunteerUnmerged', a, expect.objectContaining({ intoId: b, reason: reason.reason })],
      ['DuplicateUnmerged', b, expect.objectContaining({ fromId: a })],
    ]),
  );
  expect(await outcome(unmerging(a))).toBe('409 illegal-transition');
});

test('an accepted merge is undone for thirty days, one that waits at any time', async () => {
  await merge(a, b);
  await accept(b, a, 'b');
  expect(await outcome(unmerging(a, 31))).toBe('409 merge-settled');
  // Merging again, which changes nothing, does not begin the time anew.
  await must('volunteers', {
    ...on('POST /merge', a, admin, { intoId: b, reason: '同一人' }),
    at: noon + 20 * dayMs,
  });
  expect(await outcome(unmerging(a, 31))).toBe('409 merge-settled');
  expect(await outcome(unmerging(a, 30))).toBe('allowed');
  await merge(c, b);
  expect(await outcome(unmerging(c, 400))).toBe('allowed');
});

test('a repeated request undoes it once; an erased record has nothing to undo', async () => {
  await merge(a, b);
  const again = unmerging(a, 0, { headers: { 'idempotency-key': 'once' } });
  const answers = await Promise.all([must('volunteers', again), must('volunteers', again)]);
  expect(answers[0]?.body).toEqual(answers[1]?.body);
  expect((await ledger()).filter(({ type }) => type === 'VolunteerUnmerged')).toHaveLength(1);
  await merge(c, b);
  await must('volunteers', on('DELETE ', c, tokenOf('c')));
  expect(await outcome(unmerging(c))).toBe('409 illegal-transition');
});

test('whom nobody confirmed waits for a yes again; who had left has left', async () => {
  const body = { areaId: 'hongqi', consentVersion: '1' };
  const registered = await must('volunteers', {
    route: 'POST /volunteers',
    body,
    token: organiserOf(town.ours),
  });
  const { id, confirmationCode: code } = registered.body;
  await merge(id, b);
  expect((await unmerge(id, 400)).body.status).toBe('pending');
  const yes = on('POST /confirm', id, tokenOf('new'), { code, consentVersion: '1' });
  expect((await must('volunteers', yes)).body.status).toBe('active');

  await must('volunteers', on('POST /deactivate', a, tokenOf('a'), reason));
  await merge(a, b);
  expect((await unmerge(a)).body).toMatchObject({ status: 'deactivated', leftOn: '2025-10-18' });
});

describe('of a chain', () => {
  beforeEach(async () => {
    await merge(a, b);
    await accept(b, a, 'b');
    await merge(b, c);
    await accept(c, b, 'c');
    expect(await readers(['a', 'c'], [a, b, c])).toEqual({ a: [a, b, c], c: [a, b, c] });
  });

  test('the first leaves all records above it', async () => {
    await unmerge(a);
    expect((await read(b)).mergedFrom).toEqual([]);
    expect((await read(c)).mergedFrom).toEqual([{ id: b, awaiting: null }]);
    expect(await readers(['a', 'b', 'c'], [a, b, c])).toEqual({ a: [a], b: [b, c], c: [b, c] });
  });

  test('the middle one takes along what had gone into it', async () => {
    await unmerge(b);
    expect(await read(a)).toMatchObject({ status: 'merged', mergedInto: b });
    expect((await read(b)).mergedFrom).toEqual([{ id: a, awaiting: null }]);
    expect((await read(c)).mergedFrom).toEqual([]);
    expect(await readers(['a', 'b', 'c'], [a, b, c])).toEqual({ a: [a, b], b: [a, b], c: [c] });
  });

  test('the link that an erasure led up leads back down', async () => {
    const sub = 'linked';
    const { body } = await must('volunteers', {
      route: 'POST /volunteers',
      body: { areaId: 'hongqi', consentVersion: '1', person: { name: '李明' } },
      token: organiserOf(town.ours),
    });
    const { id, confirmationCode: code } = body;
    await must('volunteers', on('POST /confirm', id, tokenOf(sub), { code, consentVersion: '1' }));
    const d = await register('d');
    await merge(id, d);
    await accept(d, id, 'd');
    await merge(d, c);
    await accept(c, d, 'c');
    await must('volunteers', on('DELETE ', id, admin));
    expect(await readers([sub], [a, b, c, d])).toEqual({ [sub]: [a, b, c, d] });
    await unmerge(d);
    const again = { areaId: 'hongqi', consentVersion: '1' };
    expect(await outcome({ route: 'POST /volunteers', body: again, token: tokenOf(sub) })).toBe(
      '409 already-exists',
    );
    expect(await readers([sub, 'd'], [a, b, c, d])).toEqual({ [sub]: [d], d: [d] });
  });
});

test('an entry is made under the surviving record when its person accepted, and while it waits under the own', async () => {
  const under = async (id: string) => (await acceptedSurvivorOf(id)).id;
  await merge(a, b);
  expect(await under(a)).toBe(a);
  await accept(b, a, 'b');
  expect(await under(a)).toBe(b);
  await merge(b, c);
  expect([await under(a), await under(b)]).toEqual([b, b]);
  await accept(c, b, 'c');
  expect([await under(a), await under(b), await under(c)]).toEqual([c, c, c]);
  await unmerge(a);
  expect([await under(a), await under(b)]).toEqual([a, c]);
  expect(
    (await acceptedSurvivorOf('0198c0de-0000-7000-8000-00000000dead')).volunteer,
  ).toBeUndefined();
});

test('who was told apart is not suspected again, until a number changes', async () => {
  await suspectAll();
  expect((await read(a)).possibleDuplicates.sort()).toEqual([b, c].sort());
  await merge(a, b);
  await suspectAll();
  await unmerge(a);
  await suspectAll();
  await suspectAll();
  expect(await read(a)).toMatchObject({ possibleDuplicates: [c], distinctFrom: [b] });
  expect(await read(b)).toMatchObject({ possibleDuplicates: [c], distinctFrom: [a] });
  expect((await read(c)).possibleDuplicates.sort()).toEqual([a, b].sort());
  const correct = (body: object) => must('volunteers', on('PATCH /person', a, tokenOf('a'), body));
  // The same number, written otherwise, and another name are no news.
  await correct({ phone: '138 0013 8000', name: '王小明' });
  await suspectAll();
  expect((await read(a)).possibleDuplicates).toEqual([c]);
  await correct({ phone: '13900139000' });
  await correct({ phone });
  await suspectAll();
  expect((await read(a)).possibleDuplicates.sort()).toEqual([b, c].sort());
  expect((await read(b)).possibleDuplicates.sort()).toEqual([a, c].sort());
});

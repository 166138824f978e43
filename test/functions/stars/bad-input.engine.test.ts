import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import { catalogue } from '../../../events/catalogue.ts';
import type { Star } from '../../../events/stars.ts';
import { aggregate } from '../../../functions/ledger/aggregate.ts';
import { dueByTime } from '../../../functions/ledger/follow-up.ts';
import { starIdOf } from '../../../functions/people/stars.ts';
import { around } from '../../support/faults.ts';
import type { Answer } from '../../support/http-event.ts';
import {
  change,
  friday,
  granted,
  lei,
  monday,
  mustChange,
  nominate,
  noticed,
  onSheet,
  publicNotice,
  serve,
  settle,
  starsOfPerson,
  type Town,
} from '../../support/stars.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, must, register } from '../../support/town.ts';

const problem = ({ status, body }: Answer) => [status, String(body.type).split(':').at(-1)];
const ofStars = async () =>
  (await ledger()).filter(({ type }) => type.startsWith('Star')).map(({ type }) => type);
const onRecord = (id: string, route: string, body?: object, token: object = admin) =>
  must('volunteers', {
    ...{ route, params: { id }, token: token as typeof admin },
    ...(body ? { body } : {}),
  });
const merge = (id: string, intoId: string) =>
  onRecord(id, 'POST /volunteers/{id}/merge', { intoId, reason: '同一人' });
const statusOf = async (id: string) => {
  const { status, review } = (await aggregate('star').get(id)).state;
  return [status, review?.cause ?? null];
};

let town: Town;
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

describe('a nomination', () => {
  test('without the hours says how many there are', async () => {
    await serve(town, '2025-10-18', { minutes: 59 });
    const answer = await nominate(town);
    expect(problem(answer)).toEqual([422, 'star-hours-missing']);
    expect(answer.body.detail).toContain('0.98');
    expect(await ofStars()).toEqual([]);
  });

  test('counts what the Ledger says, whatever the Views still show', async () => {
    const sheet = await serve(town);
    await onSheet(sheet, 'void', town.volunteerId);
    expect(problem(await nominate(town))).toEqual([422, 'star-hours-missing']);
  });

  test('made twice at once is one, and by one key the same answer', async () => {
    await serve(town);
    const answers = await Promise.all([
      nominate(town, { key: 'one' }),
      nominate(town, { key: 'one' }),
      nominate(town, { key: 'two' }),
    ]);
    expect(await ofStars()).toEqual(['StarNominated']);
    for (const { status, body } of answers)
      expect(status === 200 ? body.status : body.type.split(':').at(-1)).toMatch(
        /^(nominated|illegal-transition|conflict)$/,
      );
    expect(answers.some(({ status }) => status === 200)).toBe(true);
  });

  test('of a level that there is not, or of nobody, is refused', async () => {
    for (const level of [0, 6, 1.5, '1'])
      expect((await nominate(town, { level: level as number })).status).toBe(400);
    expect(problem(await nominate({ volunteerId: starIdOf('x', 1) }))).toEqual([404, 'not-found']);
    expect((await nominate({ volunteerId: 'x' })).status).toBe(400);
  });

  test('of somebody pending, deactivated, merged or erased is refused', async () => {
    await serve(town);
    await onRecord(town.volunteerId, 'POST /volunteers/{id}/deactivate', { reason: '停用' });
    expect(problem(await nominate(town))).toEqual([409, 'volunteer-not-active']);
    await onRecord(town.volunteerId, 'POST /volunteers/{id}/reactivate');
    await merge(town.volunteerId, await register('wang'));
    expect(problem(await nominate(town))).toEqual([409, 'volunteer-not-active']);
  });

  test('of oneself is refused, also to an admin and where staff nominate', async () => {
    await serve(town);
    expect((await nominate(town, { token: lei })).status).toBe(403);
    const both = { sub: 'lei', role: 'district-admin' };
    expect((await nominate(town, { token: both })).status).toBe(403);
  });
});

describe('what changes between the steps', () => {
  test('hours that are voided while a star is granted put it under review', async () => {
    const sheet = await serve(town);
    const id = await noticed(town);
    // The void comes after everything was read for the grant.
    const faults = around('TransactWriteCommand', {
      before: async (call) => {
        if (call !== 1) return;
        await onSheet(sheet, 'void', town.volunteerId);
        await settle();
        expect(await statusOf(id)).toEqual(['in-notice', 'hours']);
      },
    });
    const answer = await change(id, 'grant');
    faults.mockRestore();
    // The follower was first, so the grant reads again, and finds what it found.
    expect(problem(answer)).toEqual([409, 'star-under-review']);
  });

  test('a nomination whose hours are voided says so, and its notice reads them again', async () => {
    const sheet = await serve(town);
    const { id } = (await nominate(town)).body;
    await settle();
    await onSheet(sheet, 'void', town.volunteerId);
    await settle();
    expect(await statusOf(id)).toEqual(['nominated', 'hours']);
    expect(problem(await change(id, 'notice'))).toEqual([422, 'star-hours-missing']);
    await serve(town, '2025-10-17');
    await mustChange(id, 'notice');
    await settle();
    expect(await statusOf(id)).toEqual(['in-notice', null]);
  });

  test('the look after the granting finds a void that no follower has seen', async () => {
    const sheet = await serve(town);
    const id = await noticed(town);
    await settle();
    const faults = around('TransactWriteCommand', {
      before: (call) => (call === 1 ? onSheet(sheet, 'void', town.volunteerId) : undefined),
    });
    await mustChange(id, 'grant');
    faults.mockRestore();
    expect(await statusOf(id)).toEqual(['granted', null]);
    await settle();
    expect(await statusOf(id)).toEqual(['granted', 'hours']);
  });

  test('a policy that asks for more, or for less, changes nothing that was begun', async () => {
    await serve(town);
    // The policy asks for five hours now, and for one.
    for (const [level, hours, becomes] of [
      [5, 1, [200, 'granted']],
      [1, 2, [422, 'star-hours-missing']],
    ] as const) {
      const id = starIdOf(town.volunteerId, level);
      const { star } = catalogue.StarNoticed.example as { readonly star: Star };
      const terms = { ...star.terms, policyVersion: 9, hours };
      const begun = { level, terms, volunteerId: town.volunteerId, noticeUntil: '2025-11-06' };
      await aggregate('star').create(id, {
        ...dueByTime('leifeng:tests', monday, id),
        authorise: () => 'district-admin',
        prepare: async () => ({ type: 'StarNoticed', data: { star: { ...star, ...begun } } }),
      });
      const answer = await change(id, 'grant');
      const { state } = await aggregate('star').get(id);
      expect(answer.status === 200 ? [200, state.status] : problem(answer)).toEqual(becomes);
      expect(state.terms).toEqual(terms);
    }
  });

  test('an objection that comes last, and a second one at once, both count', async () => {
    await serve(town);
    const id = await noticed(town);
    const by = (sub: string) =>
      change(id, 'objections', { token: { ...admin, sub }, body: { text: '不符' } });
    const [one, two] = await Promise.all([by('a'), by('b')]);
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(problem(await change(id, 'grant'))).toEqual([409, 'star-objected']);
    const answered = { body: { upheld: true, answer: '属实' } };
    const first = (await aggregate('star').get(id)).state.objections[0]?.by ?? '';
    const own = { ...answered, token: { ...admin, sub: first } };
    expect(problem(await change(id, 'objections/1/answer', own))).toEqual([403, 'own-objection']);
    await mustChange(id, 'objections/1/answer', answered);
    expect(problem(await change(id, 'objections/1/answer', answered))).toEqual([
      ...[409, 'illegal-transition'],
    ]);
    expect((await change(id, 'objections/0/answer', answered)).status).toBe(400);
    expect(problem(await change(id, 'objections/9/answer', answered))).toEqual([404, 'not-found']);
    expect(problem(await change(id, 'grant'))).toEqual([409, 'star-objected']);
    await mustChange(id, 'decline', { body: { reason: '异议成立' } });
    expect((await publicNotice()).body.items).toEqual([]);
  });

  test('an objection with a telephone number is not kept', async () => {
    await serve(town);
    const id = await noticed(town);
    const answer = await change(id, 'objections', { body: { text: '请打13800138000' } });
    expect(answer.status).toBe(400);
    expect((await aggregate('star').get(id)).state.objections).toEqual([]);
  });
});

describe('a merge', () => {
  test('puts the star of the merged record under review, which nobody can uphold', async () => {
    await serve(town);
    const id = await granted(town);
    const into = await register('wang');
    await merge(town.volunteerId, into);
    await settle();
    expect(await statusOf(id)).toEqual(['granted', 'merged']);
    expect(problem(await change(id, 'uphold'))).toEqual([409, 'volunteer-not-active']);
    await onRecord(town.volunteerId, 'POST /volunteers/{id}/unmerge', { reason: '误合并' });
    await settle();
    expect(await statusOf(id)).toEqual(['granted', 'merged']);
    await mustChange(id, 'uphold');
    await settle();
    expect(await statusOf(id)).toEqual(['granted', null]);
  });

  test('that is undone puts under review what rests on the other record', async () => {
    const wang = await register('wang');
    await serve(town, '2025-10-18', { volunteerId: wang });
    await merge(wang, town.volunteerId);
    // While it waits for its person, the hours are not theirs.
    await settle();
    expect(problem(await nominate(town))).toEqual([422, 'star-hours-missing']);
    const accept = { fromId: wang };
    await onRecord(town.volunteerId, 'POST /volunteers/{id}/accept-merge', accept, lei);
    await settle();
    const id = await granted(town);
    await settle();
    expect(await statusOf(id)).toEqual(['granted', null]);
    await onRecord(wang, 'POST /volunteers/{id}/unmerge', { reason: '误合并' });
    await settle();
    expect(await statusOf(id)).toEqual(['granted', 'merged']);
    expect(problem(await change(id, 'uphold'))).toEqual([422, 'star-hours-missing']);
  });

  test('leaves what rests on the other record to be found when that is voided', async () => {
    const wang = await register('wang');
    const sheet = await serve(town, '2025-10-18', { volunteerId: wang });
    await merge(wang, town.volunteerId);
    await onRecord(town.volunteerId, 'POST /volunteers/{id}/accept-merge', { fromId: wang }, lei);
    await settle();
    const id = await granted(town);
    await settle();
    await onSheet(sheet, 'void', wang);
    await settle();
    expect(await statusOf(id)).toEqual(['granted', 'hours']);
  });
});

test('a star that is erased at once with its notice keeps no name', async () => {
  await onRecord(town.volunteerId, 'PATCH /volunteers/{id}/person', { name: '雷小锋' }, lei);
  const consent = { purpose: 'publicity', version: '1' };
  await onRecord(town.volunteerId, 'POST /volunteers/{id}/consents', consent, lei);
  await serve(town);
  const { id } = (await nominate(town)).body;
  const faults = around('TransactWriteCommand', {
    before: async (call) => {
      if (call === 1) await onRecord(town.volunteerId, 'DELETE /volunteers/{id}');
    },
  });
  // The name goes with a notice only while the consent stands: it is read again, and the person is gone.
  expect(problem(await change(id, 'notice'))).toEqual([409, 'volunteer-not-active']);
  faults.mockRestore();
  await settle();
  expect(await statusOf(id)).toEqual(['withdrawn', null]);
  expect((await publicNotice()).body.items).toEqual([]);
});

test('the person reads the record with the star, and what is exported has it', async () => {
  const sheet = await serve(town);
  await granted(town);
  await onSheet(sheet, 'void', town.volunteerId);
  await settle();
  const params = { id: town.volunteerId };
  const read = (headers: Readonly<Record<string, string>>) =>
    must('records', { route: 'GET /volunteers/{id}/record', params, headers, token: lei });
  expect((await read({})).body.stars).toEqual([
    { level: 1, grantedOn: '2025-11-07', underReview: true },
  ]);
  expect((await read({ accept: 'text/html' })).body).toContain('一星（2025-11-07 授予，复核中）');
  const exported = { route: 'GET /volunteers/{id}/export', params, token: lei };
  expect((await must('records', exported)).body.held.stars).toMatchObject([
    { level: 1, status: 'granted', review: { cause: 'hours' }, entryCount: 1 },
  ]);
});

test('lists are in the order of areas and ids, and take no cursor of others', async () => {
  await serve(town, '2025-10-18', { minutes: 400 });
  const ids = await Promise.all([1, 2, 3, 4].map((level) => noticed(town, level)));
  await settle();
  const list = (query: Readonly<Record<string, string>>) =>
    may('stars', { route: 'GET /stars', query, token: admin, at: friday });
  const shown = async (query: Readonly<Record<string, string>>) =>
    (await list(query)).body.items.map(({ id }: { id: string }) => id);
  expect(await shown({})).toEqual(ids.toSorted());
  expect((await publicNotice()).body.items.map(({ id }: { id: string }) => id)).toEqual(
    ids.toSorted(),
  );
  expect(await starsOfPerson(town.volunteerId)).toHaveLength(4);
  const { next } = (await list({ limit: '1' })).body;
  const other = { route: 'GET /stars/notice', query: { cursor: next }, at: monday };
  expect((await may('stars', other)).status).toBe(400);
  for (const query of [{ order: 'hours' }, { sort: 'level' }, { year: '25' }] as const)
    expect((await list(query as never)).status).toBe(400);
});

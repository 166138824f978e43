import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import { entriesOf, type Sheet, sumsIn } from '../../../events/participation.ts';
import { aggregate } from '../../../functions/ledger/aggregate.ts';
import { claimsOf, sheetIdOf } from '../../../functions/sheets/claims.ts';
import { isInUse, sumsOf } from '../../../functions/sheets/sheet.ts';
import type { Answer, Ask } from '../../support/http-event.ts';
import { freshTables } from '../../support/tables.ts';
import {
  admin,
  foundTown,
  ledger,
  may,
  must,
  organiserOf,
  plan,
  verifierOf,
} from '../../support/town.ts';

/** Each race is run so often, on an activity of its own, because its order is chance. */
const rounds = 6;
const people = 4;
const day = '2025-10-18';

let town: Awaited<ReturnType<typeof foundTown>>;
let volunteers: readonly string[];
beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  volunteers = await Promise.all(
    Array.from({ length: people }, async (_, n) => {
      const { body } = await must('volunteers', {
        route: 'POST /volunteers',
        body: { areaId: 'hongqi', consentVersion: '1' },
        token: { sub: `person-${n}`, role: 'volunteer' },
      });
      return body.id as string;
    }),
  );
});

const organiser = (sub = 'organiser') => organiserOf(town.ours, sub);
const publish = async (): Promise<string> =>
  (
    await must('activities', {
      route: 'POST /activities',
      body: { ...plan, organisationId: town.ours },
      token: organiser(),
    })
  ).body.id;

const roll = (ids: readonly string[], minutes = 60) => ({
  entries: ids.map((volunteerId) => ({
    volunteerId,
    attendedMinutes: minutes,
    origin: 'leader-roll',
  })),
});
const enter = (activityId: string, more: Partial<Ask> = {}): Ask => ({
  route: 'POST /activities/{id}/sheets/{date}/entries',
  params: { id: activityId, date: day },
  body: roll(volunteers),
  token: organiser(),
  ...more,
});
const onSheet = (action: string, activityId: string, more: Partial<Ask>): Ask => ({
  route: `POST /sheets/{id}/${action}`,
  params: { id: sheetIdOf(activityId, { date: day, number: 1 }) },
  ...more,
});
const verifyAll = (activityId: string): Ask =>
  onSheet('verify', activityId, { body: { entries: 'all' }, token: verifierOf(town.theirs) });
const cancel = (activityId: string): Ask => ({
  route: 'POST /activities/{id}/cancel',
  params: { id: activityId },
  body: { reason: '暴雨' },
  token: organiser(),
});

const at = (request: Ask): Promise<Answer> =>
  may(
    request.route.includes('/cancel') || request.route.startsWith('PATCH')
      ? 'activities'
      : 'participation',
    request,
  );
const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status).sort();

const sheetsOf = async (activityId: string): Promise<readonly Sheet[]> =>
  Promise.all(
    (await claimsOf(activityId)).map(async (claim) => {
      const { state } = await aggregate('sheet').get(sheetIdOf(activityId, claim));
      return state;
    }),
  );

/** Each sheet's last event says the sums of all its lines, and nobody stands on two lines that count. */
const expectWhole = async (activityId: string) => {
  const sheets = await sheetsOf(activityId);
  const counting = sheets.flatMap(({ place, entries }) =>
    [...entries.values()]
      .filter(({ status }) => status !== 'voided')
      .map(({ volunteerId }) => `${place.serviceDate} ${volunteerId}`),
  );
  expect(new Set(counting).size).toBe(counting.length);
  const events = (await ledger()).filter(({ aggregate: { id } }) => id.startsWith(activityId));
  for (const [number, sheet] of sheets.entries()) {
    const id = sheetIdOf(activityId, (await claimsOf(activityId))[number] ?? { date: '', number });
    const own = events
      .filter((event) => event.aggregate.id === id)
      .sort((a, b) => a.aggregate.version - b.aggregate.version);
    const last = own.at(-1)?.data as Parameters<typeof sumsIn>[0];
    expect(sumsIn(last)).toEqual(sumsOf(sheet));
  }
};

describe('at the same moment', () => {
  test('two clerks type one roll: each person has one line, by whoever was first', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const activityId = await publish();
      const answers = await Promise.all([
        at(enter(activityId, { token: organiser('clerk-1') })),
        at(enter(activityId, { token: organiser('clerk-2') })),
      ]);
      expect(statuses(answers)).toEqual([201, 409]);
      const [first, ...others] = await sheetsOf(activityId);
      expect(others).toEqual([]);
      expect(
        new Set([...(first?.entries.values() ?? [])].map((each) => each.enteredBy.join())).size,
      ).toBe(1);
      await expectWhole(activityId);
    }
  });

  test('two clerks type two halves that overlap on a sheet that stands: nobody is overwritten', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const activityId = await publish();
      await must('participation', enter(activityId, { body: roll(volunteers.slice(0, 1)) }));
      await Promise.all([
        at(
          enter(activityId, {
            token: organiser('clerk-1'),
            body: roll(volunteers.slice(1, 3), 61),
          }),
        ),
        at(enter(activityId, { token: organiser('clerk-2'), body: roll(volunteers.slice(2), 62) })),
      ]);
      const events = (await ledger()).filter(
        ({ type, aggregate: { id } }) => type === 'HoursLogged' && id.startsWith(activityId),
      );
      const named = events.flatMap(({ data }) =>
        entriesOf(data as Parameters<typeof entriesOf>[0]).map(({ volunteerId }) => volunteerId),
      );
      expect(new Set(named).size).toBe(named.length);
      await expectWhole(activityId);
    }
  });

  test('one request comes twice: one event, one answer', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const activityId = await publish();
      const request = enter(activityId, { key: `roll-${round}` });
      const answers = await Promise.all([at(request), at(request), at(request)]);
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
      expect(answers[1]?.body).toEqual(answers[0]?.body);
      expect(answers[2]?.body).toEqual(answers[0]?.body);
      const verify = { ...verifyAll(activityId), key: `verify-${round}` };
      const verified = await Promise.all([at(verify), at(verify)]);
      expect(statuses(verified)).toEqual([200, 200]);
      expect(verified[1]?.body).toEqual(verified[0]?.body);
      const versions = (await sheetsOf(activityId)).length;
      expect(versions).toBe(1);
      expect(
        (await aggregate('sheet').get(sheetIdOf(activityId, { date: day, number: 1 }))).version,
      ).toBe(2);
    }
  });

  test('one person is entered on the rolls of two teams: one line', async () => {
    const { body: team } = await must('teams', {
      route: 'POST /teams',
      body: {
        name: '红旗义诊队',
        specialty: 'medical',
        areaId: 'hongqi',
        organisationId: town.ours,
      },
      token: organiser(),
    }).catch((error: Error) => {
      throw new Error(`the team: ${error.message}`);
    });
    for (let round = 0; round < rounds; round += 1) {
      const activityId = await publish();
      const body = roll(volunteers.slice(0, 1));
      const answers = await Promise.all([
        at(enter(activityId, { body, token: organiser('clerk-1') })),
        at(enter(activityId, { body: { ...body, teamId: team.id }, token: organiser('clerk-2') })),
      ]);
      expect(statuses(answers)).toEqual([201, 409]);
      await expectWhole(activityId);
      // Also where the first team's sheet stands already.
      const another = roll(volunteers.slice(1, 2));
      await Promise.all([
        at(enter(activityId, { body: another, token: organiser('clerk-1') })),
        at(
          enter(activityId, { body: { ...another, teamId: team.id }, token: organiser('clerk-2') }),
        ),
      ]);
      await expectWhole(activityId);
    }
  });

  test.each<[string, object]>([
    ['void', { entries: 'all', reason: '重复' }],
    ['reject', { entries: 'all', reason: '不符' }],
  ])(
    'a sheet is verified and somebody wants to %s it: the one, then what still fits',
    async (action, body) => {
      for (let round = 0; round < rounds; round += 1) {
        const activityId = await publish();
        await must('participation', enter(activityId));
        const token = action === 'void' ? organiser() : verifierOf(town.theirs, 'verifier-2');
        const answers = await Promise.all([
          at(verifyAll(activityId)),
          at(onSheet(action, activityId, { body, token })),
        ]);
        for (const { status, body } of answers)
          if (![200, 403, 409].includes(status)) throw new Error(JSON.stringify(body));
        expect(answers.some(({ status }) => status === 200)).toBe(true);
        await expectWhole(activityId);
      }
    },
  );

  test('a sheet is verified and a line corrected: nothing that was corrected counts unseen', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const activityId = await publish();
      await must('participation', enter(activityId));
      const [volunteerId] = volunteers;
      await Promise.all([
        at({ ...verifyAll(activityId), headers: { 'if-match': '"1"' } }),
        at(
          onSheet('correct', activityId, {
            body: { entries: [{ volunteerId, attendedMinutes: 600 }], reason: '更正' },
            token: organiser('clerk-2'),
          }),
        ),
      ]);
      const [sheet] = await sheetsOf(activityId);
      const line = sheet?.entries.get(volunteerId ?? '');
      if (line?.attendedMinutes === 600 && line.status === 'verified')
        throw new Error('600 minutes were verified by one who saw 60');
      await expectWhole(activityId);
    }
  });

  test('people are entered first and the activity is cancelled: nothing counts', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const activityId = await publish();
      const answers = await Promise.all([
        at(enter(activityId, { body: roll(volunteers.slice(0, 2)) })),
        at(
          enter(activityId, {
            body: roll(volunteers.slice(2)),
            params: { id: activityId, date: '2025-10-17' },
          }),
        ),
        at(cancel(activityId)),
      ]);
      const cancelled = answers[2]?.status === 200;
      if (cancelled) expect((await sheetsOf(activityId)).some(isInUse)).toBe(false);
      else expect(answers[2]?.status).toBe(409);
      await expectWhole(activityId);
    }
  });

  test('people are added, or verified, and the activity is cancelled: nothing counts', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const activityId = await publish();
      await must('participation', enter(activityId, { body: roll(volunteers.slice(0, 2)) }));
      const answers = await Promise.all([
        at(
          round % 2 === 0
            ? verifyAll(activityId)
            : enter(activityId, { body: roll(volunteers.slice(2)) }),
        ),
        at(cancel(activityId)),
      ]);
      if (answers[1]?.status === 200)
        expect((await sheetsOf(activityId)).some(isInUse)).toBe(false);
      await expectWhole(activityId);
    }
  });

  test('people are entered and the activity moves: they count where it is', async () => {
    for (let round = 0; round < rounds; round += 1) {
      const activityId = await publish();
      const answers = await Promise.all([
        at(enter(activityId)),
        at({
          route: 'PATCH /activities/{id}',
          params: { id: activityId },
          body: { theme: 'SAFETY_ANTIFRAUD' },
          token: organiser(),
        }),
      ]);
      expect(answers.some(({ status }) => status < 300)).toBe(true);
      const activity = await aggregate('activity').get(activityId);
      for (const sheet of await sheetsOf(activityId))
        if (isInUse(sheet)) expect(sheet.place.theme).toBe(activity.state.theme);
    }
  });
});

describe('a cancelled activity', () => {
  test('has its hours struck out, also verified ones, with the reason, and takes no more', async () => {
    const activityId = await publish();
    await must('participation', enter(activityId));
    await must('participation', verifyAll(activityId));
    await must('activities', cancel(activityId));
    const voided = (await ledger()).filter(({ type }) => type === 'HoursVoided');
    expect(voided.map(({ data }) => (data as { reason: string }).reason)).toEqual(['暴雨']);
    const refused = await may('participation', enter(activityId, { token: admin }));
    expect([refused.status, refused.body.errors?.[0]?.code ?? refused.body.type]).toEqual([
      409,
      expect.stringMatching(/activity-not-open$/),
    ]);
  });

  test('stays what it is when its first day, theme or area changes while hours stand', async () => {
    const activityId = await publish();
    await must('participation', enter(activityId));
    const revise = (body: object) =>
      may('activities', {
        route: 'PATCH /activities/{id}',
        params: { id: activityId },
        body,
        token: admin,
      });
    for (const [field, value] of [
      ['startsOn', '2025-10-16'],
      ['theme', 'SAFETY_ANTIFRAUD'],
      ['areaId', 'demo'],
      ['endsOn', '2025-10-17'],
    ] as const) {
      const { status, body } = await revise({ [field]: value });
      expect([status, body.type, body.errors?.[0]?.pointer]).toEqual([
        409,
        'urn:leifeng:problem:sheets-stand',
        `#/${field}`,
      ]);
    }
    expect((await revise({ endsOn: '2025-10-20', title: '义诊二' })).status).toBe(200);
    await must(
      'participation',
      onSheet('void', activityId, { body: { entries: 'all', reason: '误录' }, token: admin }),
    );
    expect((await revise({ theme: 'SAFETY_ANTIFRAUD' })).status).toBe(200);
    // A new sheet, with the new theme.
    const { body } = await must('participation', enter(activityId));
    expect([body.theme, body.id]).toEqual([
      'SAFETY_ANTIFRAUD',
      sheetIdOf(activityId, { date: day, number: 2 }),
    ]);
  });
});

// Whatever happens to entries and people, in whatever order their events come: at rest no star that is under way or granted
// says what is no longer so without saying that it is under review.
import '../../support/tables.ts';

import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { aggregate } from '../../../functions/ledger/aggregate.ts';
import { starIdOf } from '../../../functions/people/stars.ts';
import { recordOf } from '../../../functions/sheets/fallen.ts';
import { handler as keeper } from '../../../functions/stars/keep-stars.ts';
import { verifySheet } from '../../support/certificates.ts';
import { deliver, follow } from '../../support/projecting.ts';
import {
  change,
  nominate,
  otherAdmin,
  publicNotice,
  settle,
  type Town,
} from '../../support/stars.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, organiserOf, register } from '../../support/town.ts';

const people = ['lei', 'wang'] as const;
type Person = (typeof people)[number];
const days = ['2025-10-17', '2025-10-18'] as const;
type Day = (typeof days)[number];
const levels = [1, 2] as const;
type Level = (typeof levels)[number];
const reason = '测试用例';

interface World {
  readonly town: Town;
  readonly ids: Record<Person, string>;
}

const begin = async (): Promise<World> => {
  await freshTables();
  const town = await foundTown();
  return { town, ids: { lei: town.volunteerId, wang: await register('wang') } };
};

type Act = (world: World) => Promise<unknown>;

/** Enters a day, and verifies it at once, also one that was corrected before. */
const serves =
  (who: Person, date: Day): Act =>
  async ({ town, ids }) => {
    await may('participation', {
      route: 'POST /activities/{id}/sheets/{date}/entries',
      params: { id: town.activityId, date },
      body: { entries: [{ volunteerId: ids[who], attendedMinutes: 120, origin: 'leader-roll' }] },
      token: organiserOf(town.ours),
    });
    for (const id of await sheetsOf(town, date)) await verifySheet(town, id).catch(() => {});
    await deliver(await ledger());
  };

const sheetsOf = async (town: Town, date: Day): Promise<readonly string[]> => {
  const { body } = await may('participation', {
    route: 'GET /activities/{id}/sheets',
    params: { id: town.activityId },
    token: admin,
  });
  const ids = body.items.map(({ id }: { id: string }) => id) as readonly string[];
  return ids.filter((id) => id.includes(date));
};

const changes =
  (what: 'void' | 'correct', who: Person, date: Day): Act =>
  async ({ town, ids }) => {
    for (const id of await sheetsOf(town, date))
      await may('participation', {
        route: `POST /sheets/{id}/${what}`,
        params: { id },
        body: {
          entries:
            what === 'void'
              ? [ids[who]]
              : [{ volunteerId: ids[who], attendedMinutes: 60, creditedMinutes: 60 }],
          reason,
        },
        token: admin,
      });
  };

const nominates =
  (who: Person, level: Level): Act =>
  ({ ids }) =>
    nominate({ volunteerId: ids[who] }, { level });

type Step = 'notice' | 'objections' | 'objections/1/answer' | 'grant' | 'uphold' | 'withdraw';
const steps: Readonly<Record<Step, object>> = {
  notice: {},
  objections: { body: { text: reason } },
  'objections/1/answer': { body: { upheld: false, answer: reason }, token: otherAdmin },
  grant: {},
  uphold: {},
  withdraw: { body: { reason } },
};
const takes =
  (step: Step, who: Person, level: Level): Act =>
  ({ ids }) =>
    change(starIdOf(ids[who], level), step, steps[step]);

const grants =
  (who: Person, level: Level): Act =>
  async (world) => {
    await nominates(who, level)(world);
    await takes('notice', who, level)(world);
    await takes('grant', who, level)(world);
  };

const on = (world: World, who: Person, route: string, body?: object, token: object = admin) =>
  may('volunteers', {
    ...{ route, params: { id: world.ids[who] }, token: token as never },
    ...(body ? { body } : {}),
  });
const merges: Act = async (world) => {
  const { lei: intoId, wang: fromId } = world.ids;
  await on(world, 'wang', 'POST /volunteers/{id}/merge', { intoId, reason });
  const token = { sub: 'lei', role: 'volunteer' };
  await on(world, 'lei', 'POST /volunteers/{id}/accept-merge', { fromId }, token);
};
const unmerges: Act = (world) => on(world, 'wang', 'POST /volunteers/{id}/unmerge', { reason });
const erases =
  (who: Person): Act =>
  (world) =>
    on(world, who, 'DELETE /volunteers/{id}');

/** An act with what it is called in a counter-example. */
const named = (what: string, of: readonly unknown[], act: Act): readonly [string, Act] => [
  [what, ...of].join(' '),
  act,
];
const person = fc.constantFrom(...people);
const day = fc.constantFrom(...days);
const level = fc.constantFrom(...levels);
const acts: fc.Arbitrary<readonly [string, Act]> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(person, day).map((of) => named('serve', of, serves(...of))) },
  { weight: 4, arbitrary: fc.tuple(person, level).map((of) => named('grant', of, grants(...of))) },
  {
    weight: 4,
    arbitrary: fc
      .tuple(fc.constantFrom(...(Object.keys(steps) as Step[])), person, level)
      .map((of) => named('take', of, takes(...of))),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('void' as const, 'correct' as const), person, day)
      .map((of) => named('change', of, changes(...of))),
  },
  fc.tuple(person, level).map((of) => named('nominate', of, nominates(...of))),
  fc.constant(named('merge', [], merges)),
  fc.constant(named('unmerge', [], unmerges)),
  person.map((who) => named('erase', [who], erases(who))),
  { weight: 2, arbitrary: fc.constant(named('settle', [], settle)) },
  // Some of the events come, the newest first, and again.
  fc.array(fc.nat(60), { maxLength: 8 }).map((some) =>
    named('follow', some, async () => {
      const events = await ledger();
      const come = some.flatMap((at) => events.at(-1 - (at % events.length)) ?? []);
      await follow(keeper, come as readonly DomainEvent[]);
    }),
  ),
);

/** So that nothing is proved of no star. */
const seen = { granted: 0, reviewed: 0, waiting: 0 };

/** Stars that are under way or granted and that nobody looks at, and rest on something that is not so. */
const untrue = async ({ ids }: World): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const who of people)
    for (const of of levels) {
      const star = await aggregate('star').stateNow(starIdOf(ids[who], of));
      if (!star || star.status === 'declined' || star.status === 'withdrawn') continue;
      if (star.review !== null) seen[star.status === 'granted' ? 'reviewed' : 'waiting'] += 1;
      else if (star.status === 'granted') seen.granted += 1;
      if (star.review !== null) continue;
      const volunteer = await aggregate('volunteer').stateNow(star.volunteerId);
      if (volunteer?.status !== 'active') found.push(`${who} ${of} is ${volunteer?.status}`);
      const parted = star.records.filter(
        (id) => !volunteer?.mergedFrom.some((each) => each.id === id && each.awaiting === null),
      );
      if (parted.length > 0) found.push(`${who} ${of} with a record that was parted`);
      for (const entry of star.entries) {
        const sheet = await aggregate('sheet').stateNow(entry.sheetId);
        const now = sheet?.entries.get(recordOf(star, entry));
        if (now?.status !== 'verified' || now.creditedMinutes !== entry.minutes)
          found.push(`${who} ${of} with an entry that is ${now?.status}`);
      }
      const minutes = star.entries.reduce((sum, each) => sum + each.minutes, 0);
      if (minutes < star.terms.hours * 60) found.push(`${who} ${of} without the hours`);
    }
  return found;
};

/** What the public is shown says of each star where it stands. */
const shownAsItIs = async (): Promise<void> => {
  for (const { id, underReview } of (await publicNotice()).body.items) {
    const star = await aggregate('star').stateNow(id);
    expect([star?.status, star?.review !== null]).toEqual(['in-notice', underReview]);
  }
};

test('at rest a star is true, or says that it is under review', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 6, maxLength: 16 }), async (history) => {
      const world = await begin();
      for (const [, act] of history) await act(world);
      await settle();
      await shownAsItIs();
      expect(await untrue(world)).toEqual([]);
    }),
    {
      // What every rule is for is tried in any case, and is counted among the runs.
      numRuns: 14,
      examples: [
        ...[changes('void', 'lei', '2025-10-18'), changes('correct', 'lei', '2025-10-18')],
        ...[erases('lei'), takes('withdraw', 'lei', 1), settle],
      ]
        .map((last) => [
          [
            named('serve', [], serves('lei', '2025-10-18')),
            named('grant', [], grants('lei', 1)),
            named('settle', [], settle),
            named('end', [], last),
          ],
        ])
        .concat([
          [
            [
              named('serve', [], serves('wang', '2025-10-18')),
              named('merge', [], merges),
              named('settle', [], settle),
              named('grant', [], grants('lei', 2)),
              named('settle', [], settle),
              named('unmerge', [], unmerges),
            ],
          ],
          [
            [
              named('serve', [], serves('wang', '2025-10-18')),
              named('grant', [], grants('wang', 1)),
              named('merge', [], merges),
            ],
          ],
          [
            [
              named('serve', [], serves('lei', '2025-10-18')),
              named('nominate', [], nominates('lei', 1)),
              named('settle', [], settle),
              named('void', [], changes('void', 'lei', '2025-10-18')),
            ],
          ],
        ]) as [(readonly [string, Act])[]][],
    },
  );
  expect(seen.granted).toBeGreaterThanOrEqual(1);
  expect(seen.reviewed).toBeGreaterThanOrEqual(4);
  expect(seen.waiting).toBeGreaterThanOrEqual(1);
});

// Random seasons with closes in the middle of them: no figure that was closed changes, nothing is lost.
import '../../support/tables.ts';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, expect, jest, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import type { Entry } from '../../../events/participation.ts';
import { frozen } from '../../../functions/closed/frozen-sources.ts';
import { readClosed } from '../../../functions/closed/read-closed.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { addUp } from '../../../functions/totals/add-up.ts';
import { readSources } from '../../../functions/totals/sources.ts';
import { createRandom, type Random } from '../../lab/random.ts';
import {
  appendAll,
  closeEvents,
  expectSums,
  january,
  order,
  projectAll,
  restateAfter,
  restatements,
  runClose,
} from '../../support/closing.ts';
import { numbers } from '../../support/generations.ts';
import {
  activity,
  entry,
  eventOf,
  idOf,
  place,
  sheetFact,
  sheetIdOf,
  volunteer,
} from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';
import { exportOf, javascript, tamperings, verify } from '../../support/verifying.ts';

afterEach(() => {
  jest.restoreAllMocks();
});

const months = ['2025-04', '2025-05'];
const people = 5;
const activities = 4;

/** A season that goes on: each act is the next event of something. */
const createSeason = (random: Random) => {
  const versions = new Map<string, number>();
  const sheets = new Map<number, Map<string, Entry>>();
  const states = new Map<number, 'published' | 'verified' | 'cancelled'>();
  const merged = new Set<number>();
  let at = january - 90 * 86_400_000;
  const event = (type: string, data: object, id: string): DomainEvent => {
    at += 60_000;
    const version = (versions.get(id) ?? 0) + 1;
    versions.set(id, version);
    return eventOf({ type, data } as never, { id, version, at });
  };
  const placeOf = (n: number) => ({
    ...place,
    activityId: idOf('b', n),
    areaId: `area-${n % 2}`,
    areasAbove: ['town'],
    theme: n < 2 ? 'FREE_CLINIC' : 'LAUNCH',
    serviceDate: `${months[n % 3 === 0 ? 1 : 0]}-12`,
  });
  const person = (n: number, type: string, more: object = {}): DomainEvent => {
    const active = {
      ...volunteer,
      areaId: `area-${n % 2}`,
      status: 'active',
      confirmedOn: '2025-04-02',
    };
    const spells = [{ from: '2025-04-02', until: null }];
    return event(type, { volunteer: { ...active, spells, ...more }, ...more }, idOf('c', n));
  };
  const activityEvent = (
    n: number,
    status: 'published' | 'verified' | 'cancelled',
  ): DomainEvent => {
    states.set(n, status);
    const { areaId, areasAbove, theme, serviceDate } = placeOf(n);
    const dates = { startsOn: serviceDate, endsOn: serviceDate };
    const state = { ...activity, areaId, areasAbove, theme, ...dates, status };
    const types = {
      published: 'ActivityPublished',
      verified: 'ActivityVerified',
      cancelled: 'ActivityCancelled',
    };
    return event(types[status], { activity: state, reason: '停办' }, idOf('b', n));
  };
  const change = (
    n: number,
    lines: readonly Entry[],
    type: 'HoursLogged' | 'HoursVerified' | 'HoursVoided',
  ) => {
    const sheet = sheets.get(n) ?? new Map<string, Entry>();
    sheets.set(n, sheet);
    for (const line of lines) sheet.set(line.volunteerId, line);
    const { type: of, data } = sheetFact(type, lines, { at: placeOf(n), all: [...sheet.values()] });
    return event(of, data, sheetIdOf(placeOf(n)));
  };
  const linesWith = (n: number, status: Entry['status']) =>
    [...(sheets.get(n)?.values() ?? [])].filter((line) => line.status === status);
  const acts: readonly (() => readonly DomainEvent[])[] = [
    () => {
      const n = random.below(activities);
      const known = sheets.get(n) ?? new Map();
      const free = numbers(people).filter((p) => !known.has(idOf('c', p)) && !merged.has(p));
      const lines = free.slice(0, 2).map((p) => ({
        ...entry,
        volunteerId: idOf('c', p),
        creditedMinutes: random.pick([30, 60, 90]),
      }));
      return states.get(n) === 'cancelled' || lines.length === 0
        ? []
        : [change(n, lines, 'HoursLogged')];
    },
    () => {
      const n = random.below(activities);
      const lines = linesWith(n, 'pending').slice(0, 2);
      const verified = lines.map((line) => ({ ...line, status: 'verified' as const }));
      return lines.length === 0 ? [] : [change(n, verified, 'HoursVerified')];
    },
    () => {
      const n = random.below(activities);
      const lines = linesWith(n, 'verified').slice(0, 1);
      const voided = lines.map((line) => ({ ...line, status: 'voided' as const }));
      return lines.length === 0 ? [] : [change(n, voided, 'HoursVoided')];
    },
    () => {
      const n = random.below(activities);
      return states.get(n) === 'published' ? [activityEvent(n, 'verified')] : [];
    },
    () => {
      const n = random.below(activities);
      if (states.get(n) === 'cancelled' || !random.chance(0.3)) return [];
      const lines = [...linesWith(n, 'pending'), ...linesWith(n, 'verified')];
      const voided = lines.map((line) => ({ ...line, status: 'voided' as const }));
      const cancelled = activityEvent(n, 'cancelled');
      return lines.length === 0 ? [cancelled] : [cancelled, change(n, voided, 'HoursVoided')];
    },
    () => {
      const [n, into] = [random.between(1, people - 1), 0];
      if (merged.has(n) || !random.chance(0.5)) return [];
      merged.add(n);
      return [
        person(n, 'VolunteerMerged', {
          ...{
            status: 'merged',
            mergedInto: idOf('c', into),
            intoId: idOf('c', into),
            reason: '同一人',
          },
        }),
      ];
    },
  ];
  return {
    begin: () => [
      ...numbers(people).map((n) => person(n, 'VolunteerConfirmed')),
      ...numbers(activities).map((n) => activityEvent(n, 'published')),
    ],
    next: (): readonly DomainEvent[] => random.pick(acts)(),
    /** From here on events come after the close. */
    later: () => {
      at = Math.max(at, january);
    },
  };
};

const shuffled = <T>(random: Random, all: readonly T[]): readonly T[] =>
  all
    .map((each) => [random.below(1_000_000), each] as const)
    .sort(([a], [b]) => a - b)
    .map(([, each]) => each);

test.each([1, 2, 3, 4])(
  'season %s: closed figures stay, and with all changes are those of now',
  async (seed) => {
    await freshTables();
    const random = createRandom(seed, 'closing');
    const season = createSeason(random);
    const some = (count: number) => numbers(count).flatMap(() => season.next());
    await appendAll([...season.begin(), ...some(25)]);
    await projectAll();
    season.later();
    const since: DomainEvent[] = [];
    const happen = async (events: readonly DomainEvent[]): Promise<void> => {
      since.push(...events);
      await appendAll(events);
      // Delivered in any order, once: what their followers did not restate while the month was being
      // closed, the close has to.
      await restateAfter(shuffled(random, events));
    };
    const snapshots = new Map<string, string>();
    for (const month of months) {
      expect((await order(month)).status).toBe(202);
      await happen(some(2));
      // While the Ledger is read, others append to it.
      const send = dynamodb.send.bind(dynamodb) as (command: object) => Promise<unknown>;
      let scans = 0;
      jest
        .spyOn(dynamodb as unknown as { send: typeof send }, 'send')
        .mockImplementation(async (command) => {
          if (command instanceof ScanCommand) {
            scans += 1;
            if (scans === 4 || scans === 12) await happen(some(2));
          }
          return send(command);
        });
      await runClose(month);
      jest.restoreAllMocks();
      const closed = await readClosed(month);
      snapshots.set(month, `${closed?.root} ${closed && frozen(month, closed.sources)}`);
      await happen(some(4));
    }
    await projectAll();
    for (const month of months) {
      await expectSums(month);
      const exported = await exportOf(month);
      expect(verify(javascript, exported, exported.root).said).toBe(`good ${exported.root}`);
      for (const leaves of tamperings(random, exported.leaves))
        expect(verify(javascript, { ...exported, leaves }, exported.root).status).toBe(1);
    }
    const before = await restatements();
    // Every event comes once more, in any order, some of them twice, and the closes too.
    await restateAfter(shuffled(random, [...since, ...since.slice(0, 5)]));
    for (const month of months) {
      expect((await closeEvents(month)).at(-1)?.type).toBe('MonthClosed');
      await runClose(month);
      const closed = await readClosed(month);
      expect(`${closed?.root} ${closed && frozen(month, closed.sources)}`).toBe(
        snapshots.get(month),
      );
      // Where persons differ, a change says so.
      const cell = { period: month, areaId: null, alone: false, theme: null };
      const [was, is] = [
        closed && addUp(closed.sources, cell),
        addUp(await readSources(cell, null), cell),
      ];
      const says = before.some(
        ({ data }) =>
          data.restatement.closedPeriod === month &&
          data.restatement.changes.some(({ metric }) => metric === 'distinctVolunteers'),
      );
      if (was?.figures.distinctVolunteers !== is.figures.distinctVolunteers)
        expect(says).toBe(true);
    }
    expect((await restatements()).length).toBe(before.length);
  },
);

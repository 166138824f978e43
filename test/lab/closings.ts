import type { SQSEvent } from 'aws-lambda';
import type { DomainEvent } from '../../events/catalogue.ts';
import type { Period } from '../../events/periods.ts';
import { envelopeOf, holdsEvent, type LedgerRow } from '../../functions/ledger/ledger.ts';
import { derivedId } from '../../functions/runtime/ids.ts';
import { eventOf, volunteer } from '../support/samples.ts';
import type { LabCommand } from './commands.ts';
import {
  type Asked,
  achieved,
  anyChange,
  areas,
  change,
  conduct,
  log,
  type Made,
  merge,
  organisations,
  publish,
  register,
  sheet,
} from './histories.ts';
import type { Store } from './memory-store.ts';
import { createRandom, type Random } from './random.ts';
import { closers, projector } from './subscribers.ts';

/** The commands of a run in which somebody closes periods, and the months that are closed before it. */
export interface Closings {
  readonly commands: readonly LabCommand[];
  readonly closedBefore: readonly string[];
}

/** The year that is closed, and its months in which something happens. */
const year = '2025';
const busy = ['2025-03', '2025-04', '2025-12'];
const allMonths = Array.from(
  { length: 12 },
  (_, at) => `${year}-${String(at + 1).padStart(2, '0')}`,
);

/** Registered long before the run, so that no event of theirs is later than a close by mistake. */
const longAgo = [1, 2, 3].map((n) => derivedId('volunteer', `long ago ${n}`));

/** The events of the Ledger with which a run with closes begins. */
export const registeredLongAgo = longAgo.map((id, at) => {
  const registeredOn = `2025-0${at + 1}-05`;
  const spells = [{ from: registeredOn, until: null }];
  const areaId = areas[at] ?? '';
  return eventOf(
    {
      type: 'VolunteerRegistered',
      data: {
        volunteer: { ...volunteer, areaId, registeredOn, confirmedOn: registeredOn, spells },
      },
    },
    { id, at: Date.parse(`${registeredOn}T04:00:00Z`) },
  );
});

/** The end of the year in Shanghai. */
const yearsEnd = Date.parse(`${year}-12-31T16:00:00Z`);
const betweenMs = 15_000;
/** A close that was ordered before is taken for failed after this time. */
const longMs = 21 * 60_000;

/**
 * The times of commands, which cross the end of the year at one of the first commands. An event is
 * appended within a quarter of an hour of its time, as the product assumes. In some runs a long time passes
 * once, after which a close may be ordered again.
 */
const clockOf = (random: Random, isOver: boolean): ((index: number) => number) => {
  const turn = isOver ? 0 : random.pick([0, 0, random.below(12)]);
  const jump = random.chance(0.3) ? turn + random.between(4, 14) : Number.POSITIVE_INFINITY;
  return (index) => yearsEnd + (index - turn) * betweenMs + (index >= jump ? longMs : 0);
};

type Way = (random: Random, made: Made, key: string) => Asked;

/** What leads an activity to its verified outcome, and then anything. */
const outcome = (): Way => {
  const steps = new Map<string, number>();
  return (random, made) => {
    const { id } = random.pick(made.activities);
    const step = steps.get(id) ?? 0;
    steps.set(id, step + 1);
    if (step === 0) return { name: 'completeActivity', id, body: achieved(random) };
    return step === 1 ? { name: 'verifyActivity', id, body: {} } : conduct(random, made);
  };
};

const leave: Way = (random, { volunteers }) => {
  const id = random.pick(volunteers);
  return random.chance(0.6)
    ? { name: 'eraseVolunteer', id, body: {} }
    : { name: 'deactivateVolunteer', id, body: { reason: '迁出' } };
};

const teams = (): Way => {
  const formed: string[] = [];
  return (random, _, key) => {
    const id = random.chance(0.4) ? formed.pop() : undefined;
    if (id !== undefined) return { name: 'dissolveTeam', id, body: { reason: '合并' } };
    formed.push(derivedId('team', key));
    const team = { name: '义诊队', specialty: 'medical', leaderId: null, joining: 'open' };
    return {
      name: 'formTeam',
      body: { ...team, areaId: random.pick(areas), organisationId: organisations[0] },
    };
  };
};

/**
 * Orders among the commands: of months, often twice, with or without what is open; of the year in some
 * runs, once its months were ordered.
 */
const ordersOf = (random: Random, isYear: boolean, wanted: readonly string[]) => {
  const first = [...wanted];
  let last: string | undefined;
  const next = ({ activities }: Made): string | undefined => {
    if (first.length > 0) return random.chance(0.6) ? first.shift() : undefined;
    if (!random.chance(0.2)) return undefined;
    if (isYear) return year;
    const dated = activities.map(({ startsOn }) => startsOn.slice(0, 7));
    return random.pick([...dated, random.pick(busy)]);
  };
  return (made: Made): Asked | undefined => {
    last = last && random.chance(0.3) ? last : next(made);
    if (last === undefined) return undefined;
    if (last === year) return { name: 'closeYear', params: { year }, body: {} };
    const body = { acceptOpen: isYear || random.chance(0.65) };
    return { name: 'closeMonth', params: { month: last }, body };
  };
};

/**
 * The plan of a run with closes: a few activities and people, sheets of whom some are verified, and then
 * orders of closes between commands that change figures of the months.
 */
export const randomClosings = (seed: number): Closings => {
  const random = createRandom(seed, 'closings');
  const made: Made = {
    ...{ last: '', activities: [], entries: [], merged: [] },
    volunteers: [...longAgo],
  };
  const isYear = random.chance(0.3);
  const wanted = isYear && random.chance(0.5) ? busy : [];
  const closedBefore = isYear
    ? allMonths.filter((month) => !wanted.includes(month))
    : busy.filter(() => random.chance(0.1));
  const at = clockOf(random, closedBefore.includes('2025-12'));
  const orders = ordersOf(random, isYear, wanted);
  const [conducted, team] = [outcome(), teams()];
  const ways: readonly (readonly [number, Way])[] = [
    [0.2, (random, made) => log(random, made)],
    [0.55, anyChange],
    [0.65, merge],
    [0.85, conducted],
    [0.9, leave],
    [0.94, team],
    [0.98, register],
  ];
  const roll: Way = (random, made) => log(random, made, random.between(2, 3));
  const begin: readonly Way[] = [
    ...[publish, roll],
    ...(random.chance(0.5) ? [conducted, conducted] : []),
    ...(random.chance(0.7) ? [(random: Random, made: Made) => sheet(random, made, 1)] : []),
    ...(random.chance(0.3) ? [publish, roll] : []),
  ];
  const next = (index: number, key: string): Asked => {
    const first = begin[index];
    if (first) return first(random, made, key);
    const order = orders(made);
    if (order) return order;
    if (random.chance(0.15)) {
      const waiting = made.entries.find(({ status }) => status === 'pending');
      if (waiting) return change(random, made, waiting, 'verify');
    }
    const chance = random.next();
    const found = ways.find(([below]) => chance < below);
    return found ? found[1](random, made, key) : publish(random, made, key);
  };
  const [least, most] = random.pick([[8, 12] as const, [8, 16] as const, [12, 26] as const]);
  const commands = Array.from({ length: random.between(least, most) }, (_, index): LabCommand => {
    const key = `k${index}`;
    const asked = next(index, key);
    // At once, at any moment of a close, and after all that followed from it.
    const pause =
      index < begin.length
        ? index * 4
        : asked.name === 'closeYear'
          ? random.pick([300, 2000, 40_000])
          : random.pick([0, 0, 20, 60, 150, 400]);
    return { key, at: at(index), again: random.chance(0.15), pause, ...asked };
  });
  return { commands, closedBefore };
};

const delivered = (detail: object): SQSEvent =>
  ({ Records: [{ messageId: 'm', body: JSON.stringify({ detail }) }] }) as SQSEvent;

/**
 * Closes months before the run: the function that closes gets the order of each, reads the Ledger and
 * stores, without faults. Then the projector takes in all that there is so far.
 */
export const closeBefore = async (store: Store, months: readonly string[]): Promise<void> => {
  const [closer] = closers;
  for (const month of months) {
    const startedAt = new Date(yearsEnd).toISOString();
    const period: Period = {
      ...{ period: month, status: 'closing', acceptOpen: true, startedAt, closedBy: 'admin' },
      ...{ open: null, closed: null },
    };
    const fact = { type: 'MonthCloseStarted', data: { period } } as const;
    const started = eventOf<'MonthCloseStarted'>(fact, { id: month, at: yearsEnd });
    const { aggregate, ...event } = started;
    const Item = { pk: `period#${month}`, version: 1, event };
    store.execute({ name: 'Put', input: { TableName: 'ledger', Item } });
    await closer?.handler(delivered(started));
  }
  const rows = store.all('ledger').filter(holdsEvent) as unknown as readonly LedgerRow[];
  for (const row of rows) {
    const event = envelopeOf(row) as unknown as DomainEvent;
    if (/^(period|volunteer)$/.test(event.aggregate.type))
      await projector.handler(delivered(event));
  }
};

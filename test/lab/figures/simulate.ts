import '../environment.ts';
import { apply } from '../../../functions/figures/apply.ts';
import type { Projected } from '../../../functions/figures/projected.ts';
import { standardLimits } from '../../../functions/figures/store.ts';
import { createStore } from '../memory-store.ts';
import { createRandom, type Random } from '../random.ts';
import { schemasOf } from '../store-shapes.ts';
import { installFaulty, installPlain, invoked } from './faulty.ts';
import { fold } from './fold.ts';
import { follow } from './follow.ts';
import { play } from './history.ts';
import { schedules } from './schedules.ts';
import { differences, shownBy, wrongRows, wrongYears } from './shown.ts';

/** Time passes without waiting: a pause lets others go first. */
const withoutWaiting = (random: Random): void => {
  Math.random = random.next;
  globalThis.setTimeout = ((work: () => void) => {
    let left = random.between(1, 60);
    const turn = (): void => {
      left -= 1;
      if (left > 0) queueMicrotask(turn);
      else work();
    };
    queueMicrotask(turn);
  }) as unknown as typeof globalThis.setTimeout;
};

/** The order of delivery: late, early, twice. */
const deliveriesOf = (
  events: readonly Projected[],
  random: Random,
  small: boolean,
): Projected[] => {
  const spread = small ? 200 : random.pick([1, 5, 60]);
  const once = events.map((event, at) => ({ event, at: at + random.next() * spread }));
  const twice = once.flatMap((each) =>
    random.chance(0.3) ? [{ ...each, at: each.at + random.next() * 40 }] : [],
  );
  return [...once, ...twice].sort((a, b) => a.at - b.at).map(({ event }) => event);
};

/** Transactions so small that counting a group anew often needs several: one entry and all records fit. */
const smallTransactions = (records: number) => ({
  actions: 2 * records + 11,
  entriesOfPerson: 1,
  entriesOfGroup: 1,
});

export interface Outcome {
  readonly events: number;
  readonly faults: number;
  readonly wrong: readonly string[];
}

const faultyRounds = 60;
const allRounds = 120;
const projectors = 3;

/** Plays one seed: a history, delivered to three projectors under faults, against an independent fold. */
export const simulate = async (seed: number): Promise<Outcome> => {
  const random = createRandom(seed, 'figures');
  withoutWaiting(random);
  const size = random.pick(['pair', 'few', 'few', 'many', 'many'] as const);
  const small = size !== 'many';
  const district = play(random, size);
  const store = createStore(schemasOf('ledger', 'views'));
  const engine = installFaulty(store, random);
  const limits = {
    ...standardLimits,
    ...random.pick([{}, smallTransactions(district.people.size)]),
    pageBytes: random.pick([1, 300, standardLimits.pageBytes]),
    pages: random.pick([1, 2, 4, 8]),
    plannedActions: random.pick([12, 30]),
  };
  const waiting = deliveriesOf(district.events, random, small);
  let last = '';
  const deliver = async (): Promise<void> => {
    const batch = waiting.splice(0, small ? random.between(1, 3) : random.between(1, 10));
    if (batch.length === 0) return;
    const failures = await invoked(() => apply(batch, 1, limits));
    waiting.push(...(failures?.map(({ projected }) => projected) ?? batch));
    last = failures?.[0]?.error.stack ?? last;
  };
  for (let round = 0; waiting.length > 0 && round < allRounds; round += 1) {
    if (round === faultyRounds) engine.end();
    await Promise.all(Array.from({ length: projectors }, deliver));
  }
  const views = store.all('views');
  const { figures, broken } = shownBy(views);
  return {
    events: district.events.length,
    faults: engine.faults(),
    wrong: [
      ...(waiting.length > 0 ? [`${waiting.length} events never taken in: ${last}`] : []),
      ...broken,
      ...differences(figures, fold(district)),
      ...wrongYears(views, district),
      ...wrongRows(views, district.events),
    ],
  };
};

/** Follows all schedules in memory. @returns what is wrong */
export const followAll = async (): Promise<readonly string[]> => {
  const wrong: string[] = [];
  for (const [name, schedule] of Object.entries(schedules)) {
    const store = createStore(schemasOf('ledger', 'views'));
    withoutWaiting(createRandom(1, name));
    installPlain(store);
    const found = await follow(schedule, async () => store.all('views')).catch((error) => [
      String(error.stack),
    ]);
    if (found.length > 0) wrong.push(`${name}:\n  ${found.slice(0, 4).join('\n  ')}`);
  }
  return wrong;
};

import { crc32 } from 'node:zlib';
import { type Key, keyName } from '../figures/layout.ts';
import { readLineOrder } from '../figures/line-order.ts';
import { type Action, createStore, standardLimits } from '../figures/store.ts';
import { allOf } from '../runtime/batches.ts';
import type { ActivityFact, PersonFact, SheetFact, TeamFact } from './facts.ts';
import { type HeldFact, itemsOfActivities } from './items-of-activities.ts';
import { type Groups, groupsOf, itemsOfPeople } from './items-of-people.ts';
import { itemsOfYear } from './items-of-year.ts';
import type { Made } from './made.ts';
import {
  actionsOfStep,
  advance,
  bytesOfStep,
  type Progress,
  readProgress,
  type Step,
  type Work,
} from './progress.ts';
import { activities, deleteWaiting, people, readWaiting, type Waiting } from './staged.ts';

/** The number of parts in which the items of a task are put, in parallel. */
const parts = 8;

interface Ordered {
  /** Orders all actions. It starts with a checksum, so that writes spread over partitions. */
  readonly place: string;
  readonly action: () => Action;
}

const placeOf = (key: Key, kind: string): string => {
  const id = `${keyName(key)}|${kind}`;
  return `${crc32(id).toString(16).padStart(8, '0')}|${id}`;
};

/** The part that an action belongs to. */
const shareOf = (place: string): number =>
  Math.floor((Number.parseInt(place, 16) * parts) / 2 ** 32);

/** All actions of a task, in order, by part. */
const plan = (generation: number, { items, additions }: Made): readonly (readonly Ordered[])[] => {
  const store = createStore(generation);
  const planned: Ordered[][] = Array.from({ length: parts }, () => []);
  const take = (place: string, action: () => Action): void => {
    planned[shareOf(place)]?.push({ place, action });
  };
  for (const { key, make } of items) take(placeOf(key, 'put'), () => store.putAnyway(make()));
  const keys = additions.all().map(({ key }) => key);
  for (const [at, action] of store.add(additions).entries())
    take(placeOf(keys[at] as Key, 'add'), () => action);
  for (const part of planned) part.sort((a, b) => (a.place < b.place ? -1 : 1));
  return planned;
};

const bytesOf = ({ Put }: Action): number => (Put ? JSON.stringify(Put.Item).length : 1000);

/** The remaining steps after a place, as long as there is time. */
function* stepsAfter(
  after: string,
  planned: readonly Ordered[],
  hasTime: () => boolean,
): Generator<Step<string>> {
  let actions: Action[] = [];
  let bytes = 0;
  let last = after;
  for (const { place, action } of planned) {
    if (place <= after) continue;
    const made = action();
    const own = bytesOf(made);
    if (actions.length === actionsOfStep || (actions.length > 0 && bytes + own > bytesOfStep)) {
      yield { actions, after: last, done: false };
      if (!hasTime()) return;
      [actions, bytes] = [[], 0];
    }
    actions.push(made);
    bytes += own;
    last = place;
  }
  yield { actions, after: last || null, done: true };
}

const putPart = async (
  work: Work,
  begun: Progress<string>,
  planned: readonly Ordered[],
  hasTime: () => boolean,
): Promise<Progress<string>> => {
  let progress = begun;
  while (!progress.done && hasTime())
    progress = await advance(work, progress, stepsAfter(progress.after ?? '', planned, hasTime));
  return progress;
};

const ofKind = <Kind extends Waiting['of']>(
  facts: readonly Waiting[],
  kind: Kind,
): readonly Extract<Waiting, { readonly of: Kind }>[] =>
  facts.filter((fact): fact is Extract<Waiting, { readonly of: Kind }> => fact.of === kind);

/** What the facts of a task come to. */
const makeOf = async (
  generation: number,
  task: string,
  groups: () => Promise<Groups>,
): Promise<Made> => {
  const facts = await readWaiting(generation, task);
  if (task === people) {
    const persons: readonly PersonFact[] = ofKind(facts, 'person');
    const teams: readonly TeamFact[] = ofKind(facts, 'team');
    return itemsOfPeople(persons, teams, await readLineOrder());
  }
  if (task === activities) {
    const all: readonly ActivityFact[] = ofKind(facts, 'activity');
    const held: readonly HeldFact[] = ofKind(facts, 'held');
    return itemsOfActivities(all, held, standardLimits);
  }
  const sheets: readonly SheetFact[] = ofKind(facts, 'sheet');
  return itemsOfYear(task, sheets, await groups(), await readLineOrder(), standardLimits);
};

const makeTask = async (
  generation: number,
  task: string,
  groups: () => Promise<Groups>,
  hasTime: () => boolean,
): Promise<readonly Progress<string>[]> => {
  const begun = await allOf(
    Array.from({ length: parts }, async (_, part) => {
      const work: Work = { generation, task, part };
      return { work, progress: await readProgress<string>(work) };
    }),
  );
  if (begun.every(({ progress }) => progress.done) || !hasTime())
    return begun.map(({ progress }) => progress);
  const planned = plan(generation, await makeOf(generation, task, groups));
  return allOf(
    begun.map(({ work, progress }) => putPart(work, progress, planned[work.part] ?? [], hasTime)),
  );
};

/**
 * Puts the items that the loaded facts come to: those of people, of activities, and of each year, one
 * task after the other, so that only one year is in memory. Call it after all facts are loaded and
 * before the projector writes to the generation. The facts are fixed then, so every run makes the
 * same, and several runs may share the steps of a part. When all is put the facts are deleted.
 *
 * @param years of which sheets were loaded
 */
export const makeItems = async (
  generation: number,
  years: readonly string[],
  hasTime: () => boolean,
): Promise<readonly Progress<string>[]> => {
  let known: Promise<Groups> | undefined;
  const groups = (): Promise<Groups> => {
    known ??= readWaiting(generation, people).then((facts) => groupsOf(ofKind(facts, 'person')));
    return known;
  };
  const tasks = [people, activities, ...years];
  const made: (readonly Progress<string>[])[] = [];
  for (const task of tasks) made.push(await makeTask(generation, task, groups, hasTime));
  const all = made.flat();
  if (all.every(({ done }) => done))
    for (const task of tasks) await deleteWaiting(generation, task);
  return all;
};

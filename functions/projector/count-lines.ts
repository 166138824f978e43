import { crc32 } from 'node:zlib';
import { dimensionsOf } from '../figures/line-key.ts';
import { type Item, presenceItem, totalsItem } from '../figures/stored-items.ts';
import { createTally } from '../figures/tally.ts';
import type { TotalsKey } from '../figures/totals.ts';
import { allOf } from '../runtime/batches.ts';
import { inGeneration } from '../views/generations.ts';
import type { Contribution } from '../views/projection.ts';
import {
  advance,
  type Progress,
  portionsOf,
  readProgress,
  type Step,
  type Work,
} from './progress.ts';
import { scanViews } from './scan-views.ts';

/** What is counted is put in parts side by side. */
const parts = 8;

interface Counted {
  /** Where the item comes in the order of all: by chance, so that no partition is hot. */
  readonly place: string;
  readonly item: () => Item;
}

const placeOf = ({ pk, sk }: TotalsKey): string => {
  const id = `${pk}|${sk}`;
  return `${crc32(id).toString(16).padStart(8, '0')}|${id}`;
};

/** The part an item is in. */
const shareOf = (place: string): number =>
  Math.floor((Number.parseInt(place, 16) * parts) / 2 ** 32);

/** The totals and presences that the lines of a generation make, in order, by part. */
const count = async (generation: number): Promise<readonly (readonly Counted[])[]> => {
  const tally = createTally();
  await scanViews(
    {
      FilterExpression: 'begins_with(pk, :generation) AND attribute_exists(contribution)',
      ExpressionAttributeValues: { ':generation': inGeneration(generation, '') },
    },
    (line) =>
      tally.add(
        { ...dimensionsOf(line), ...(line.contribution as Contribution) },
        String(line.recordedAt),
      ),
  );
  const { presences, totals } = tally.result();
  const counted: Counted[][] = Array.from({ length: parts }, () => []);
  const take = (key: TotalsKey, item: () => Item): void => {
    const place = placeOf(key);
    counted[shareOf(place)]?.push({ place, item });
  };
  for (const presence of presences) take(presence, () => presenceItem(presence));
  for (const delta of totals) take(delta, () => totalsItem(delta));
  for (const part of counted) part.sort((a, b) => (a.place < b.place ? -1 : 1));
  return counted;
};

/** The steps that are left after a place, as long as there is time. */
function* stepsAfter(
  after: string,
  counted: readonly Counted[],
  hasTime: () => boolean,
): Generator<Step<string>> {
  const portions = portionsOf(counted.filter(({ place }) => place > after));
  for (const [at, portion] of portions.entries()) {
    if (at > 0 && !hasTime()) return;
    yield {
      items: portion.map(({ item }) => item()),
      after: portion.at(-1)?.place ?? null,
      done: at === portions.length - 1,
    };
  }
}

const putPart = async (
  work: Work,
  begun: Progress<string>,
  counted: readonly Counted[],
  hasTime: () => boolean,
): Promise<Progress<string>> => {
  let progress = begun;
  while (!progress.done && hasTime())
    progress = await advance(work, progress, stepsAfter(progress.after ?? '', counted, hasTime));
  return progress;
};

/**
 * Puts the totals and presences that the lines make. To be called when all lines are loaded and
 * before the projector writes here: whoever counts then comes to the same, whenever they do, so a
 * part may be put by several, each some steps of it.
 */
export const countLines = async (
  generation: number,
  hasTime: () => boolean,
): Promise<readonly Progress<string>[]> => {
  const begun = await allOf(
    Array.from({ length: parts }, async (_, part) => {
      const work: Work = { generation, task: 'count', part };
      return { work, progress: await readProgress<string>(work) };
    }),
  );
  if (begun.every(({ progress }) => progress.done) || !hasTime())
    return begun.map(({ progress }) => progress);
  const counted = await count(generation);
  return allOf(
    begun.map(({ work, progress }) => putPart(work, progress, counted[work.part] ?? [], hasTime)),
  );
};

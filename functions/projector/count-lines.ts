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

/** The number of parts in which counted items are put, in parallel. */
const parts = 8;

interface Counted {
  /** Orders all items. It starts with a checksum, so that writes spread over partitions. */
  readonly place: string;
  readonly item: () => Item;
}

const placeOf = ({ pk, sk }: TotalsKey): string => {
  const id = `${pk}|${sk}`;
  return `${crc32(id).toString(16).padStart(8, '0')}|${id}`;
};

/** The part that an item belongs to. */
const shareOf = (place: string): number =>
  Math.floor((Number.parseInt(place, 16) * parts) / 2 ** 32);

/** The totals and presences computed from the lines of a generation, in order, by part. */
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

/** The remaining steps after a place, as long as there is time. */
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
 * Puts the totals and presences computed from the lines. Call it after all lines are loaded and
 * before the projector writes to the generation. The lines are fixed then, so every run counts the
 * same, and several runs may share the steps of a part.
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

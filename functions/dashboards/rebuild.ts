import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { pointerKey, readGenerations } from '../shared/generations.ts';
import { viewsTable } from '../shared/settings.ts';
import { apply, newestOfEach, type Projected, slicesOf } from './engine.ts';
import { projectEvent } from './project-event.ts';
import { type Difference, reconcile } from './reconcile.ts';
import { type ScanKey, scanLedger } from './scan-ledger.ts';

/** The Ledger is read in parts: a page of each at once, and an interruption costs these pages. */
const segments = 8;

/** Transactions on their way at once. */
const lanes = 4;

interface Segment {
  readonly from: ScanKey | null;
  readonly done: boolean;
  /** Rows of the Ledger taken in. */
  readonly events: number;
}

export interface RebuildReport {
  /** `building`: call again. `switched`: the new generation is read. `drift`: it was not. */
  readonly state: 'building' | 'switched' | 'drift';
  readonly generation: number;
  readonly segmentsDone: number;
  readonly segments: number;
  readonly events: number;
  readonly drift: readonly Difference[];
}

const segmentKey = (generation: number, segment: number) => ({
  pk: pointerKey.pk,
  sk: `${generation}#${segment}`,
});

const readSegment = async (generation: number, segment: number): Promise<Segment> => {
  const { Item } = await dynamodb.send(
    new GetCommand({
      TableName: viewsTable(),
      Key: segmentKey(generation, segment),
      ConsistentRead: true,
    }),
  );
  return (Item as Segment | undefined) ?? { from: null, done: false, events: 0 };
};

/**
 * Begins a generation, or goes on with the one that is being built. From here on the projector
 * takes every event into both; whatever was appended before is found in the Ledger.
 */
const begin = async (restart: boolean): Promise<number> => {
  const { building } = await readGenerations();
  if (building !== null && !restart) return building;
  try {
    const { Attributes } = await dynamodb.send(
      new UpdateCommand({
        TableName: viewsTable(),
        Key: pointerKey,
        UpdateExpression:
          'SET live = if_not_exists(live, :one), building = if_not_exists(newest, :one) + :one, newest = if_not_exists(newest, :one) + :one',
        ConditionExpression:
          building === null ? 'attribute_not_exists(building)' : 'building = :building',
        ExpressionAttributeValues: {
          ':one': 1,
          ...(building === null ? {} : { ':building': building }),
        },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return Attributes?.building as number;
  } catch (error) {
    // Somebody else began at the same moment: there is one builder's work, and both do it.
    if ((error as Error).name === 'ConditionalCheckFailedException') return begin(false);
    throw error;
  }
};

/** Reads on from now until the new generation is read; the old one stays as it was. */
const switchTo = async (generation: number): Promise<void> => {
  await dynamodb.send(
    new UpdateCommand({
      TableName: viewsTable(),
      Key: pointerKey,
      UpdateExpression: 'SET live = :generation REMOVE building',
      ConditionExpression: 'building = :generation',
      ExpressionAttributeValues: { ':generation': generation },
    }),
  );
};

const writeSegment = (generation: number, segment: number, state: Segment): Promise<unknown> =>
  dynamodb.send(
    new PutCommand({
      TableName: viewsTable(),
      Item: { ...segmentKey(generation, segment), ...state },
    }),
  );

/** Waits for all of them, and then fails with the first that failed: none goes on by itself. */
const allOf = async <T>(running: readonly Promise<T>[]): Promise<readonly T[]> => {
  const settled = await Promise.allSettled(running);
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
};

/**
 * What may be written side by side. Entries in lanes, an area in one: two transactions at once
 * would meet on its totals and on its people. The rest alone and before them: partners are in
 * activities of every area, and all of these would meet on the same few items.
 */
const stepsOf = (all: readonly Projected[]): readonly (readonly (readonly Projected[])[])[] => {
  const isEntry = ({ event }: Projected) => event.aggregate.type === 'hours';
  const areaOf = ({ projection: { contribution } }: Projected) => contribution?.areaId ?? '';
  const entries = all.filter(isEntry);
  const areas = [...new Set(entries.map(areaOf))].sort();
  const laneOf = new Map(areas.map((area, at) => [area, at % lanes]));
  return [
    [all.filter((projected) => !isEntry(projected))],
    Array.from({ length: lanes }, (_, lane) =>
      entries.filter((projected) => laneOf.get(areaOf(projected)) === lane),
    ),
  ];
};

/**
 * Takes events into a generation by the very transactions of the projector, which writes there
 * too. An event that it was faster with, or that an interrupted run took in, is old.
 */
const takeIn = async (newest: readonly Projected[], generation: number): Promise<void> => {
  for (const step of stepsOf(newest))
    await allOf(
      step.map(async (lane) => {
        for (const slice of slicesOf(lane)) await apply(slice, generation);
      }),
    );
};

/** A page of each segment at once: read, taken in, and only then noted as done. */
const buildPages = async (
  generation: number,
  states: readonly Segment[],
  hasTime: () => boolean,
): Promise<readonly Segment[]> => {
  const pages = await allOf(
    states.map(async ({ done, from }, segment) =>
      done || !hasTime() ? undefined : scanLedger(segment, segments, from ?? undefined),
    ),
  );
  const events = pages.flatMap((page) => page?.events ?? []);
  await takeIn(newestOfEach(events.flatMap((event) => projectEvent(event) ?? [])), generation);
  return allOf(
    states.map(async (state, segment) => {
      const page = pages[segment];
      if (!page) return state;
      const { events: taken, next } = page;
      const now = { from: next ?? null, done: !next, events: state.events + taken.length };
      await writeSegment(generation, segment, now);
      return now;
    }),
  );
};

/**
 * Makes all Views anew from the Ledger, beside those that are read, and switches to them when every
 * total is what the Ledger says. Safe to interrupt, to call again, and to run twice at once.
 *
 * @param hasTime asked before pages are read; when it says no, the report says `building`
 * @param restart abandon what was begun, and begin a new generation
 */
export const rebuild = async (
  hasTime: () => boolean,
  { restart = false, waitMs }: { restart?: boolean; waitMs?: number } = {},
): Promise<RebuildReport> => {
  const generation = await begin(restart);
  let states = await allOf(
    Array.from({ length: segments }, (_, segment) => readSegment(generation, segment)),
  );
  while (states.some(({ done }) => !done) && hasTime())
    states = await buildPages(generation, states, hasTime);
  const report = {
    generation,
    segmentsDone: states.filter(({ done }) => done).length,
    segments,
    events: states.reduce((sum, { events }) => sum + events, 0),
  };
  if (report.segmentsDone < segments || !hasTime())
    return { ...report, state: 'building', drift: [] };
  const drift = await reconcile(generation, waitMs);
  if (drift.length > 0) return { ...report, state: 'drift', drift };
  await switchTo(generation);
  return { ...report, state: 'switched', drift: [] };
};

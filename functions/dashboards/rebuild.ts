import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../shared/dynamodb.ts';
import { pointerKey, readGenerations } from '../shared/generations.ts';
import { viewsTable } from '../shared/settings.ts';
import { apply, newestOfEach, sliceSize } from './engine.ts';
import { projectEvent } from './project-event.ts';
import { type Difference, reconcile } from './reconcile.ts';
import { type ScanKey, scanLedger } from './scan-ledger.ts';

/** The Ledger is read in parts, so that an interruption costs a part of a part. */
const segments = 8;

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

const buildSegment = async (
  generation: number,
  segment: number,
  hasTime: () => boolean,
): Promise<Segment> => {
  let state = await readSegment(generation, segment);
  while (!state.done && hasTime()) {
    const { events, next } = await scanLedger(segment, segments, state.from ?? undefined);
    // An event that the projector was faster with, or that an interrupted run took in, is old.
    const newest = newestOfEach(events.flatMap((event) => projectEvent(event) ?? []));
    for (let at = 0; at < newest.length; at += sliceSize)
      await apply(newest.slice(at, at + sliceSize), generation);
    state = { from: next ?? null, done: !next, events: state.events + events.length };
    await dynamodb.send(
      new PutCommand({
        TableName: viewsTable(),
        Item: { ...segmentKey(generation, segment), ...state },
      }),
    );
  }
  return state;
};

/**
 * Makes all Views anew from the Ledger, beside those that are read, and switches to them when every
 * total is what the Ledger says. Safe to interrupt, to call again, and to run twice at once.
 *
 * @param hasTime asked before each page; when it says no, the report says `building`
 * @param restart abandon what was begun, and begin a new generation
 */
export const rebuild = async (
  hasTime: () => boolean,
  { restart = false, waitMs }: { restart?: boolean; waitMs?: number } = {},
): Promise<RebuildReport> => {
  const generation = await begin(restart);
  const states: Segment[] = [];
  for (let segment = 0; segment < segments; segment += 1)
    states.push(await buildSegment(generation, segment, hasTime));
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

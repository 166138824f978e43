import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { pointerKey } from '../views/generations.ts';
import { compareStreams } from './compare-streams.ts';
import type { Difference } from './compare-year.ts';
import type { Stream } from './facts.ts';
import { lasting } from './lasting.ts';
import { parts, type ScanKey, scanStreams } from './scan-ledger.ts';

/** Where the comparison with the Ledger goes on: it reads one part after the other, in a circle. */
export interface Place {
  readonly part: number;
  readonly after: ScanKey | null;
}
export const beginning: Place = { part: 0, after: null };

/** How far the nights have come. */
export interface Circle {
  readonly place: Place;
  /** The year that was compared last, beside the present one; empty before the first. */
  readonly year: string;
  /** Rows and nights since the beginning of the Ledger. */
  readonly rows: number;
  readonly nights: number;
  /** Nights that the last full circle took; 0 before the end of the first. */
  readonly lastNights: number;
}

const circleKey = { pk: pointerKey.pk, sk: 'circle' };

export const readCircle = async (): Promise<Circle> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: viewsTable(), Key: circleKey, ConsistentRead: true }),
  );
  return (
    (Item?.circle as Circle | undefined) ?? {
      place: beginning,
      year: '',
      rows: 0,
      nights: 0,
      lastNights: 0,
    }
  );
};

export const keepCircle = async (circle: Circle): Promise<void> => {
  await dynamodb.send(new PutCommand({ TableName: viewsTable(), Item: { ...circleKey, circle } }));
};

interface Compared {
  readonly differences: readonly Difference[];
  readonly rows: number;
  /** Where to go on; undefined at the end of the Ledger. */
  readonly next: Place | undefined;
}

const compareOnce = async (
  generation: number,
  { part, after }: Place,
  take: (streams: readonly Stream[]) => Promise<readonly Difference[]>,
): Promise<Compared> => {
  const { streams, next, rows } = await scanStreams(part, after ?? undefined);
  const differences = [...(await compareStreams(generation, streams)), ...(await take(streams))];
  if (next) return { differences, rows, next: { part, after: next } };
  return {
    differences,
    rows,
    next: part + 1 < parts ? { part: part + 1, after: null } : undefined,
  };
};

/**
 * Compares streams of the Ledger with a generation, from a place on, until a number of rows is read or
 * the Ledger ends. Only what differs is looked at again after a wait.
 * @param take looks for more in the same streams
 */
export const compareLedger = async (
  generation: number,
  from: Place,
  budget: number,
  waitMs: number,
  take: (streams: readonly Stream[]) => Promise<readonly Difference[]> = async () => [],
): Promise<Compared> => {
  const differences: Difference[] = [];
  let rows = 0;
  let place: Place | undefined = from;
  while (place && rows < budget) {
    const here: Place = place;
    const first = await compareOnce(generation, here, take);
    rows += first.rows;
    place = first.next;
    if (first.differences.length === 0) continue;
    let looked: readonly Difference[] | undefined = first.differences;
    differences.push(
      ...(await lasting(async () => {
        const known = looked;
        looked = undefined;
        return known ?? (await compareOnce(generation, here, take)).differences;
      }, waitMs)),
    );
  }
  return { differences, rows, next: place };
};

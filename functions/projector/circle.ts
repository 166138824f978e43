import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { pointerKey } from '../views/generations.ts';
import { checkPeople, checkStreams } from './check-laws.ts';
import { compareStreams } from './compare-streams.ts';
import type { Difference } from './compare-year.ts';
import { newestOf } from './facts.ts';
import { lasting } from './lasting.ts';
import { registeredBy } from './laws.ts';
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
  /** Keys of waiting rows that these streams registered. */
  readonly registered: readonly string[];
  /** Where to go on; undefined at the end of the Ledger. */
  readonly next: Place | undefined;
}

const compareOnce = async (generation: number, { part, after }: Place): Promise<Compared> => {
  const { streams, next, rows } = await scanStreams(part, after ?? undefined);
  const differences = [
    ...(await compareStreams(generation, streams)),
    ...(await checkStreams(generation, streams)),
  ];
  const registered = streams.flatMap((stream) => registeredBy(newestOf(stream).event));
  const here = { differences, rows, registered };
  if (next) return { ...here, next: { part, after: next } };
  return { ...here, next: part + 1 < parts ? { part: part + 1, after: null } : undefined };
};

/** What lasts of the differences that were found at a place. */
const lastingAt = (
  generation: number,
  place: Place,
  found: readonly Difference[],
  waitMs: number,
): Promise<readonly Difference[]> => {
  let looks = 0;
  return lasting(async () => {
    looks += 1;
    return looks === 1 ? found : (await compareOnce(generation, place)).differences;
  }, waitMs);
};

/**
 * Compares streams of the Ledger with a generation and checks the laws, from a place on, until a number
 * of rows is read or the Ledger ends; then the items of People. Only what differs is looked at again
 * after a wait.
 */
export const compareLedger = async (
  generation: number,
  from: Place,
  budget: number,
  waitMs: number,
): Promise<Omit<Compared, 'registered'>> => {
  const differences: Difference[] = [];
  const registered = new Set<string>();
  let rows = 0;
  let place: Place | undefined = from;
  while (place && rows < budget) {
    const found: Compared = await compareOnce(generation, place);
    differences.push(...(await lastingAt(generation, place, found.differences, waitMs)));
    rows += found.rows;
    for (const name of found.registered) registered.add(name);
    place = found.next;
  }
  differences.push(...(await lasting(() => checkPeople(generation, registered), waitMs)));
  return { differences, rows, next: place };
};

import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';

/**
 * The Views are kept in generations, so that they can be made anew beside the ones that are read.
 * One item says which is read, and which is being made.
 */
export interface Generations {
  readonly live: number;
  /** Being filled from the Ledger, and written by nobody but those who fill it. */
  readonly loading: number | null;
  /** Filled, and written by the projector too. At most one of the two there is. */
  readonly building: number | null;
  /** The last that was begun; their numbers only grow. */
  readonly newest: number;
}

export const pointerKey = { pk: 'generations', sk: 'pointer' };

/** The generations as they are now. */
export const readGenerations = async (): Promise<Generations> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: viewsTable(), Key: pointerKey, ConsistentRead: true }),
  );
  return {
    live: (Item?.live as number) ?? 1,
    loading: (Item?.loading as number) ?? null,
    building: (Item?.building as number) ?? null,
    newest: (Item?.newest as number) ?? 1,
  };
};

/** How long a function may read the generation before: it is still whole, only no longer fresh. */
export const keptMs = 5000;
const kept = new Map<string, { readonly live: number; readonly until: number }>();

/** The generation to read. Asked for once in a while, not once a request. */
export const liveGeneration = async (): Promise<number> => {
  const table = viewsTable();
  const now = performance.now();
  const known = kept.get(table);
  if (known && known.until > now) return known.live;
  const { live } = await readGenerations();
  kept.set(table, { live, until: now + keptMs });
  return live;
};

/** A partition's name in a generation. The first has no prefix. */
export const inGeneration = (generation: number, partition: string): string =>
  generation === 1 ? partition : `${generation}~${partition}`;

/** The name without its generation. */
export const bare = (partition: string): string => partition.replace(/^\d+~/, '');

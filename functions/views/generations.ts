import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb, putNew } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';

/**
 * The Views are kept in generations, so that they can be built anew while the present ones are
 * read. One item says which generation is read and which is being made.
 */
export interface Generations {
  /** Whether the Views say their form. They do before anything is written into them. */
  readonly isNoted: boolean;
  /** The form in which the Views are written; see `viewsFormat`. */
  readonly format: number;
  readonly live: number;
  /** The form of the live generation: an older one until the first rebuild of a new form has switched. */
  readonly liveFormat: number;
  /** Being filled from the Ledger. Only the rebuild writes to it. */
  readonly loading: number | null;
  /** Filled; the projector writes to it too. At most one of `loading` and `building` is set. */
  readonly building: number | null;
  /** The newest generation that was begun. Numbers only grow. */
  readonly newest: number;
  /**
   * Epoch milliseconds before which the Ledger is not read into `loading`, because a projector of the
   * form before may still acknowledge events that only it has seen. 0: at once.
   */
  readonly readableAt: number;
}

/**
 * The form of what this code writes into the Views. It changes when an item comes to mean something
 * else. A projector with another format writes nothing and acknowledges nothing: else an event would
 * be lost to the generation in the new form.
 */
export const viewsFormat = 3;

export const pointerKey = { pk: 'generations', sk: 'pointer' };

/** Reads the current generations, consistently. */
export const readGenerations = async (): Promise<Generations> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: viewsTable(), Key: pointerKey, ConsistentRead: true }),
  );
  const format = (Item?.format as number) ?? viewsFormat;
  return {
    isNoted: Item !== undefined,
    format,
    live: (Item?.live as number) ?? 1,
    liveFormat: (Item?.liveFormat as number) ?? format,
    loading: (Item?.loading as number) ?? null,
    building: (Item?.building as number) ?? null,
    newest: (Item?.newest as number) ?? 1,
    readableAt: (Item?.readableAt as number) ?? 0,
  };
};

/** @throws Error when the Views are written in another form than this code's */
const checkFormat = ({ format }: Pick<Generations, 'format'>): void => {
  if (format !== viewsFormat)
    throw new Error(`the Views have format ${format}, and this code writes ${viewsFormat}`);
};

/** Notes the form of empty Views. @returns false when somebody else has noted one meanwhile */
const noteFormat = ({ format, live, newest }: Generations): Promise<boolean> =>
  putNew(viewsTable(), { ...pointerKey, format, live, newest });

/**
 * The generations to write every event to; the first time, notes the form of the Views. A live generation
 * of an older form is left as it is: the rebuild makes another from the Ledger, which has the events that
 * come meanwhile.
 * @throws Error when the Views are written in another form
 */
export const writtenGenerations = async (): Promise<readonly number[]> => {
  const generations = await readGenerations();
  checkFormat(generations);
  if (!generations.isNoted && !(await noteFormat(generations))) return writtenGenerations();
  const { live, liveFormat, building } = generations;
  return [...(liveFormat === viewsFormat ? [live] : []), ...(building === null ? [] : [building])];
};

/** How long a function may go on reading the previous generation. It is complete but no longer updated. */
export const keptMs = 5000;
const kept = new Map<string, { readonly live: number; readonly until: number }>();

/** The generation to read. Looked up every `keptMs`, not for every request. */
export const liveGeneration = async (): Promise<number> => {
  const table = viewsTable();
  const now = performance.now();
  const known = kept.get(table);
  if (known && known.until > now) return known.live;
  const { live } = await readGenerations();
  kept.set(table, { live, until: now + keptMs });
  return live;
};

/** A partition's name in a generation. The first generation has no prefix. */
export const inGeneration = (generation: number, partition: string): string =>
  generation === 1 ? partition : `${generation}~${partition}`;

/** A partition's name without its generation. */
export const bare = (partition: string): string => partition.replace(/^\d+~/, '');

import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DomainEvent } from '../../events/catalogue.ts';
import { dynamodb, getItems, isContended, jitter } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { bare, inGeneration } from '../views/generations.ts';
import type { Contribution, Projection } from '../views/projection.ts';
import { dimensionsOf, type keptOf } from './line-key.ts';
import { readLineOrder } from './line-order.ts';
import { applyChange, countsOf, createPresenceChanges, type Presence } from './presence.ts';
import { lineItem, presenceItem, storedIn } from './stored-items.ts';
import {
  createDeltas,
  type Delta,
  isDated,
  linesAttribute,
  sumAttribute,
  type TotalsKey,
} from './totals.ts';

/** An event, and the projection of its aggregate after it. */
export interface Projected {
  readonly event: DomainEvent;
  readonly projection: Projection;
}

/** An aggregate in the Views: its row and its line, and the version of both. */
interface ViewItem extends TotalsKey {
  readonly version: number;
  readonly contribution?: ReturnType<typeof keptOf>['contribution'];
}

type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** TransactWriteItems takes at most 100 actions. */
export const maxActions = 100;
/** Actions planned for a chunk. Removing what its lines counted before may add some. */
const plannedActions = 90;
const attempts = 8;

const idOf = ({ pk, sk }: TotalsKey): string => `${pk}|${sk}`;

/** Reads any number of items consistently, by id. Items that do not exist are left out. */
const read = async <Item extends TotalsKey>(
  keys: readonly TotalsKey[],
  generation: number,
): Promise<ReadonlyMap<string, Item>> => {
  const here = keys.map(({ pk, sk }) => ({ pk: inGeneration(generation, pk), sk }));
  const items = await getItems(viewsTable(), here, { consistent: true, attempts });
  return new Map(
    (items as unknown as readonly Item[]).map((item) => {
      const pk = bare(item.pk);
      return [idOf({ pk, sk: item.sk }), { ...item, pk }];
    }),
  );
};

/** The newest event of each aggregate. It carries the whole state, so earlier ones are not needed. */
export const newestOfEach = (all: readonly Projected[]): readonly Projected[] => {
  const newest = new Map<string, Projected>();
  for (const projected of all) {
    const id = idOf(projected.projection);
    const known = newest.get(id);
    if (!known || known.event.aggregate.version < projected.event.aggregate.version)
      newest.set(id, projected);
  }
  return [...newest.values()];
};

/** The events that are newer than their lines in a generation. One event per aggregate is given. */
export const newerOf = async (
  newest: readonly Projected[],
  generation: number,
): Promise<readonly Projected[]> => {
  const lines = await read<ViewItem>(
    newest.map(({ projection }) => projection),
    generation,
  );
  return newest.filter(
    ({ event, projection }) =>
      event.aggregate.version > (lines.get(idOf(projection))?.version ?? 0),
  );
};

/** Puts the line only if it still has the version from which the difference was computed. */
const putLine = (projected: Projected, before: ViewItem | undefined): Action => ({
  Put: {
    TableName: viewsTable(),
    Item: lineItem(projected),
    ...(before
      ? {
          ConditionExpression: 'version = :before',
          ExpressionAttributeValues: { ':before': before.version },
        }
      : { ConditionExpression: 'attribute_not_exists(pk)' }),
  },
});

const putPresence = (after: Presence): Action => ({
  Put: {
    TableName: viewsTable(),
    Item: presenceItem(after),
    ...(after.revision > 1
      ? {
          ConditionExpression: 'revision = :before',
          ExpressionAttributeValues: { ':before': after.revision - 1 },
        }
      : { ConditionExpression: 'attribute_not_exists(pk)' }),
  },
});

/**
 * Adds to an item of totals, and sets how new its figures are when this makes them newer. `asOf` is
 * not checked: of two projectors at once, the one with the older events may set it last, and it
 * stays wrong until the next event. The figures are right either way.
 */
const addTotals = ({ pk, sk, measures, recordedAt }: Delta, asOf: string | undefined): Action => {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const additions = [...measures].flatMap(([measure, { sum, lines }], index) => {
    names[`#s${index}`] = sumAttribute(measure);
    names[`#n${index}`] = linesAttribute(measure);
    values[`:s${index}`] = sum;
    values[`:n${index}`] = lines;
    return [`#s${index} :s${index}`, `#n${index} :n${index}`];
  });
  const newer = isDated({ pk, sk }) && recordedAt > (asOf ?? '');
  return {
    Update: {
      TableName: viewsTable(),
      Key: { pk, sk },
      UpdateExpression: `${newer ? 'SET asOf = :asOf ' : ''}ADD ${additions.join(', ')}`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values, ...(newer ? { ':asOf': recordedAt } : {}) },
    },
  };
};

/** The same action in a generation. */
const moved = ({ Put, Update }: Action, generation: number, orderKey: Uint8Array): Action =>
  Put
    ? { Put: { ...Put, Item: storedIn(generation, orderKey, Put.Item ?? {}) } }
    : { Update: Update && { ...Update, Key: storedIn(generation, orderKey, Update.Key ?? {}) } };

/** Collects the changes of a chunk to the totals and presences. */
const createChanges = () => {
  const deltas = createDeltas();
  const presences = createPresenceChanges();
  return {
    deltas,
    presences,
    replace: (before: Contribution | undefined, { event, projection }: Projected): void => {
      for (const changes of [deltas, presences]) {
        changes.addContribution(before, -1, event.recordedAt);
        changes.addContribution(projection.contribution, 1, event.recordedAt);
      }
    },
  };
};

/** The items an event writes, assuming its aggregate is new and so is everybody present in it. */
const touchedBy = (projected: Projected): readonly string[] => {
  const { deltas, presences, replace } = createChanges();
  replace(undefined, projected);
  const changes = presences.all();
  const counts = changes.flatMap((change) => countsOf(applyChange(undefined, change)));
  return [projected.projection, ...deltas.effective(), ...changes, ...counts].map(idOf);
};

const placeOf = ({ projection: { contribution } }: Projected): string =>
  contribution ? [contribution.month, contribution.areaId, contribution.theme ?? ''].join('#') : '';

/**
 * Splits events into chunks that fit into one transaction each. Events of the same cell of totals
 * come together, so a chunk has few cells and the batch writes each cell about once.
 */
export const transactionChunksOf = (
  newest: readonly Projected[],
): readonly (readonly Projected[])[] => {
  const chunks: Projected[][] = [];
  let touched = new Set<string>();
  const byPlace = newest
    .map((projected) => ({ projected, place: placeOf(projected) }))
    .sort((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  for (const { projected } of byPlace) {
    const own = touchedBy(projected);
    const both = new Set([...touched, ...own]);
    const last = chunks.at(-1);
    if (last && both.size <= plannedActions) {
      last.push(projected);
      touched = both;
    } else {
      chunks.push([projected]);
      touched = new Set(own);
    }
  }
  return chunks;
};

/**
 * The actions that take these events into the Views: each line with the difference it makes. Skips
 * an event that is not newer than the line it would replace.
 *
 * @param trusting when all events are the first of their aggregates, assume that there are no lines
 * yet and do not read them. If there is one, the condition on the line fails, and the caller
 * repeats without trusting.
 */
const actionsFor = async (
  chunk: readonly Projected[],
  generation: number,
  trusting: boolean,
): Promise<readonly Action[]> => {
  const allFirst = chunk.every(({ event }) => event.aggregate.version === 1);
  const lines = await read<ViewItem>(
    trusting && allFirst ? [] : chunk.map(({ projection }) => projection),
    generation,
  );
  const newer = chunk.flatMap((projected) => {
    const before = lines.get(idOf(projected.projection));
    return projected.event.aggregate.version > (before?.version ?? 0)
      ? [{ projected, before }]
      : [];
  });
  const { deltas, presences, replace } = createChanges();
  for (const { projected, before } of newer)
    replace(
      before?.contribution && { ...dimensionsOf({ ...before }), ...before.contribution },
      projected,
    );
  const changes = presences
    .all()
    .filter(
      ({ lines: counts, place }) =>
        place !== undefined || [...counts.values()].some((count) => count !== 0),
    );
  const found = new Map<string, TotalsKey>();
  const look = async (keys: readonly TotalsKey[]): Promise<void> => {
    const unseen = keys.filter((key) => !found.has(idOf(key)));
    for (const [id, item] of await read(unseen, generation)) found.set(id, item);
  };
  await look([...changes, ...deltas.effective().filter(isDated)]);
  const presencePuts = changes.map((change) => {
    const before = found.get(idOf(change)) as Presence | undefined;
    const after = applyChange(before, change);
    for (const [presence, sign] of [
      [before, -1],
      [after, 1],
    ] as const)
      for (const { count, ...key } of countsOf(presence)) {
        const more = { sum: sign * count, lines: sign * count };
        deltas.add(key, change.metric, more, change.recordedAt);
      }
    return putPresence(after);
  });
  const totals = deltas.effective();
  // An activity that was held may be counted in a cell that none of these lines is in.
  await look(totals.filter(isDated));
  const actions = [
    ...newer.map(({ projected, before }) => putLine(projected, before)),
    ...presencePuts,
    ...totals.map((delta) =>
      addTotals(delta, (found.get(idOf(delta)) as { asOf?: string } | undefined)?.asOf),
    ),
  ];
  const orderKey = await readLineOrder();
  return actions.map((action) => moved(action, generation, orderKey));
};

/**
 * Takes events into the Views: lines, presences and totals, up to 100 items in one transaction.
 * When another write came first, it reads again and computes the difference anew. If that other
 * write was its own earlier attempt, unacknowledged, the difference is nothing.
 */
export const apply = async (chunk: readonly Projected[], generation: number): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const actions = await actionsFor(chunk, generation, attempt === 1);
    if (actions.length === 0) return;
    if (actions.length > maxActions) {
      const half = Math.ceil(chunk.length / 2);
      if (chunk.length === 1) throw new Error('one event needs more than a transaction');
      await apply(chunk.slice(0, half), generation);
      await apply(chunk.slice(half), generation);
      return;
    }
    try {
      await dynamodb.send(new TransactWriteCommand({ TransactItems: [...actions] }));
      return;
    } catch (error) {
      if (!isContended(error) || attempt === attempts) throw error;
      await jitter(Math.min(attempt, 5));
    }
  }
};

import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { DomainEvent } from '../../events/catalogue.ts';
import { dynamodb, getItems, isContended, jitter } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { bare, inGeneration } from '../views/generations.ts';
import type { Contribution, Projection } from '../views/projection.ts';
import { dimensionsOf, type keptOf } from './line-key.ts';
import { applyChange, countsOf, createPresenceChanges, type Presence } from './presence.ts';
import { lineItem, movedTo, presenceItem } from './stored-items.ts';
import {
  createDeltas,
  type Delta,
  isDated,
  linesAttribute,
  sumAttribute,
  type TotalsKey,
} from './totals.ts';

/** An event and what it makes of its aggregate. */
export interface Projected {
  readonly event: DomainEvent;
  readonly projection: Projection;
}

/** An aggregate in the Views: its row, its line, and the version both are of. */
interface ViewItem extends TotalsKey {
  readonly version: number;
  readonly contribution?: ReturnType<typeof keptOf>['contribution'];
}

type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** TransactWriteItems takes a hundred actions. */
export const maxActions = 100;
/** How many of them a chunk is planned for: what its lines were before may add some. */
const plannedActions = 90;
const attempts = 8;

const idOf = ({ pk, sk }: TotalsKey): string => `${pk}|${sk}`;

/** Consistent reads of any number of items, by id. Items that are not there are left out. */
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

/** The newest event of each aggregate: it says everything the ones before it said. */
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

/** Those of different aggregates that are newer than their lines in a generation. */
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

/** The line is put only over the very version its difference was taken from. */
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
 * The addition to an item of totals, and how new its figures are when that makes them newer. The
 * latter is not checked: of two projectors at once the one with the older events may have the last
 * word on it, until the next event. The figures are right either way.
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

/** The same write in a generation. */
const moved = ({ Put, Update }: Action, generation: number): Action =>
  Put
    ? { Put: { ...Put, Item: movedTo(generation, Put.Item ?? {}) } }
    : { Update: Update && { ...Update, Key: movedTo(generation, Update.Key ?? {}) } };

/** What a chunk changes in the totals and in the presences. */
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

/** The items an event writes, if its aggregate is new and nobody in it was there before. */
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
 * Events in chunks that fit into a transaction each. Those of one cell of the totals come
 * together, so that a chunk has few cells and the batch writes each of them about once.
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
 * The writes that take these events in, each line together with the difference it makes. Nothing
 * for an event that is not newer than the line it would replace.
 *
 * @param trusting when all are first events of their aggregates, take these for new without looking:
 * if one is not, the condition of its line says so, and the whole is worked out again, looking
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
  // Something held may be counted in a cell that none of these lines is in.
  await look(totals.filter(isDated));
  const actions = [
    ...newer.map(({ projected, before }) => putLine(projected, before)),
    ...presencePuts,
    ...totals.map((delta) =>
      addTotals(delta, (found.get(idOf(delta)) as { asOf?: string } | undefined)?.asOf),
    ),
  ];
  return actions.map((action) => moved(action, generation));
};

/**
 * Takes events into the Views: lines, presences and totals of up to a hundred items in one
 * transaction. When somebody was faster it reads again and works out the difference anew, which is
 * nothing if its own earlier, unacknowledged attempt was that somebody.
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

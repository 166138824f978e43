import {
  BatchGetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { DomainEvent } from '../../events/catalogue.ts';
import { cancellationCodes, dynamodb, jitter } from '../shared/dynamodb.ts';
import { bare, inGeneration } from '../shared/generations.ts';
import type { Contribution, Projection } from '../shared/projection.ts';
import { viewsTable } from '../shared/settings.ts';
import {
  allScope,
  createDeltas,
  type Delta,
  linesAttribute,
  sumAttribute,
  type TotalsKey,
  totalsKey,
  totalsPartition,
} from './cells.ts';
import {
  applyChange,
  countedCells,
  createPresenceChanges,
  lineKeyOf,
  type Presence,
} from './presence.ts';

/** An event and what it makes of its aggregate. */
export interface Projected {
  readonly event: DomainEvent;
  readonly projection: Projection;
}

/** An aggregate in the Views: its row, its line, and the version both are of. */
interface ViewItem extends TotalsKey {
  readonly version: number;
  readonly contribution?: Contribution;
}

type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Aggregates taken in by one transaction, if the totals they touch leave room. */
export const sliceSize = 40;

/** TransactWriteItems takes a hundred actions. */
const maxActions = 100;
const attempts = 8;

const idOf = ({ pk, sk }: TotalsKey): string => `${pk}|${sk}`;

/** Consistent reads of any number of items, by id. Items that are not there are left out. */
const read = async <Item extends TotalsKey>(
  keys: readonly TotalsKey[],
  generation: number,
): Promise<ReadonlyMap<string, Item>> => {
  const found = new Map<string, Item>();
  const table = viewsTable();
  for (let at = 0; at < keys.length; at += maxActions) {
    let wanted: Record<string, unknown>[] = keys
      .slice(at, at + maxActions)
      .map(({ pk, sk }) => ({ pk: inGeneration(generation, pk), sk }));
    for (let attempt = 1; wanted.length > 0; attempt += 1) {
      if (attempt > attempts) throw new Error('reads stay unprocessed');
      if (attempt > 1) await jitter(attempt);
      const page = await dynamodb.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: wanted, ConsistentRead: true } } }),
      );
      for (const item of (page.Responses?.[table] ?? []) as Item[]) {
        const pk = bare(item.pk);
        found.set(idOf({ pk, sk: item.sk }), { ...item, pk });
      }
      wanted = (page.UnprocessedKeys?.[table]?.Keys ?? []) as Record<string, unknown>[];
    }
  }
  return found;
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

/** The line is put only over the very version its difference was taken from. */
const putLine = ({ event, projection }: Projected, before: ViewItem | undefined): Action => {
  const { pk, sk, row, list, contribution } = projection;
  return {
    Put: {
      TableName: viewsTable(),
      Item: {
        pk,
        sk,
        id: event.aggregate.id,
        version: event.aggregate.version,
        recordedAt: event.recordedAt,
        row,
        ...(list ? { list: list.name, listOrder: list.order } : {}),
        ...(contribution
          ? {
              contribution,
              month: contribution.month,
              monthOrder: [
                contribution.kind,
                contribution.areaId,
                contribution.theme ?? '',
                event.aggregate.id,
              ].join('#'),
            }
          : {}),
      },
      ...(before
        ? {
            ConditionExpression: 'version = :before',
            ExpressionAttributeValues: { ':before': before.version },
          }
        : { ConditionExpression: 'attribute_not_exists(pk)' }),
    },
  };
};

const putPresence = (after: Presence): Action => ({
  Put: {
    TableName: viewsTable(),
    Item: { ...after, ...lineKeyOf(after) },
    ...(after.revision > 1
      ? {
          ConditionExpression: 'revision = :before',
          ExpressionAttributeValues: { ':before': after.revision - 1 },
        }
      : { ConditionExpression: 'attribute_not_exists(pk)' }),
  },
});

/** The totals of a whole period, which say how new the period's figures are. */
const isWhole = ({ pk, sk }: TotalsKey): boolean =>
  sk === allScope && pk.startsWith(totalsPartition(''));

const addTotals = ({ pk, sk, measures }: Delta, asOf?: string): Action => {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  const additions = [...measures].flatMap(([measure, { sum, lines }], index) => {
    names[`#s${index}`] = sumAttribute(measure);
    names[`#n${index}`] = linesAttribute(measure);
    values[`:s${index}`] = sum;
    values[`:n${index}`] = lines;
    return [`#s${index} :s${index}`, `#n${index} :n${index}`];
  });
  return {
    Update: {
      TableName: viewsTable(),
      Key: { pk, sk },
      UpdateExpression: `${asOf ? 'SET asOf = :asOf ' : ''}ADD ${additions.join(', ')}`,
      ExpressionAttributeNames: names,
      ExpressionAttributeValues: { ...values, ...(asOf ? { ':asOf': asOf } : {}) },
    },
  };
};

/** The same write in a generation: every partition that it names becomes that generation's. */
const moved = ({ Put, Update }: Action, generation: number): Action => {
  const here = (key: Readonly<Record<string, unknown>> = {}) =>
    Object.fromEntries(
      Object.entries(key).map(([name, value]) => [
        name,
        ['pk', 'list', 'month'].includes(name) ? inGeneration(generation, String(value)) : value,
      ]),
    );
  return Put
    ? { Put: { ...Put, Item: here(Put.Item) } }
    : { Update: Update && { ...Update, Key: here(Update.Key) } };
};

/**
 * The writes that take these events in, each line together with the difference it makes. Nothing
 * for an event that is not newer than the line it would replace.
 */
const actionsFor = async (
  slice: readonly Projected[],
  generation: number,
): Promise<readonly Action[]> => {
  const lines = await read<ViewItem>(
    slice.map(({ projection }) => projection),
    generation,
  );
  const newer = slice.flatMap((projected) => {
    const before = lines.get(idOf(projected.projection));
    return projected.event.aggregate.version > (before?.version ?? 0)
      ? [{ projected, before }]
      : [];
  });
  const deltas = createDeltas();
  const presenceChanges = createPresenceChanges();
  for (const { projected, before } of newer)
    for (const changes of [deltas, presenceChanges]) {
      changes.addContribution(before?.contribution, -1);
      changes.addContribution(projected.projection.contribution, 1);
    }
  const effective = presenceChanges
    .all()
    .filter(
      ({ lines: counts, place }) =>
        place !== undefined || [...counts.values()].some((count) => count !== 0),
    );
  const presences = await read<Presence>(effective, generation);
  const presencePuts = effective.map((change) => {
    const before = presences.get(idOf(change));
    const after = applyChange(before, change);
    for (const cell of countedCells(before)) deltas.add(totalsKey(cell), change.metric, -1, -1);
    for (const cell of countedCells(after)) deltas.add(totalsKey(cell), change.metric, 1, 1);
    return putPresence(after);
  });
  const changes = deltas.effective();
  const recorded = newer.map(({ projected }) => projected.event.recordedAt);
  const wholes = await read<TotalsKey & { readonly asOf: string }>(
    changes.filter(isWhole),
    generation,
  );
  const actions = [
    ...newer.map(({ projected, before }) => putLine(projected, before)),
    ...presencePuts,
    ...changes.map((delta) => {
      if (!isWhole(delta)) return addTotals(delta);
      const known = wholes.get(idOf(delta));
      return addTotals(delta, [...recorded, ...(known ? [known.asOf] : [])].sort().at(-1));
    }),
  ];
  return actions.map((action) => moved(action, generation));
};

const rivalry = new Set([
  'None',
  'ConditionalCheckFailed',
  'TransactionConflict',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
]);

/** Somebody else wrote one of the items since it was read, or is writing it now. */
const wasOvertaken = (error: unknown): boolean =>
  cancellationCodes(error)?.every((code) => rivalry.has(code)) ?? false;

/**
 * Takes events into the Views: lines, presences and totals of up to a hundred items in one
 * transaction. When somebody was faster it reads again and works out the difference anew, which is
 * nothing if its own earlier, unacknowledged attempt was that somebody.
 */
export const apply = async (slice: readonly Projected[], generation: number): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const actions = await actionsFor(slice, generation);
    if (actions.length === 0) return;
    if (actions.length > maxActions) {
      const half = Math.ceil(slice.length / 2);
      if (slice.length === 1) throw new Error('one event needs more than a transaction');
      await apply(slice.slice(0, half), generation);
      await apply(slice.slice(half), generation);
      return;
    }
    try {
      await dynamodb.send(new TransactWriteCommand({ TransactItems: [...actions] }));
      return;
    } catch (error) {
      if (!wasOvertaken(error) || attempt === attempts) throw error;
      await jitter(Math.min(attempt, 5));
    }
  }
};

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../refusals/problem.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { inGeneration, liveGeneration } from '../views/generations.ts';

/** Lists that name members, one after another, each in an order that says nothing about ids. */
export interface MemberLists {
  readonly index: 'ByList' | undefined;
  readonly partitions: readonly string[];
  /** The attribute that holds a member's id. */
  readonly id: string;
}

/** Some members, and the position after them; null at the end. */
export interface Members {
  readonly ids: readonly string[];
  readonly next: string | null;
}

/** Queries for one page: an area in which nobody is registered costs one as well. */
const maxReads = 16;

/** @throws Problem `invalid-cursor` when there is no such list */
const placeOf = (position: string | null, lists: number) => {
  if (position === null) return { at: 0, after: null };
  const [, number = '', after = ''] = /^(\d{1,4})(?:~(.+))?$/.exec(position) ?? [];
  if (number === '' || Number(number) >= lists) throw new Problem('invalid-cursor');
  return { at: Number(number), after: after || null };
};

/**
 * The members after a position, at most so many.
 * @param position as `next` said it; null for the first ones
 */
export const readMembers = async (
  { index, partitions, id }: MemberLists,
  position: string | null,
  most: number,
): Promise<Members> => {
  const [partitionName, sortName] = index ? ['list', 'listOrder'] : ['pk', 'sk'];
  const generation = await liveGeneration();
  const ids: string[] = [];
  let { at, after } = placeOf(position, partitions.length);
  for (let reads = 0; at < partitions.length && ids.length < most && reads < maxReads; reads += 1) {
    const { Items = [], LastEvaluatedKey } = await dynamodb.send(
      new QueryCommand({
        TableName: viewsTable(),
        IndexName: index,
        KeyConditionExpression: `#pk = :pk${after === null ? '' : ' AND #sk > :after'}`,
        ExpressionAttributeNames: {
          '#pk': partitionName,
          ...(after === null ? {} : { '#sk': sortName }),
        },
        ExpressionAttributeValues: {
          ':pk': inGeneration(generation, partitions[at] ?? ''),
          ...(after === null ? {} : { ':after': after }),
        },
        Limit: most - ids.length,
        ConsistentRead: index === undefined,
      }),
    );
    ids.push(...Items.map((item) => String(item[id])));
    after = LastEvaluatedKey ? String(LastEvaluatedKey[sortName]) : null;
    if (after === null) at += 1;
  }
  const next = after === null ? String(at) : `${at}~${after}`;
  return { ids, next: at < partitions.length ? next : null };
};

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { dynamodb, queryItems } from '../runtime/dynamodb.ts';
import { ledgerTable } from '../runtime/settings.ts';

/** A sheet of an activity: its service day and its number on that day, from 1. */
export interface Claim {
  readonly date: string;
  readonly number: number;
}

export const sheetIdOf = (activityId: string, { date, number }: Claim): string =>
  `${activityId}~${date}~${number}`;

/** A claim in the Ledger. The claims of an activity have the versions -1, -2, … without gaps. */
interface ClaimRow extends Claim {
  readonly pk: string;
  readonly version: number;
}

/** Claims lie among the streams of sheets, in a partition that no sheet has. */
const partitionOf = (activityId: string): string => `sheet#${activityId}`;

const unlessThere = (pk: string, version: number): AlsoWrite => ({
  ConditionCheck: {
    TableName: ledgerTable(),
    Key: { pk, version },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/**
 * All sheets of an activity, in the order in which they were begun. A claim is written together with a
 * sheet's first event, so the Ledger itself says which sheets there are, and no view that may be late.
 */
export const claimsOf = async (activityId: string): Promise<readonly Claim[]> => {
  const rows = (await queryItems({
    TableName: ledgerTable(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': partitionOf(activityId) },
    ConsistentRead: true,
    ScanIndexForward: false,
  })) as unknown as readonly ClaimRow[];
  return rows.map(({ date, number }) => ({ date, number }));
};

/** How many sheets an activity has. One read, however many there are. */
const numberOfSheets = async (activityId: string): Promise<number> => {
  const { Items } = await dynamodb.send(
    new QueryCommand({
      TableName: ledgerTable(),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': partitionOf(activityId) },
      ConsistentRead: true,
      Limit: 1,
    }),
  );
  return -Number(Items?.[0]?.version ?? 0);
};

/**
 * The writes beside the first events of sheets: their claims, and a check that the activity is as it was
 * read. So no sheet begins while its activity is cancelled or moved.
 */
export const claimsFor = async (
  activityId: string,
  activityVersion: number,
  claims: readonly Claim[],
): Promise<readonly AlsoWrite[]> => {
  if (claims.length === 0) return [];
  const last = -(await numberOfSheets(activityId));
  return [
    ...claims.map(({ date, number }, at) => {
      const row: ClaimRow = { pk: partitionOf(activityId), version: last - 1 - at, date, number };
      return {
        Put: {
          TableName: ledgerTable(),
          Item: row,
          ConditionExpression: 'attribute_not_exists(pk)',
        },
      };
    }),
    unlessThere(`activity#${activityId}`, activityVersion + 1),
  ];
};

/** Holds while an activity has these sheets and no further one. */
export const noFurtherSheet = (activityId: string, claims: readonly Claim[]): AlsoWrite =>
  unlessThere(partitionOf(activityId), -1 - claims.length);

/** Holds while these sheets are as they were read. */
export const unchanged = (
  sheets: readonly { readonly id: string; readonly version: number }[],
): readonly AlsoWrite[] => sheets.map(({ id, version }) => unlessThere(`sheet#${id}`, version + 1));

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { ledgerTable } from '../runtime/settings.ts';

/**
 * A note in the Ledger that an activity of a theme was published in a year. It is written together with
 * the first such activity and stays for good, so the Ledger itself says which themes must stay in the plan,
 * and no view that may be late. It lies among the streams of activities, in a partition that none has.
 */
const claimKey = (year: string, theme: string) => ({
  pk: `activity#${year}~${theme}`,
  version: -1,
});

/** Whether an activity of this theme or routine service was ever published in a year. */
export const isClaimed = async (year: string, theme: string): Promise<boolean> => {
  const { pk, version } = claimKey(year, theme);
  // By a query, since functions may read the Ledger by queries only.
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName: ledgerTable(),
      KeyConditionExpression: 'pk = :pk AND version = :version',
      ExpressionAttributeValues: { ':pk': pk, ':version': version },
      ConsistentRead: true,
    }),
  );
  return Items.length > 0;
};

/** Holds while there is no such item. */
const unlessThere = (key: { readonly pk: string; readonly version: number }): AlsoWrite => ({
  ConditionCheck: {
    TableName: ledgerTable(),
    Key: key,
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

/**
 * The writes beside an activity of a theme: for the first of a year the claim, and a check that the plan
 * is as it was read. So nobody takes the theme out of the plan meanwhile. Further ones need no write.
 */
export const claimFor = async (
  year: string,
  theme: string,
  campaignVersion: number,
): Promise<readonly AlsoWrite[]> => {
  if (await isClaimed(year, theme)) return [];
  return [
    {
      Put: {
        TableName: ledgerTable(),
        Item: claimKey(year, theme),
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    },
    unlessThere({ pk: `campaign#${year}`, version: campaignVersion + 1 }),
  ];
};

/** The writes beside a revision that takes themes out of a plan: it holds while none of them is claimed. */
export const unclaimed = (year: string, themes: readonly string[]): readonly AlsoWrite[] =>
  themes.map((theme) => unlessThere(claimKey(year, theme)));

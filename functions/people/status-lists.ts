import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';

/** The partition of a status list: which of its places are taken (`claim#`), and which are set (`set#`). */
export const statusListPartition = (list: string): string => `status-list#${list}`;
export const setPrefix = 'set#';
export const claimPrefix = 'claim#';

/** The lists of a year, in the order in which they are filled. */
const listsOf = (year: string): readonly string[] => [1, 2, 3].map((number) => `${year}-${number}`);

/** The items of a list with a prefix, as a query. */
export const inStatusList = (list: string, prefix: string) => ({
  TableName: peopleTable(),
  KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
  ExpressionAttributeValues: { ':pk': statusListPartition(list), ':prefix': prefix },
});

/** Places that are counted of a list, of some 60 bytes each. Anybody may ask for a closed year. */
const mostCounted = 5_000;

/** How many places of a list are taken or set; undefined when there are more than are counted. */
const countIn = async (list: string, prefix: string): Promise<number | undefined> => {
  const { Count = 0, LastEvaluatedKey } = await dynamodb.send(
    new QueryCommand({ ...inStatusList(list, prefix), Select: 'COUNT', Limit: mostCounted }),
  );
  return LastEvaluatedKey ? undefined : Count;
};

const sumOf = (counts: readonly (number | undefined)[]): number | null =>
  counts.reduce<number | null>(
    (sum, count) => (sum === null || count === undefined ? null : sum + count),
    0,
  );

/**
 * How many certificates were issued in a year, and how many of these have ended since: superseded or revoked. Null
 * when there are more than are counted.
 */
export const countCertificates = async (
  year: string,
): Promise<{ readonly issued: number | null; readonly ended: number | null }> => {
  const of = (prefix: string) => Promise.all(listsOf(year).map((list) => countIn(list, prefix)));
  const [issued, ended] = await Promise.all([of(claimPrefix), of(setPrefix)]);
  return { issued: sumOf(issued), ended: sumOf(ended) };
};

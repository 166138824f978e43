import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb } from '../runtime/dynamodb.ts';
import { NotYet } from '../runtime/not-yet.ts';
import { viewsTable } from '../runtime/settings.ts';
import { inGeneration, readGenerations } from './generations.ts';
import type { Row } from './projection.ts';

/**
 * Checks that a row is in the Views, at this version or a later one, so that every consistent read
 * finds it from now on. The generation that is being built must have it too. One that is still
 * being loaded, or is begun later, gets it from the Ledger before it is read.
 * @throws NotYet when the row is missing or older
 */
export const checkProjected = async (
  { pk, sk }: Pick<Row, 'pk' | 'sk'>,
  version: number,
): Promise<void> => {
  const { live, building } = await readGenerations();
  for (const generation of building === null ? [live] : [live, building]) {
    const { Item } = await dynamodb.send(
      new GetCommand({
        TableName: viewsTable(),
        Key: { pk: inGeneration(generation, pk), sk },
        ProjectionExpression: 'version',
        ConsistentRead: true,
      }),
    );
    if (((Item?.version as number | undefined) ?? 0) < version)
      throw new NotYet(`the Views are behind version ${version} of a row`);
  }
};

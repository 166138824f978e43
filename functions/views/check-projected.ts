import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb, pause } from '../runtime/dynamodb.ts';
import { NotYet } from '../runtime/not-yet.ts';
import { viewsTable } from '../runtime/settings.ts';
import { inGeneration, readGenerations } from './generations.ts';
import type { Row } from './projection.ts';

/**
 * The milliseconds between looks. The projector usually has an event within three seconds, and Lambda
 * would invoke a failed function only after a minute.
 */
export const waits = [500, 1000, 2000];

/**
 * Checks that a row is in the Views, at this version or a later one, so that every consistent read
 * finds it from now on. The generation that is being built must have it too. One that is still
 * being loaded, or is begun later, gets it from the Ledger before it is read.
 * @throws NotYet when the row is still missing or older after some seconds
 */
export const checkProjected = async (
  row: Pick<Row, 'pk' | 'sk'>,
  version: number,
): Promise<void> => {
  for (const ms of waits) {
    if (await isProjected(row, version)) return;
    await pause(ms);
  }
  if (!(await isProjected(row, version)))
    throw new NotYet(`the Views are behind version ${version} of a row`);
};

const isProjected = async (
  { pk, sk }: Pick<Row, 'pk' | 'sk'>,
  version: number,
): Promise<boolean> => {
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
    if (((Item?.version as number | undefined) ?? 0) < version) return false;
  }
  return true;
};

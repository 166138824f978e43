import { createAdditions } from '../figures/counts.ts';
import { formationOf, identityOf } from '../figures/identity.ts';
import { formationKey, registeredList, runningPartition } from '../figures/layout.ts';
import { addRunning } from '../figures/running.ts';
import { queryItems } from '../runtime/dynamodb.ts';
import { viewsTable } from '../runtime/settings.ts';
import { inGeneration } from '../views/generations.ts';
import { areaRows, teamRows } from '../views/keys.ts';
import { type Difference, told } from './compare-year.ts';
import { numbersIn, readAt, readPartition } from './year-contents.ts';

const readRegistered = (generation: number, areaId: string) =>
  queryItems({
    TableName: viewsTable(),
    IndexName: 'ByList',
    KeyConditionExpression: '#list = :list',
    ExpressionAttributeNames: { '#list': 'list' },
    ExpressionAttributeValues: { ':list': inGeneration(generation, registeredList(areaId)) },
  });

/** The running figures that are not the sum over the identities and formations. */
export const compareStanding = async (generation: number): Promise<readonly Difference[]> => {
  const running = await readPartition(generation, runningPartition);
  const areas = await readPartition(generation, areaRows);
  const additions = createAdditions();
  for (const areaId of new Set([...running, ...areas].map(({ sk }) => sk)))
    for (const item of await readRegistered(generation, areaId))
      addRunning(additions, 'persons', identityOf({ pk: '', sk: '' }, item).standing, 1);
  const teams = await readPartition(generation, teamRows);
  const formations = await readAt(
    generation,
    teams.map(({ sk }) => formationKey(sk)),
  );
  for (const { pk, sk, ...item } of formations.values())
    addRunning(additions, 'teams', formationOf({ pk, sk }, item).standing, 1);
  const wanted = new Map(additions.all().map(({ key, by }) => [key.sk, by]));
  const stored = new Map(running.map((item) => [item.sk, numbersIn(item)]));
  return [...new Set([...wanted.keys(), ...stored.keys()])].flatMap((areaId) => {
    const [is, should] = [told(stored.get(areaId)), told(wanted.get(areaId))];
    const item = `${runningPartition}|${areaId}`;
    return is === should ? [] : [{ item, found: `is ${is}, and should be ${should}` }];
  });
};

import type { AlsoWrite } from '../ledger/ledger.ts';
import type { RecordKey } from '../people/envelope.ts';
import { changedSealedPut, changeSealed, readSealed } from '../people/people.ts';
import { queryItems } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';

/** The names that a published story shows, by the ids of their people. One sealed record a story. */
const namesKey = (storyId: string): RecordKey => ({ pk: `story#${storyId}`, sk: 'names' });

/** That a story names somebody. It lies apart from the person's own items, which an erasure deletes. */
const linkKey = (volunteerId: string, storyId: string): RecordKey => ({
  pk: `named#${volunteerId}`,
  sk: storyId,
});

/** The names of a story as they were read at its publication, by id. */
export const readNames = async (storyId: string): Promise<ReadonlyMap<string, string>> => {
  const record = await readSealed(namesKey(storyId));
  return new Map(
    Object.entries(record?.fields ?? {}).map(([id, name]) => [id, String(name)] as const),
  );
};

/**
 * The writes that go with a publication: its names in place of those before, and for each person that the story names
 * them. They are in the transaction of the event, so a follower that looks after it finds them.
 */
export const namesWrites = async (
  storyId: string,
  names: ReadonlyMap<string, string>,
  before: readonly string[],
): Promise<readonly AlsoWrite[]> => {
  if (names.size === 0 && before.length === 0) return [];
  const gone = before.filter((id) => !names.has(id));
  const { action } = await changedSealedPut(namesKey(storyId), async () => ({
    fields: { ...Object.fromEntries(gone.map((id) => [id, null])), ...Object.fromEntries(names) },
  }));
  const links = [...names.keys()].map((volunteerId) => ({
    Put: { TableName: peopleTable(), Item: linkKey(volunteerId, storyId) },
  }));
  return [action, ...links];
};

/** The stories that name somebody, or named them. */
export const storiesNaming = async (volunteerId: string): Promise<readonly string[]> => {
  const items = await queryItems({
    TableName: peopleTable(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': linkKey(volunteerId, '').pk },
    ConsistentRead: true,
  });
  return items.map(({ sk }) => String(sk));
};

/** Removes a name from what a story shows. The link stays for as long as a later text may name the person. */
export const removeName = async (storyId: string, volunteerId: string): Promise<void> => {
  if (!(await readNames(storyId)).has(volunteerId)) return;
  await changeSealed(namesKey(storyId), async () => ({ fields: { [volunteerId]: null } }));
};

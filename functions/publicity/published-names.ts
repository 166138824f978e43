import { isDeepStrictEqual } from 'node:util';
import type { AlsoWrite } from '../ledger/ledger.ts';
import type { RecordKey } from '../people/envelope.ts';
import { type NameStanding, type Naming, namingSince } from '../people/naming.ts';
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

/** A name as it was read at a publication, and the records that it was read from. */
export interface KeptName {
  /** Null when it was corrected since. */
  readonly name: string | null;
  readonly records: Naming['records'];
}

/** The names of a story as they were read at its publication, by id. */
const readNames = async (storyId: string): Promise<ReadonlyMap<string, KeptName>> => {
  const record = await readSealed(namesKey(storyId));
  return new Map(Object.entries((record?.fields ?? {}) as Readonly<Record<string, KeptName>>));
};

/** A name that was kept, and what became of it. */
interface JudgedName {
  readonly kept: KeptName | undefined;
  readonly standing: NameStanding;
}

/** The names of these people in a story, and what became of them, as the Ledger says now. */
export const judgedNames = async (
  storyId: string,
  named: readonly string[],
): Promise<ReadonlyMap<string, JudgedName>> => {
  const names = named.length > 0 ? await readNames(storyId) : new Map<string, KeptName>();
  const judged = named.map(async (id) => {
    const kept = names.get(id);
    return [id, { kept, standing: kept ? await namingSince(id, kept.records) : 'ended' }] as const;
  });
  return new Map(await Promise.all(judged));
};

/**
 * The writes that go with a publication: its names in place of those before, and for each person that the story names
 * them. They are in the transaction of the event, so a follower that looks after it finds them.
 */
export const namesWrites = async (
  storyId: string,
  names: ReadonlyMap<string, KeptName>,
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

/**
 * Removes a name from what is kept for a story, unless it was read anew since. Of one that was corrected it stays known
 * from what it was read, so that the end of the consent is still found. The link stays for as long as a later text may
 * name the person.
 */
export const removeName = async (
  storyId: string,
  volunteerId: string,
  { kept, standing }: JudgedName,
): Promise<void> => {
  const isCorrected = standing === 'corrected';
  if (!kept || standing === 'stands' || (isCorrected && kept.name === null)) return;
  await changeSealed(namesKey(storyId), async (fields) => ({
    fields: isDeepStrictEqual(fields[volunteerId], kept)
      ? { [volunteerId]: isCorrected ? { ...kept, name: null } : null }
      : {},
  }));
};

import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import type { AlsoWrite } from '../ledger/ledger.ts';
import type { RecordKey } from '../people/envelope.ts';
import { namingOf, namingSince, whileUnchanged } from '../people/naming.ts';
import { destroyAction, openPerson, readSealed, sealedPut } from '../people/people.ts';
import { loggedLeave } from '../people/personal-access.ts';
import { dayMs } from '../runtime/calendar.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';

/** The name that the public notice of a star shows. */
const nameKey = (starId: string): RecordKey => ({ pk: `star#${starId}`, sk: 'name' });

type Reading = Omit<Parameters<typeof loggedLeave>[1], 'reason' | 'what'>;

/** From when on the last day of a notice is over by every clock there is: the last zone is twelve hours behind UTC. */
const overFrom = (noticeUntil: string): number =>
  (Date.parse(`${noticeUntil}T00:00:00Z`) + 1.5 * dayMs) / 1000;

/**
 * The writes that go with the beginning of a notice: the person's name, sealed, on condition that their consent stands
 * as it was read. None when they may not be named, or their record has no name. The reading is in the person's log.
 * After the last day of the notice the nightly sweep deletes it, if the end of the notice has not.
 */
export const nameWrites = async (
  starId: string,
  { volunteerId, noticeUntil }: { readonly volunteerId: string; readonly noticeUntil: string },
  reading: Reading,
): Promise<readonly AlsoWrite[]> => {
  const naming = await namingOf(volunteerId);
  if (!naming.mayBeNamed) return [];
  const logged = { ...reading, reason: 'publication', what: 'published-name' } as const;
  const name = (await openPerson(await loggedLeave(volunteerId, logged)))?.fields.name;
  if (typeof name !== 'string') return [];
  const version = naming.records[0]?.version ?? 0;
  const attributes = { version, expiresAt: overFrom(noticeUntil) };
  return [await sealedPut(nameKey(starId), { name }, attributes), ...whileUnchanged(naming)];
};

/** The name for the public, if nothing ended the naming of the person since it was read; else null. */
export const publicName = async (starId: string, volunteerId: string): Promise<string | null> => {
  const { fields, attributes } = (await readSealed(nameKey(starId))) ?? {};
  if (typeof fields?.name !== 'string') return null;
  const since = [{ id: volunteerId, version: Number(attributes?.version) }];
  return (await namingSince(volunteerId, since)) === 'stands' ? fields.name : null;
};

/** Deletes the name with the event that ends the notice. */
export const nameDeletion = (starId: string): AlsoWrite => destroyAction(nameKey(starId));

/** Deletes the name alone: somebody may not be named any more. */
export const deleteName = async (starId: string): Promise<void> => {
  await dynamodb.send(new DeleteCommand({ TableName: peopleTable(), Key: { ...nameKey(starId) } }));
};

/**
 * Deletes a name that was read before the person's record had this version, which ended the naming: they agree no more,
 * or are called otherwise. Events may come late, so a name that was read after it stays.
 */
export const deleteEarlierName = async (starId: string, version: number): Promise<void> => {
  try {
    await dynamodb.send(
      new DeleteCommand({
        TableName: peopleTable(),
        Key: { ...nameKey(starId) },
        ConditionExpression: '#version < :version',
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': version },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
  }
};

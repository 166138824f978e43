import { randomBytes } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { dynamodb, putNew } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';
import { destroy, destroyAction } from './people.ts';
import { isErased } from './under-person.ts';

/**
 * The salt of a person's pseudonym in the leaves of closed periods: 32 random bytes, in hex. With it
 * anybody can check that a leaf is the person's; without it nobody can tell whose a leaf is. It is not
 * sealed: it says nothing about the person, and closing a month reads those of all who are registered.
 * It is deleted in the transaction that erases the person.
 */
const keyOf = (volunteerId: string) => ({ pk: `proof#${volunteerId}`, sk: 'salt' });

/** Undefined when there is none: nothing of the person was closed yet, or they were erased. */
export const readSalt = async (volunteerId: string): Promise<string | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: peopleTable(), Key: keyOf(volunteerId), ConsistentRead: true }),
  );
  return Item?.salt as string | undefined;
};

/**
 * A person's salt, made now if there is none. Undefined for somebody who was erased: either the read
 * after the put finds the erasure, or the erasure comes after the put, and deletes the salt.
 */
export const saltOf = async (volunteerId: string): Promise<string | undefined> => {
  const known = await readSalt(volunteerId);
  if (known !== undefined) return known;
  if (await isErased(volunteerId)) return undefined;
  const salt = randomBytes(32).toString('hex');
  const isNew = await putNew(peopleTable(), { ...keyOf(volunteerId), volunteerId, salt });
  if (!isNew) return readSalt(volunteerId);
  if (!(await isErased(volunteerId))) return salt;
  await destroy(keyOf(volunteerId));
  return undefined;
};

/** Destroys a person's salt, in the transaction that erases the person: nobody is tied to a leaf any more. */
export const destroySalt = (volunteerId: string) => destroyAction(keyOf(volunteerId));

import { randomBytes } from 'node:crypto';
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { aggregate } from '../ledger/aggregate.ts';
import { ledgerKey } from '../ledger/ledger.ts';
import { dynamodb, isContended, jitter } from '../runtime/dynamodb.ts';
import { ledgerTable, peopleTable } from '../runtime/settings.ts';
import { destroyAction } from './people.ts';

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

/** So often is tried when others write of the same person. */
const attempts = 5;

/** Puts a salt where there is none, unless the person's record has a newer version than this one. */
const putSalt = (volunteerId: string, salt: string, version: number) =>
  dynamodb.send(
    new TransactWriteCommand({
      TransactItems: [
        {
          Put: {
            TableName: peopleTable(),
            Item: { ...keyOf(volunteerId), volunteerId, salt },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
        {
          ConditionCheck: {
            TableName: ledgerTable(),
            Key: { pk: ledgerKey({ type: 'volunteer', id: volunteerId }), version: version + 1 },
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      ],
    }),
  );

/**
 * A person's salt, made now if there is none. Undefined for somebody who was erased. No salt is put after
 * the erasure, which deletes it: not even by a function that was stopped, and whose write arrives late.
 * @throws what DynamoDB answers when others write of the same person at each of five attempts
 */
export const saltOf = async (volunteerId: string): Promise<string | undefined> => {
  for (let attempt = 1; ; attempt += 1) {
    const known = await readSalt(volunteerId);
    if (known !== undefined) return known;
    const found = await aggregate('volunteer').find(volunteerId);
    if (found?.state.status === 'erased') return undefined;
    const salt = randomBytes(32).toString('hex');
    try {
      await putSalt(volunteerId, salt, found?.version ?? 0);
      return salt;
    } catch (error) {
      if (!isContended(error) || attempt === attempts) throw error;
      await jitter(attempt);
    }
  }
};

/** Destroys a person's salt, in the transaction that erases the person: nobody is tied to a leaf any more. */
export const destroySalt = (volunteerId: string) => destroyAction(keyOf(volunteerId));

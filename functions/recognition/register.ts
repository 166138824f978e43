import { GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { Rejection } from '../refusals/decision.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';

/** What the register says of a certificate: it never changes. Its state is in the Ledger. */
export interface Registered {
  readonly id: string;
  readonly issuerId: string;
  readonly from: string;
  readonly until: string;
}

/** All certificates of a record, also those that were declined or ended. */
export interface Register {
  readonly revision: number;
  readonly certificates: readonly Registered[];
}

/** An item takes 400 KB, and a register of this many has 100. */
const most = 600;

const keyOf = (volunteerId: string) => ({ pk: `certificates#${volunteerId}`, sk: 'register' });

/** One consistent read. Whatever was put in it before is in it. */
export const readRegister = async (volunteerId: string): Promise<Register> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: peopleTable(), Key: keyOf(volunteerId), ConsistentRead: true }),
  );
  return (Item as Register | undefined) ?? { revision: 0, certificates: [] };
};

/**
 * Puts a certificate in the register of its record, in the transaction that begins it, if nobody changed the
 * register since it was read: of two that begin at once, the second looks again.
 * @throws Rejection `too-many-certificates`
 */
export const registerPut = (
  volunteerId: string,
  { revision, certificates }: Register,
  added: Registered,
): AlsoWrite => {
  if (certificates.length >= most) throw new Rejection('too-many-certificates', { most });
  return {
    Put: {
      TableName: peopleTable(),
      Item: {
        ...keyOf(volunteerId),
        revision: revision + 1,
        certificates: [...certificates, added],
      },
      ...(revision === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :before',
            ExpressionAttributeValues: { ':before': revision },
          }),
    },
  };
};

// What is assigned once: the digits of recording units, numbers, and places in the status lists.
import { randomInt } from 'node:crypto';
import { GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { statusListLength } from '../../events/recognition.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { claimPrefix, setPrefix, statusListPartition } from '../people/status-lists.ts';
import { Problem } from '../refusals/problem.ts';
import { dynamodb, isContended, jitter } from '../runtime/dynamodb.ts';
import { peopleTable } from '../runtime/settings.ts';

type Item = { readonly [name: string]: unknown; readonly pk: string; readonly sk: string };

const itemAt = async (pk: string, sk: string): Promise<Item | undefined> => {
  const { Item } = await dynamodb.send(
    new GetCommand({ TableName: peopleTable(), Key: { pk, sk }, ConsistentRead: true }),
  );
  return Item as Item | undefined;
};

const putOf = (item: Item): AlsoWrite => ({
  Put: {
    TableName: peopleTable(),
    Item: item,
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

const digits = (below: number): string =>
  String(randomInt(below)).padStart(String(below - 1).length, '0');

const issuerKey = (issuerId: string) => ({
  pk: `certificate-number#issuer#${issuerId}`,
  sk: 'digits',
});

/** Ten thousand units; one that has taken half of them meets a free one in eight tries, but for one in 256. */
const tries = 8;

/**
 * The four digits of a recording unit in numbers, assigned with its first certificate, for good and to no other.
 * @throws Problem `conflict` when no free ones were found
 */
export const issuerDigits = async (issuerId: string): Promise<string> => {
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const { pk, sk } = issuerKey(issuerId);
    const known = await itemAt(pk, sk);
    if (known) return String(known.digits);
    const free = digits(10_000);
    const taken = { pk: `certificate-number#digits#${free}`, sk: 'issuer', issuerId };
    try {
      await dynamodb.send(
        new TransactWriteCommand({
          TransactItems: [putOf({ pk, sk, digits: free }), putOf(taken)],
        }),
      );
      return free;
    } catch (error) {
      if (!isContended(error)) throw error;
      await jitter(attempt);
    }
  }
  throw new Problem('conflict');
};

const numberKey = (number: string) => ({ pk: `certificate-number#${number}`, sk: 'certificate' });

/** Six random digits: how many certificates there are is nobody's business, and none is the next one's. */
export const newSerial = (): string => digits(1_000_000);

/** Gives a number to a certificate, in the transaction that issues it, if nobody has it. */
export const numberPut = (number: string, certificateId: string): AlsoWrite =>
  putOf({ ...numberKey(number), certificateId });

/** The certificate with a number; undefined when there is none. One consistent read. */
export const certificateWith = async (number: string): Promise<string | undefined> => {
  const { pk, sk } = numberKey(number);
  return (await itemAt(pk, sk))?.certificateId as string | undefined;
};

const placeIn = (prefix: string, index: number): string =>
  `${prefix}${String(index).padStart(6, '0')}`;

/** A random place of a status list. */
export const newStatusIndex = (): number => randomInt(statusListLength);

/** Takes a place in a status list, in the transaction that issues the certificate, if it is free. */
export const claimPut = (list: string, index: number): AlsoWrite =>
  putOf({ pk: statusListPartition(list), sk: placeIn(claimPrefix, index) });

/** Sets the place of a certificate in its list, in the transaction of the event that ends it. */
export const setPut = (list: string, index: number): AlsoWrite => ({
  Put: {
    TableName: peopleTable(),
    Item: { pk: statusListPartition(list), sk: placeIn(setPrefix, index) },
  },
});

/** The place that an item of a list's partition is about. */
export const indexIn = (sk: string, prefix: string): number => Number(sk.slice(prefix.length));

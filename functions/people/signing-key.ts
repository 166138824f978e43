import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../refusals/problem.ts';
import { dynamodb, queryItems } from '../runtime/dynamodb.ts';
import { onceFound } from '../runtime/once.ts';
import { peopleTable } from '../runtime/settings.ts';
import { putSealed, readSealed } from './people.ts';

const partition = 'signing';

/** The item with the key for webhooks, which stays the same: receivers keep its public part. */
const ofWebhooks = { pk: partition, sk: 'key' } as const;

const yearPrefix = 'key#';
/** The item with the key that signs credentials in a year. */
const ofYear = (year: string) => ({ pk: partition, sk: `${yearPrefix}${year}` });
type Place = ReturnType<typeof ofYear> | typeof ofWebhooks;

/** A public key as a JSON Web Key (RFC 8037): Ed25519. */
export interface PublicKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** 32 bytes, base64url. */
  readonly x: string;
}

const publicKeyIn = (item: { readonly [name: string]: unknown }): PublicKey => ({
  kty: 'OKP',
  crv: 'Ed25519',
  x: String(item.x),
});

const readPublic = async (place: Place): Promise<PublicKey | undefined> => {
  const { Item } = await dynamodb.send(new GetCommand({ TableName: peopleTable(), Key: place }));
  return Item && publicKeyIn(Item);
};

/**
 * The district's public keys, read without opening anything, those that signed in earlier years too. One
 * query.
 */
export const readPublicKeys = async (): Promise<{
  /** Undefined before it is made. */
  readonly webhooks: PublicKey | undefined;
  /** By year, the earliest first. */
  readonly years: readonly { readonly year: string; readonly key: PublicKey }[];
}> => {
  const items = await queryItems({
    TableName: peopleTable(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': partition },
  });
  const webhooks = items.find(({ sk }) => sk === ofWebhooks.sk);
  return {
    webhooks: webhooks && publicKeyIn(webhooks),
    years: items.flatMap((item) => {
      const sk = String(item.sk);
      if (!sk.startsWith(yearPrefix)) return [];
      return [{ year: sk.slice(yearPrefix.length), key: publicKeyIn(item) }];
    }),
  };
};

/** Makes a key unless there is one. Of several made at once, one is kept. */
const make = async (place: Place): Promise<void> => {
  if (await readPublic(place)) return;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const fields = { pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64') };
  try {
    await putSealed(place, fields, { x });
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'conflict')) throw error;
  }
};

const openKey = async (place: Place): Promise<KeyObject> => {
  const found = await readSealed(place);
  if (!found) throw new Problem('record-unreadable');
  const der = Buffer.from(String(found.fields.pkcs8), 'base64');
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
};

/** Makes the key for webhooks, unless there is one. @throws Problem `record-unreadable` */
export const makeSigningKey = (): Promise<void> => make(ofWebhooks);

const opened = onceFound(() => openKey(ofWebhooks));

/** The private key for webhooks, opened once for each container. @throws Problem `record-unreadable` */
export const signingKey = (): Promise<KeyObject> => opened(peopleTable());

const openedOfYear = onceFound(async (name: string) => {
  const place = ofYear(name.slice(-'yyyy'.length));
  await make(place);
  return openKey(place);
});

/**
 * The private key that signs credentials in a year, made when it is first needed, and opened once for each
 * container. Keys of earlier years stay, so that what they signed can be verified.
 * @throws Problem `record-unreadable`
 */
export const signingKeyOf = (year: number): Promise<KeyObject> =>
  openedOfYear(`${peopleTable()} ${year}`);

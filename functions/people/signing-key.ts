import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { Problem } from '../refusals/problem.ts';
import { dynamodb } from '../runtime/dynamodb.ts';
import { onceFound } from '../runtime/once.ts';
import { peopleTable } from '../runtime/settings.ts';
import { putSealed, readSealed } from './people.ts';

/** The item with the district's key for signatures that anybody can check. */
const record = { pk: 'signing', sk: 'key' } as const;

/** A public key as a JSON Web Key (RFC 8037): Ed25519. */
export interface PublicKey {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  /** 32 bytes, base64url. */
  readonly x: string;
}

/** The district's public key, read without opening anything; undefined before it is made. One read. */
export const readPublicKey = async (): Promise<PublicKey | undefined> => {
  const { Item } = await dynamodb.send(new GetCommand({ TableName: peopleTable(), Key: record }));
  return Item && { kty: 'OKP', crv: 'Ed25519', x: String(Item.x) };
};

/**
 * Makes the district's key, unless there is one. Of several made at once, one is kept.
 * @throws Problem `record-unreadable`
 */
export const makeSigningKey = async (): Promise<void> => {
  if (await readPublicKey()) return;
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  const fields = { pkcs8: privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64') };
  try {
    await putSealed(record, fields, { x });
  } catch (error) {
    if (!(error instanceof Problem && error.code === 'conflict')) throw error;
  }
};

const openSigningKey = async (): Promise<KeyObject> => {
  const found = await readSealed(record);
  if (!found) throw new Problem('record-unreadable');
  const der = Buffer.from(String(found.fields.pkcs8), 'base64');
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
};

const opened = onceFound(openSigningKey);

/** The private key, opened once for each container. @throws Problem `record-unreadable` */
export const signingKey = (): Promise<KeyObject> => opened(peopleTable());

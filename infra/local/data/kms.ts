// The part of KMS's API that envelope encryption needs: data keys made and unwrapped under keys that
// lie in a file of the data folder. Without that file, what was encrypted stays closed.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { arnOf, type Location } from '../assembly/arns.ts';
import type { Actions, Input } from '../edge/actions.ts';

/** An error as KMS answers it: its name is the `__type`. */
class KmsError extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

const fail = (name: string, message: string): never => {
  throw new KmsError(name, message);
};

export interface Keys {
  /** The key's 32 bytes; undefined when they are lost, or there is no such key. */
  material(name: string): Buffer | undefined;
  readonly names: readonly string[];
  /** What the operator has to be told, if there is anything. */
  readonly warning: string | undefined;
}

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

type Kept = Readonly<Record<string, string>>;

/** What the file says; undefined when there is none. */
const readKept = (file: string): Kept | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** In one step, so that a crash leaves the old file or the new one, whole. */
const writeKept = (file: string, kept: Kept): void => {
  writeFileSync(`${file}.new`, JSON.stringify(kept, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/**
 * The template's keys, from the data folder's `kms-keys.json`; keys that the file does not have are
 * made and added. Where the file is gone or broken though the tables are there, nothing is made or
 * written: a new key would look like a mended host, and stand in the way of the file's return.
 * @param tablesExisted whether every table was there before this start
 */
export const openKeys = (
  dataDir: string,
  names: readonly string[],
  tablesExisted: boolean,
): Keys => {
  const file = join(dataDir, 'kms-keys.json');
  const lost = (what: string): Keys => ({
    names,
    material: () => undefined,
    warning: `The key file ${file} ${what}: what was encrypted with it stays closed, and nothing more is encrypted, until the file is back.`,
  });
  if (names.length === 0) return { names, material: () => undefined, warning: undefined };
  let kept: Kept | undefined;
  try {
    kept = readKept(file);
    if (kept !== undefined) for (const key of Object.values(kept)) checkMaterial(key);
  } catch {
    return lost('cannot be read');
  }
  if (!kept && tablesExisted) return lost('is gone, though the tables are there');
  const missing = names.filter((name) => !Object.hasOwn(kept ?? {}, name));
  const made = missing.map((name) => [name, randomBytes(keyBytes).toString('base64')] as const);
  const all: Kept = { ...kept, ...Object.fromEntries(made) };
  if (missing.length > 0) writeKept(file, all);
  return {
    names,
    material: (name) =>
      Object.hasOwn(all, name) ? Buffer.from(all[name] ?? '', 'base64') : undefined,
    warning: undefined,
  };
};

const checkMaterial = (key: unknown): void => {
  if (typeof key !== 'string' || Buffer.from(key, 'base64').length !== keyBytes)
    throw new TypeError('not a key');
};

/** What binds a ciphertext: its key, and the encryption context in whatever order it was given. */
const additionalData = (name: string, context: unknown): Buffer => {
  if (typeof context !== 'object' || context === null)
    return fail('ValidationException', 'The encryption context is a map of strings.');
  return Buffer.from(JSON.stringify([name, Object.entries(context).sort(byName)]));
};

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

/** A ciphertext carries the name of its key, as KMS's does: length, name, IV, sealed bytes, tag. */
const wrap = (name: string, key: Buffer, context: unknown, plain: Buffer): Buffer => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(additionalData(name, context));
  const header = Buffer.concat([Buffer.from([Buffer.byteLength(name)]), Buffer.from(name)]);
  return Buffer.concat([header, iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
};

const unwrap = (name: string, key: Buffer, context: unknown, blob: Buffer): Buffer => {
  const sealed = blob.subarray(1 + Buffer.byteLength(name));
  const boundTo = additionalData(name, context);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(boundTo)
      .setAuthTag(sealed.subarray(-tagBytes));
    return Buffer.concat([decipher.update(sealed.subarray(ivBytes, -tagBytes)), decipher.final()]);
  } catch {
    return fail('InvalidCiphertextException', 'The ciphertext does not open.');
  }
};

const bytesOf = ({ KeySpec, NumberOfBytes }: Input): number => {
  if (KeySpec === 'AES_256') return 32;
  if (KeySpec === 'AES_128') return 16;
  const bytes = Number(NumberOfBytes);
  if (KeySpec !== undefined || !Number.isInteger(bytes) || bytes < 1 || bytes > 1024)
    return fail(
      'ValidationException',
      'KeySpec is AES_256 or AES_128, or NumberOfBytes 1 to 1024.',
    );
  return bytes;
};

/** By the name in X-Amz-Target; all other actions of KMS are refused by the endpoint. */
export const createKmsActions = (keys: Keys, place: Location): Actions => {
  const keyArn = (name: string): string => arnOf(place, 'kms', `key/${name}`);
  const nameOf = (keyId: unknown): string =>
    keys.names.find((name) => keyId === name || keyId === keyArn(name)) ??
    fail('NotFoundException', `There is no key ${keyId}.`);
  const materialOf = (name: string): Buffer =>
    keys.material(name) ??
    fail('KMSInvalidStateException', `The key ${name} has lost its material.`);
  return {
    'TrentService.GenerateDataKey': (input) => {
      const name = nameOf(input.KeyId);
      const plain = randomBytes(bytesOf(input));
      const { EncryptionContext = {} } = input;
      const blob = wrap(name, materialOf(name), EncryptionContext, plain);
      return {
        KeyId: keyArn(name),
        Plaintext: plain.toString('base64'),
        CiphertextBlob: blob.toString('base64'),
      };
    },
    'TrentService.Decrypt': ({ KeyId, CiphertextBlob, EncryptionContext = {} }) => {
      const blob = Buffer.from(String(CiphertextBlob), 'base64');
      const named = blob.subarray(1, 1 + (blob[0] ?? 0)).toString();
      const name =
        keys.names.find((one) => one === named) ??
        fail('InvalidCiphertextException', 'The ciphertext is of no key of this host.');
      if (KeyId !== undefined && nameOf(KeyId) !== name)
        fail('IncorrectKeyException', 'The ciphertext is of another key.');
      const plain = unwrap(name, materialOf(name), EncryptionContext, blob);
      return {
        KeyId: keyArn(name),
        Plaintext: plain.toString('base64'),
        EncryptionAlgorithm: 'SYMMETRIC_DEFAULT',
      };
    },
  };
};

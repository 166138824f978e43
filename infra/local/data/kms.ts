// The part of KMS's API that envelope encryption needs: it makes and unwraps data keys, under keys in a
// file of the data folder. Without that file encrypted data cannot be read.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { arnOf, type Location } from '../assembly/arns.ts';
import type { Actions, Input } from '../edge/actions.ts';

/** An error in the form of KMS's answer; its name becomes the `__type`. */
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
  /** The key's 32 bytes; undefined if they are lost or the key does not exist. */
  material(name: string): Buffer | undefined;
  readonly names: readonly string[];
  /** A warning for the operator, if any. */
  readonly warning: string | undefined;
}

const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

type Kept = Readonly<Record<string, string>>;

/** The contents of the file; undefined if it does not exist. */
const readKept = (file: string): Kept | undefined => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

/** Replaces the file in one step, so that a crash leaves either the old or the new file complete. */
const writeKept = (file: string, kept: Kept): void => {
  writeFileSync(`${file}.new`, JSON.stringify(kept, null, 2), { mode: 0o600 });
  renameSync(`${file}.new`, file);
};

/**
 * The template's keys, from the data folder's `kms-keys.json`. Missing keys are made and added to the
 * file. If the file is gone or broken although the tables exist, no key is made and nothing is written,
 * because a new key would hide the loss and conflict with the restored file.
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

/** A ciphertext is bound to its key and to the encryption context, in any order of its entries. */
const additionalData = (name: string, context: unknown): Buffer => {
  if (typeof context !== 'object' || context === null)
    return fail('ValidationException', 'The encryption context is a map of strings.');
  return Buffer.from(JSON.stringify([name, Object.entries(context).sort(byName)]));
};

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a < b ? -1 : 1;

/** As in KMS, a ciphertext carries the name of its key: length, name, IV, sealed bytes, tag. */
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

/** By the name in X-Amz-Target. The endpoint refuses all other actions of KMS. */
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

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** The key of an item in the People table. */
export interface RecordKey {
  readonly pk: string;
  readonly sk: string;
}

/** The place of a sealed value. It does not open at any other place. */
export interface Binding extends RecordKey {
  readonly district: string;
  readonly attribute: string;
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** Contains the kind of table instead of its name, so a table restored under another name still opens. */
const additionalData = ({ district, pk, sk, attribute }: Binding): Buffer =>
  Buffer.from(JSON.stringify([district, 'people', pk, sk, attribute]));

/**
 * Seals a JSON value with a record's data key (32 bytes). The result is IV, ciphertext and tag, in
 * this order. AES-256-GCM with a random IV of 96 bits; a record has far fewer values than one key
 * may seal.
 */
export const seal = (dataKey: Uint8Array, binding: Binding, value: unknown): Buffer => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, dataKey, iv).setAAD(additionalData(binding));
  const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return Buffer.concat([iv, text, cipher.getAuthTag()]);
};

/** Opens a sealed value. @throws Error for another key, another place, or a changed byte */
export const open = (dataKey: Uint8Array, binding: Binding, sealed: Uint8Array): unknown => {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv(algorithm, dataKey, bytes.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  })
    .setAAD(additionalData(binding))
    .setAuthTag(bytes.subarray(-tagBytes));
  const text = Buffer.concat([
    decipher.update(bytes.subarray(ivBytes, -tagBytes)),
    decipher.final(),
  ]);
  return JSON.parse(text.toString('utf8'));
};

import { KMSClient } from '@aws-sdk/client-kms';
import { awsError } from '../support/aws-error.ts';
import type { Random } from './random.ts';
import { type Sent, sentOf } from './store-shapes.ts';

/** The model's wrapped data key: the key and its encryption context, in clear. */
const wrap = (plain: Uint8Array, context: unknown): Uint8Array =>
  Buffer.concat([plain, Buffer.from(JSON.stringify(context))]);

const answerTo = ({ name, input }: Sent, random: Random): object => {
  const { EncryptionContext: context } = input;
  if (name === 'GenerateDataKey') {
    const Plaintext = Uint8Array.from({ length: 32 }, () => random.below(256));
    return { Plaintext, CiphertextBlob: wrap(Plaintext, context) };
  }
  const wrapped = Buffer.from(input.CiphertextBlob as Uint8Array);
  if (wrapped.subarray(32).toString() !== JSON.stringify(context))
    throw awsError('InvalidCiphertextException');
  return { Plaintext: wrapped.subarray(0, 32) };
};

/** The item with the district's index key, which exists from the start of a run. */
export const indexKeyItem = {
  pk: 'keys',
  sk: 'index',
  key: wrap(Buffer.alloc(32, 7), { district: 'test', pk: 'keys', sk: 'index' }),
};

/** Replaces KMS by a model whose calls neither wait nor fail. Returns a function that undoes it. */
export const installKeyService = (random: Random): (() => void) => {
  KMSClient.prototype.send = (async (command: object) =>
    answerTo(sentOf(command), random)) as typeof KMSClient.prototype.send;
  return () => {
    Reflect.deleteProperty(KMSClient.prototype, 'send');
  };
};

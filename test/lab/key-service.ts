import { KMSClient } from '@aws-sdk/client-kms';
import { awsError } from '../support/aws-error.ts';
import type { Random } from './random.ts';
import { type Sent, sentOf } from './store-shapes.ts';

/** A wrapped data key is the key and what it is bound to, in clear: nobody but the model looks. */
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

/** The item that holds a district's index key, as the functions find it from the beginning. */
export const indexKeyItem = {
  pk: 'keys',
  sk: 'index',
  key: wrap(Buffer.alloc(32, 7), { district: 'test', pk: 'keys', sk: 'index' }),
};

/** Puts a model of KMS in its place: no call waits and none fails. Returns what undoes it. */
export const installKeyService = (random: Random): (() => void) => {
  KMSClient.prototype.send = (async (command: object) =>
    answerTo(sentOf(command), random)) as typeof KMSClient.prototype.send;
  return () => {
    Reflect.deleteProperty(KMSClient.prototype, 'send');
  };
};

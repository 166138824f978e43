import * as exceptions from '@aws-sdk/client-dynamodb';

type Exception = new (said: {
  readonly message: string;
  readonly $metadata: object;
  readonly CancellationReasons?: readonly { readonly Code: string }[];
}) => Error;

/** An error as the SDK throws it: of DynamoDB's own class, where the client has one of this name. */
export const awsError = (name: string, more: object = {}): Error => {
  const Class = (exceptions as unknown as Readonly<Record<string, Exception>>)[name];
  return Class
    ? new Class({ message: name, $metadata: {}, ...more })
    : Object.assign(new Error(name), { name, ...more });
};

/** A transaction that did not happen, for the reason of each of its actions. */
export const cancelled = (...codes: readonly string[]): Error =>
  awsError('TransactionCanceledException', {
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

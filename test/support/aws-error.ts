import * as exceptions from '@aws-sdk/client-dynamodb';

type Exception = new (said: {
  readonly message: string;
  readonly $metadata: object;
  readonly CancellationReasons?: readonly { readonly Code: string }[];
}) => Error;

/** An error as the SDK throws it: an instance of DynamoDB's class of this name, if the client has one. */
export const awsError = (name: string, more: object = {}): Error => {
  const Class = (exceptions as unknown as Readonly<Record<string, Exception>>)[name];
  return Class
    ? new Class({ message: name, $metadata: {}, ...more })
    : Object.assign(new Error(name), { name, ...more });
};

/** The error of a cancelled transaction, with the reason for each of its actions. */
export const cancelled = (...codes: readonly string[]): Error =>
  awsError('TransactionCanceledException', {
    CancellationReasons: codes.map((Code) => ({ Code })),
  });

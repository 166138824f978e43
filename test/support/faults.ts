import { jest } from '@jest/globals';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';

type Send = (command: object) => Promise<unknown>;

/**
 * Runs `before` and `after` around every call of this command by the client, until the end of the test. The
 * caller gets their errors. An error of `after` leaves the outcome of the call unknown to the caller.
 */
export const around = (
  command:
    | 'PutCommand'
    | 'TransactWriteCommand'
    | 'QueryCommand'
    | 'BatchGetCommand'
    | 'GetCommand',
  {
    before,
    after,
  }: { before?: (call: number, input: object) => unknown; after?: (call: number) => unknown },
) => {
  const send = dynamodb.send.bind(dynamodb) as Send;
  let calls = 0;
  let inside = false;
  return jest
    .spyOn(dynamodb as unknown as { send: Send }, 'send')
    .mockImplementation(async (sent) => {
      if (inside || sent.constructor.name !== command) return send(sent);
      calls += 1;
      const call = calls;
      inside = true;
      try {
        await before?.(call, (sent as unknown as { readonly input: object }).input);
      } finally {
        inside = false;
      }
      const result = await send(sent);
      await after?.(call);
      return result;
    });
};

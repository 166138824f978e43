// Asynchronous invocations, as Lambda makes them of a rule's events: one event at a time, two retries, and
// then the on-failure destination.
import { randomUUID } from 'node:crypto';
import type { AsynchronousSpec } from '../assembly/blueprint.ts';
import type { Message, Queues } from '../messaging/queues.ts';
import type { Clock } from './clock.ts';
import { InvocationError, type LocalFunction } from './functions.ts';

/** Lambda waits one minute before the first retry, and two before the second. By the host's clock. */
const RETRY_MS = [60_000, 120_000];

/** The error's type, which the worker puts before its message. */
const errorTypeOf = ({ message }: Error): string => /^(\w+): /.exec(message)?.[1] ?? 'Error';

export const asynchronousHandler = (
  { queue, retries, onFailureQueue }: AsynchronousSpec,
  target: LocalFunction,
  queues: Queues,
  clock: Clock,
) => {
  /** As Lambda does, with the event and the error. */
  const failureOf = ({ messageId, body, receiveCount }: Message, error: Error): string =>
    JSON.stringify({
      version: '1.0',
      timestamp: new Date(clock.now()).toISOString(),
      requestContext: {
        requestId: messageId || randomUUID(),
        functionArn: `${target.spec.arn}:$LATEST`,
        condition: 'RetriesExhausted',
        approximateInvokeCount: receiveCount,
      },
      requestPayload: JSON.parse(body),
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        functionError: 'Unhandled',
      },
      responsePayload: { errorType: errorTypeOf(error), errorMessage: error.message },
    });

  return async ([message]: readonly Message[]): Promise<void> => {
    if (!message) return;
    try {
      await target.invoke(JSON.parse(message.body));
      queues.succeed(queue, [message]);
    } catch (error) {
      if (!(error instanceof InvocationError)) throw error;
      // A message that stays in flight is received again at the next start.
      if (target.isStopped()) return;
      if (message.receiveCount <= retries) {
        const wait = RETRY_MS[message.receiveCount - 1] ?? 0;
        return queues.giveBack(queue, message.id, wait);
      }
      if (onFailureQueue) queues.send([{ queue: onFailureQueue, body: failureOf(message, error) }]);
      queues.remove(message.id);
    }
  };
};

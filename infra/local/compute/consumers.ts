// Hands a queue's messages on in concurrent batches. It wakes up when a message is sent or becomes visible,
// and does not poll.
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueMappingSpec } from '../assembly/blueprint.ts';
import { type Message, type Queues, toRecord } from '../messaging/queues.ts';
import { failedItems } from './failed-items.ts';
import type { LocalFunction } from './functions.ts';

/**
 * Lambda waits up to the batching window for a batch to fill; a shorter wait is enough here. Messages that
 * must wait are delayed by their queue (`delayMs`).
 */
const LONGEST_WINDOW_MS = 100;

/** Pause after an error of the queue's file, such as a full disk. */
const AFTER_ERROR_MS = 1000;

/** How the messages of a queue are received. */
export type Receiving = Pick<QueueMappingSpec, 'queue' | 'batchSize' | 'windowMs' | 'concurrency'>;

/** The handler of an SQS event source mapping: invokes the function with a batch. */
export const batchHandler = (spec: QueueMappingSpec, target: LocalFunction, queues: Queues) => {
  const queue = queues.specs.get(spec.queue);
  if (!queue) throw new Error(`There is no queue ${spec.queue}.`);
  const failuresOf = async (messages: readonly Message[]): Promise<ReadonlySet<string>> => {
    const ids = messages.map(({ messageId }) => messageId);
    try {
      const answer = await target.invoke({
        Records: messages.map((message) => toRecord(message, queue)),
      });
      return spec.reportsFailures ? failedItems(answer, ids) : new Set();
    } catch {
      return new Set(ids);
    }
  };
  return async (messages: readonly Message[]): Promise<void> => {
    const failed = await failuresOf(messages);
    const isFailed = ({ messageId }: Message): boolean => failed.has(messageId);
    queues.fail(spec.queue, messages.filter(isFailed));
    queues.succeed(
      spec.queue,
      messages.filter((message) => !isFailed(message)),
    );
  };
};

/**
 * Hands a queue's messages to `handle`, which settles each of them. `ready` is awaited before messages
 * are received. Retries are quick here, so a database that is away for seconds would use up all receives
 * of a message.
 */
export const consumeQueue = (
  spec: Receiving,
  handle: (messages: readonly Message[]) => Promise<void>,
  queues: Queues,
  ready: () => Promise<void> = async () => undefined,
) => {
  const running = new Set<Promise<void>>();
  let gathering = 0;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;

  const gather = async (): Promise<readonly Message[]> => {
    gathering += 1;
    try {
      await ready();
      if (stopping) return [];
      if (spec.windowMs > 0 && queues.visible(spec.queue).count < spec.batchSize) {
        await sleep(Math.min(spec.windowMs, LONGEST_WINDOW_MS));
      }
      return queues.receive(spec.queue, spec.batchSize);
    } finally {
      gathering -= 1;
    }
  };

  const runBatch = async (): Promise<void> => {
    const messages = await gather();
    if (messages.length === 0) return;
    await handle(messages);
  };

  /** Prints an error of the queue itself. The messages stay in flight until the next start. */
  const tell = async (error: unknown): Promise<void> => {
    console.error(`${spec.queue}:`, error);
    await sleep(AFTER_ERROR_MS);
  };

  const work = (): void => {
    clearTimeout(timer);
    if (stopping) return;
    const { count, next } = queues.visible(spec.queue);
    while (running.size < spec.concurrency && gathering * spec.batchSize < count) {
      const batch = runBatch()
        .catch(tell)
        .finally(() => {
          running.delete(batch);
          work();
        });
      running.add(batch);
    }
    if (count === 0 && next !== null) timer = setTimeout(work, Math.max(1, next - Date.now()));
  };

  queues.onChange(spec.queue, work);
  work();
  return {
    /** Receives no more messages. */
    stop: (): void => {
      stopping = true;
      clearTimeout(timer);
    },
    /** Resolves, after `stop`, when the last batch has been processed. */
    finished: async (): Promise<void> => {
      await Promise.allSettled(running);
    },
  };
};

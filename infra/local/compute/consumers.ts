// Hands a queue's messages to its function, in batches, a few at once, as an SQS event source
// mapping does. Wakes up when a message is sent or becomes visible, so that waiting costs nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueMappingSpec } from '../assembly/blueprint.ts';
import { type Message, type Queues, toRecord } from '../messaging/queues.ts';
import { failedItems } from './failed-items.ts';
import type { LocalFunction } from './functions.ts';

/**
 * Lambda waits up to the window for a batch to fill; locally a moment is enough. What has to wait is
 * delayed by its queue (`delayMs`).
 */
const LONGEST_WINDOW_MS = 100;

/** A disk that is full stays so for a while. */
const AFTER_ERROR_MS = 1000;

/**
 * `ready` is awaited before messages are received: retries are quick here, so that a database that
 * is away for seconds would use them all up.
 */
export const consumeQueue = (
  spec: QueueMappingSpec,
  target: LocalFunction,
  queues: Queues,
  ready: () => Promise<void> = async () => undefined,
) => {
  const queue = queues.specs.get(spec.queue);
  if (!queue) throw new Error(`There is no queue ${spec.queue}.`);
  const running = new Set<Promise<void>>();
  let gathering = 0;
  let stopping = false;
  let timer: NodeJS.Timeout | undefined;

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
    const failed = await failuresOf(messages);
    const isFailed = ({ messageId }: Message): boolean => failed.has(messageId);
    queues.fail(spec.queue, messages.filter(isFailed));
    queues.succeed(
      spec.queue,
      messages.filter((message) => !isFailed(message)),
    );
  };

  /** The messages stay in flight, and are free again at the next start. */
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
    /** Takes no further message. */
    stop: (): void => {
      stopping = true;
      clearTimeout(timer);
    },
    /** Resolves, after `stop`, when the last batch has been dealt with. */
    finished: async (): Promise<void> => {
      await Promise.allSettled(running);
    },
  };
};

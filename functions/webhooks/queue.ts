import {
  ChangeMessageVisibilityCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { chunksOf } from '../runtime/batches.ts';
import { fingerprint } from '../runtime/ids.ts';
import { deliveriesQueue } from '../runtime/settings.ts';
import type { Digest, Queued } from './deliveries.ts';

/** Otherwise the client would use the host of the queue's URL instead of the region's endpoint. */
const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });

interface Message {
  readonly body: Queued | Digest;
  /** The same in a repetition, and different in whatever is to be handed out beside it. */
  readonly name: readonly string[];
}

/** SQS takes at most ten messages a request. */
const atOnce = 10;

/**
 * Puts deliveries into the queue. Of each webhook, one is in flight at a time. A delivery that was put
 * there for the same reason in the last five minutes is not put there again.
 * @param reason what the delivery is due for: the same in a repetition
 */
export const enqueue = async (
  deliveries: readonly Queued[],
  reason: (delivery: Queued) => string,
): Promise<void> => {
  await send(deliveries.map((body) => ({ body, name: [body.webhookId, body.id, reason(body)] })));
};

/** Puts deliveries to one robot into the queue as one message, a repetition only once. */
export const enqueueDigest = async (
  digest: Digest,
  reason: (delivery: Queued) => string,
): Promise<void> => {
  const parts = digest.digest.flatMap((each) => [each.id, reason(each)]);
  await send([{ body: digest, name: [digest.webhookId, ...parts] }]);
};

const send = async (messages: readonly Message[]): Promise<void> => {
  for (const ten of chunksOf(messages, atOnce)) {
    const Entries = ten.map(({ body, name }, index) => ({
      Id: `${index}`,
      MessageBody: JSON.stringify(body),
      MessageGroupId: body.webhookId,
      MessageDeduplicationId: fingerprint(...name),
    }));
    const QueueUrl = deliveriesQueue();
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    if (Failed[0]) throw new Error(`SQS refused ${Failed.length} messages: ${Failed[0].Message}`);
  }
};

/** Has a message come again after some seconds, once the function reports that it failed. */
export const putOff = async (ReceiptHandle: string, seconds: number): Promise<void> => {
  const QueueUrl = deliveriesQueue();
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: seconds }),
  );
};

// The part of SQS's API that functions call: to send to queues, to put off a message, and to move
// messages between queues.

import { lastPart } from '../assembly/arns.ts';
import type { Actions, Input } from '../edge/actions.ts';
import { md5Of, type Queues } from './queues.ts';

/** SQS allows ten messages a request. */
const LIMIT = 10;

export const createQueueActions = (queues: Queues): Actions => {
  const queueOf = ({ QueueUrl }: Input): string => {
    const name = lastPart(String(QueueUrl));
    if (!queues.specs.has(name)) throw new RangeError(`There is no queue ${QueueUrl}.`);
    return name;
  };
  const entriesOf = ({ Entries }: Input): readonly Readonly<Record<string, string>>[] => {
    if (!Array.isArray(Entries) || Entries.length < 1 || Entries.length > LIMIT)
      throw new RangeError('1 to 10 entries are allowed in a request.');
    return Entries;
  };
  const successes = (input: Input, one: (entry: Readonly<Record<string, string>>) => object) => ({
    Successful: entriesOf(input).map((entry) => ({ Id: entry.Id, ...one(entry) })),
    Failed: [],
  });
  return {
    'AmazonSQS.GetQueueAttributes': (input) => ({
      Attributes: { ApproximateNumberOfMessages: `${queues.visible(queueOf(input)).count}` },
    }),
    'AmazonSQS.ReceiveMessage': (input) => {
      const queue = queueOf(input);
      const { MaxNumberOfMessages = 1, VisibilityTimeout } = input;
      const seconds = Number(
        VisibilityTimeout ?? (queues.specs.get(queue)?.visibilityMs ?? 0) / 1000,
      );
      const messages = queues.borrow(queue, Number(MaxNumberOfMessages), seconds * 1000);
      return {
        Messages: messages.map(({ id, messageId, body }) => ({
          MessageId: messageId,
          ReceiptHandle: `${id}`,
          Body: body,
          MD5OfBody: md5Of(body),
        })),
      };
    },
    'AmazonSQS.SendMessageBatch': (input) => {
      const queue = queueOf(input);
      if (entriesOf(input).some(({ DelaySeconds }) => DelaySeconds !== undefined))
        throw new RangeError('A message with a delay of its own is not served.');
      queues.send(
        entriesOf(input).map((entry) => ({
          queue,
          body: entry.MessageBody ?? '',
          groupId: entry.MessageGroupId,
          deduplicationId: entry.MessageDeduplicationId,
        })),
      );
      return successes(input, ({ MessageBody = '' }) => ({ MD5OfMessageBody: md5Of(MessageBody) }));
    },
    'AmazonSQS.DeleteMessageBatch': (input) =>
      successes(input, ({ ReceiptHandle }) => {
        queues.remove(Number(ReceiptHandle));
        return {};
      }),
    'AmazonSQS.ChangeMessageVisibility': (input) => {
      const { ReceiptHandle, VisibilityTimeout } = input;
      queues.postpone(Number(ReceiptHandle), Number(VisibilityTimeout) * 1000);
      return {};
    },
    'AmazonSQS.ChangeMessageVisibilityBatch': (input) => {
      const queue = queueOf(input);
      return successes(input, ({ ReceiptHandle, VisibilityTimeout }) => {
        queues.giveBack(queue, Number(ReceiptHandle), Number(VisibilityTimeout) * 1000);
        return {};
      });
    },
  };
};

import type { Message } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { type Position, positionOf } from './position.ts';

const schema = z.object({
  UNDELIVERED_QUEUE: z.url(),
  UNHANDLED_QUEUE: z.url(),
  PROJECTIONS_QUEUE: z.url(),
});

/** The URLs of the two dead-letter queues by their names, and of the projector's queue. */
export const queues = () => {
  const { UNDELIVERED_QUEUE, UNHANDLED_QUEUE, PROJECTIONS_QUEUE } = schema.parse(process.env);
  return {
    deadLetters: { Undelivered: UNDELIVERED_QUEUE, Unhandled: UNHANDLED_QUEUE },
    projections: PROJECTIONS_QUEUE,
  } as const;
};

/** Whose a message in a dead-letter queue is, and what belongs to it. */
export type DeadLetter =
  /** A part of the Ledger's stream that the relay could not publish, or the log of events not take. */
  | { readonly kind: 'position'; readonly of: string; readonly position: Position }
  /** The body of a message for the projector's queue. */
  | {
      readonly kind: 'message';
      readonly of: string;
      readonly body: string;
      readonly event: unknown;
    }
  /** An event for a function, by the function's name. */
  | {
      readonly kind: 'event';
      readonly of: string;
      readonly event: unknown;
      readonly error?: string;
    }
  /** An event for a queue or bus of somebody else (the setting `forwards`), by its ARN. */
  | { readonly kind: 'forward'; readonly of: string; readonly event: unknown };

/** What Lambda writes about an event that a function could not handle. */
const unhandled = z.object({
  requestContext: z.object({ functionArn: z.string(), condition: z.string() }),
  requestPayload: z.json(),
  responsePayload: z.object({ errorType: z.string().optional() }).optional(),
});

const functionIn = (arn: string): string | undefined => /:function:([\w-]+)/.exec(arn)?.[1];

/** `arn:aws:sqs:<region>:<account>:<name>` → `<account>/<name>`, with which the queue's URL ends. */
const isQueueAt = (url: string, arn: string): boolean =>
  url.endsWith(`/${arn.split(':').slice(4).join('/')}`);

const parseBody = (body: string | undefined): unknown => {
  try {
    return JSON.parse(body ?? '');
  } catch {
    return undefined;
  }
};

/**
 * Reads a message of a dead-letter queue. EventBridge names the target in an attribute, Lambda the
 * function in the body. The queue of the projector passes its messages on unchanged.
 */
export const deadLetterOf = ({ Body = '', MessageAttributes = {} }: Message): DeadLetter => {
  const body = parseBody(Body);
  const position = positionOf(body);
  if (position) {
    // The log of events has another function in each district; the relay is known by its name in the stack.
    const name = functionIn(position.functionArn) ?? '';
    return { kind: 'position', of: name.includes('EventLog') ? name : 'Relay', position };
  }
  const { success, data } = unhandled.safeParse(body);
  if (success) {
    const { requestContext, requestPayload: event, responsePayload } = data;
    const of = functionIn(requestContext.functionArn) ?? '';
    return {
      kind: 'event',
      of,
      event,
      error: responsePayload?.errorType ?? requestContext.condition,
    };
  }
  const target = MessageAttributes.TARGET_ARN?.StringValue;
  const name = functionIn(target ?? '');
  if (name) return { kind: 'event', of: name, event: body };
  return target === undefined || isQueueAt(queues().projections, target)
    ? { kind: 'message', of: 'Projector', body: Body, event: body }
    : { kind: 'forward', of: target, event: body };
};

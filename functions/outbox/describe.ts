import type { Message } from '@aws-sdk/client-sqs';
import { readEvent } from '../../events/catalogue.ts';
import { positionOf } from './position.ts';

/** A message in a dead-letter queue and why it is there; ids and codes only. */
export interface DeadLetter {
  readonly messageId: string;
  readonly event: string;
  readonly aggregate: string;
  readonly correlationId: string;
  readonly reason: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '-');

const parse = (body: string | undefined): Readonly<Record<string, unknown>> => {
  try {
    return Object(JSON.parse(body ?? ''));
  } catch {
    return {};
  }
};

/** Reads with the deployed code. After a fix is deployed, the reason says that the event can be read. */
const reasonOf = (detail: unknown): string => {
  try {
    readEvent(detail);
    return 'can be read now: redrive it';
  } catch (error) {
    return (error as Error).message;
  }
};

export const describe = ({ MessageId, Body, MessageAttributes = {} }: Message): DeadLetter => {
  const body = parse(Body);
  const messageId = MessageId ?? '';
  const position = positionOf(body);
  if (position)
    return {
      messageId,
      event: `${position.events} events recorded about ${position.from.toISOString()}`,
      aggregate: '-',
      correlationId: '-',
      reason: `not published: ${position.reason}`,
    };
  const detail = Object(body.detail) as Readonly<Record<string, unknown>>;
  const { type, id } = Object(detail.aggregate) as Readonly<Record<string, unknown>>;
  const undelivered = MessageAttributes.ERROR_CODE?.StringValue;
  return {
    messageId,
    event: `${text(detail.type)} ${text(detail.id)}`,
    aggregate: `${text(type)}#${text(id)}`,
    correlationId: text(detail.correlationId),
    reason: undelivered ? `not delivered: ${undelivered}` : reasonOf(body.detail),
  };
};

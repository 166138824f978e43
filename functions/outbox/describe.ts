import type { Message } from '@aws-sdk/client-sqs';
import { readEvent } from '../../events/catalogue.ts';
import { deadLetterOf } from './dead-letters.ts';

/** A message in a dead-letter queue, whose it is and why it is there; ids and codes only. */
export interface Described {
  readonly messageId: string;
  /** The function that has not handled it. */
  readonly of: string;
  readonly event: string;
  readonly aggregate: string;
  readonly correlationId: string;
  readonly reason: string;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '-');

/** Reads with the deployed code. After a fix is deployed, the reason says that the event can be read. */
const reasonOf = (detail: unknown): string => {
  try {
    readEvent(detail);
    return 'can be read now: redrive it';
  } catch (error) {
    return (error as Error).message;
  }
};

export const describe = (message: Message): Described => {
  const messageId = message.MessageId ?? '';
  const letter = deadLetterOf(message);
  if (letter.kind === 'position') {
    const { events, from, reason } = letter.position;
    return {
      ...{ messageId, of: letter.of },
      event: `${events} events recorded about ${from.toISOString()}`,
      aggregate: '-',
      correlationId: '-',
      reason: `not published: ${reason}`,
    };
  }
  const { detail } = Object(letter.event) as { readonly detail?: unknown };
  const { id, type, correlationId, aggregate } = Object(detail) as Readonly<
    Record<string, unknown>
  >;
  const about = Object(aggregate) as Readonly<Record<string, unknown>>;
  const undelivered = message.MessageAttributes?.ERROR_CODE?.StringValue;
  const failed = letter.kind === 'event' && letter.error ? `failed with ${letter.error}; ` : '';
  return {
    ...{ messageId, of: letter.of },
    event: `${text(type)} ${text(id)}`,
    aggregate: `${text(about.type)}#${text(about.id)}`,
    correlationId: text(correlationId),
    reason: undelivered ? `not delivered: ${undelivered}` : `${failed}${reasonOf(detail)}`,
  };
};

import { type DomainEvent, readEvent } from '../../events/catalogue.ts';
import { chain } from '../runtime/chain.ts';
import { logger } from '../runtime/telemetry.ts';

/** What a subscriber does with an event. It may get an event several times, and events in any order. */
export type React = (event: DomainEvent) => Promise<unknown>;

/** What EventBridge hands to a function. Only the detail is read. */
export interface Delivered {
  readonly detail?: unknown;
}

/**
 * The function of a subscriber, which EventBridge invokes for each event. When it fails, Lambda
 * invokes it again after one minute and after two more, and then puts the event into the queue
 * `Unhandled`.
 */
export const subscribe = (react: React) =>
  chain<Delivered, void>().handler(async ({ detail }) => {
    let event: DomainEvent | undefined;
    try {
      event = readEvent(detail);
      await react(event);
    } catch (error) {
      const { id, type, correlationId } = event ?? {};
      logger.error('event not handled', { id, type, correlationId, error: error as Error });
      throw error;
    }
  });

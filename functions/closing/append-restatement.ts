import type { DomainEvent } from '../../events/catalogue.ts';
import type { ChangedFigure, Restatement } from '../../events/periods.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { followUp } from '../ledger/follow-up.ts';
import { localDateOf, monthOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';

const reasonOf = ({ data }: DomainEvent): string | null =>
  'reason' in data && typeof data.reason === 'string' ? data.reason : null;

/** What an event changed in a closed month. */
export const restatementBy = (
  event: DomainEvent,
  closedPeriod: string,
  changes: readonly ChangedFigure[],
  held: Restatement['held'] = null,
): Restatement => {
  const madeOn = localDateOf(Date.parse(event.recordedAt), settings().timezone);
  return {
    closedPeriod,
    madeOn,
    madeIn: monthOf(madeOn),
    cause: { type: event.type, aggregate: event.aggregate },
    reason: reasonOf(event),
    actor: event.actor,
    changes: [...changes],
    held,
  };
};

/** Thrown out of a command that finds nothing to begin with. */
class NothingChanged extends Error {}

/**
 * Appends a restatement, by the actor and at the time of its cause.
 * @param name makes the id, so that a repetition finds what was appended
 * @param next what to append after the last restatement of this name; undefined when nothing changed
 */
export const appendRestatement = async (
  name: readonly string[],
  cause: DomainEvent,
  next: (last: Restatement | undefined) => Promise<Restatement | undefined>,
): Promise<void> => {
  const fact = async (last: Restatement | undefined) => {
    const restatement = await next(last);
    return restatement ? ({ type: 'PeriodRestated', data: { restatement } } as const) : null;
  };
  const { role } = cause.actor;
  try {
    await aggregate('restatement').execute(derivedId('restatement', ...name), {
      request: followUp(cause),
      authorise: () => role,
      authoriseAbsent: () => role,
      begin: async () => {
        const first = await fact(undefined);
        if (!first) throw new NothingChanged();
        return first;
      },
      decide: fact,
    });
  } catch (error) {
    if (!(error instanceof NothingChanged)) throw error;
  }
};

import type { InboundPartner } from '../../events/inbound.ts';
import type { Route } from '../http/contract.ts';
import type { Request } from '../http/request.ts';
import { type Actor, volunteerIdOf } from '../ledger/actor.ts';
import { enterHours } from '../participation/enter-hours.ts';
import { blindHash } from '../people/keys.ts';
import { Rejection, Rejections } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import { type ProblemCode, problemTypes } from '../refusals/problem-types.ts';
import { localYearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { registerVolunteer } from '../volunteers/register-volunteer.ts';
import type { Fitting } from './check-item.ts';

/** What became of an item. It is kept in the Ledger, so it has no words, and nothing of the event. */
export type Result =
  | { readonly volunteerId: string; readonly sheetId: string | null; readonly registered: boolean }
  | { readonly code: ProblemCode; readonly params: Rejection['params'] };

/** A partner's machine, as the actor of what it hands in. */
export const machineOf = (
  id: string,
  { areaIds, organisationId }: InboundPartner,
  at: number,
): Actor => ({
  id,
  roles: ['partner'],
  organisationId,
  areaIds,
  volunteerId: volunteerIdOf(settings().name, id),
  year: localYearOf(at, settings().timezone),
  isSigned: true,
});

/** The parts of the batch's request that are those of each item's too. */
type CommonRequest = Pick<Request<Route>, 'at' | 'correlationId' | 'locale'> & {
  readonly actor: Actor;
};

/** The refusal that an error stands for; undefined for one that goes for the whole batch. */
const refusalOf = (error: unknown): Result | undefined => {
  if (error instanceof Rejection) return { code: error.code, params: error.params };
  if (error instanceof Rejections) return refusalOf(error.all[0]);
  const isRefusal =
    error instanceof Problem && problemTypes[error.code].status < 500 && error.code !== 'conflict';
  return isRefusal ? { code: error.code, params: error.params } : undefined;
};

/**
 * Does what an item asks for, by the command that people use. The key of the command is the event's own
 * (`source` and `id`), so that an event is applied once, in whatever batch it comes.
 * @throws what goes for the whole batch: an overload, a conflict
 */
export const applyItem = async (
  { actor, at, correlationId, locale }: CommonRequest,
  { event, command }: Fitting,
): Promise<Result> => {
  // Keyed: an event's id may be made of somebody's number, and its content is short.
  const key = await blindHash('inbound', actor.id, event.source, event.id);
  const common = {
    ...{ actor, at, correlationId, locale, query: {}, ifMatch: undefined },
    idempotency: { key, hash: await blindHash('inbound', key, JSON.stringify(command)) },
  };
  try {
    if (command.as === 'registration') {
      const { body } = await registerVolunteer({ ...common, params: {}, body: command.body });
      return { volunteerId: body.id, sheetId: null, registered: true };
    }
    const params = { id: command.activityId, date: command.serviceDate };
    const { body } = await enterHours({ ...common, params, body: command.body });
    const [entry] = body.entries;
    if (!entry) throw new Error('hours that are applied have a line');
    return { volunteerId: entry.volunteerId, sheetId: body.id, registered: false };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return refusal;
  }
};

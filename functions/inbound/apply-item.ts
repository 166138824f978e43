import type { InboundPartner } from '../../events/inbound.ts';
import type { Route } from '../http/contract.ts';
import type { Request } from '../http/request.ts';
import { type Actor, volunteerIdOf } from '../ledger/actor.ts';
import { enterHours } from '../participation/enter-hours.ts';
import { blindHash } from '../people/keys.ts';
import { type Pointer, Rejection, Rejections } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import { type ProblemCode, problemTypes } from '../refusals/problem-types.ts';
import { localYearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { registerVolunteer } from '../volunteers/register-volunteer.ts';
import { isMarked, markPut } from './applied-events.ts';
import type { Command, Fitting } from './check-item.ts';

/** What became of an item. It is kept in the Ledger, so it has no words, and nothing of the event. */
export type Result =
  | { readonly volunteerId: string; readonly sheetId: string | null; readonly registered: boolean }
  | {
      readonly code: ProblemCode;
      readonly params: Rejection['params'];
      /** The field that it is about, if it is about one. */
      readonly pointer?: Pointer;
    };

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
  if (error instanceof Rejections) return refusalOf(error.all[0]);
  if (error instanceof Rejection) {
    const { code, params, pointer } = error;
    // What a machine may not do is no matter of one field.
    return { code, params, ...(pointer && code !== 'forbidden' ? { pointer } : {}) };
  }
  if (!(error instanceof Problem)) return undefined;
  const { code, params } = error;
  // The command's key is that of the event.
  if (code === 'idempotency-key-reused') return { code: 'event-applied', params: {} };
  return problemTypes[code].status < 500 && code !== 'conflict' ? { code, params } : undefined;
};

/** Does what an item asks for, by the command that people use. */
const run = async (
  request: Omit<Request<Route>, 'params' | 'query' | 'body' | 'actor'> & { readonly actor: Actor },
  command: Command,
): Promise<Result> => {
  const common = { ...request, query: {} };
  if (command.as === 'registration') {
    const { body } = await registerVolunteer({ ...common, params: {}, body: command.body });
    return { volunteerId: body.id, sheetId: null, registered: true };
  }
  const params = { id: command.activityId, date: command.serviceDate };
  const { body } = await enterHours({ ...common, params, body: command.body });
  const [entry] = body.entries;
  if (!entry) throw new Error('hours that are applied have a line');
  return { volunteerId: entry.volunteerId, sheetId: body.id, registered: false };
};

const isConflict = (error: unknown): boolean =>
  error instanceof Problem && error.code === 'conflict';

/**
 * Applies an item once, in whatever batch it comes: the key of the command is the event's own (`source` and
 * `id`), and what the command appends is in one transaction with the event's mark.
 * @throws what goes for the whole batch: an overload, a conflict
 */
export const applyItem = async (
  { actor, at, correlationId, locale }: CommonRequest,
  { event, command }: Fitting,
): Promise<Result> => {
  // Keyed: an event's id may be made of somebody's number, and its content is short.
  const key = await blindHash('inbound', actor.id, event.source, event.id);
  const request = {
    ...{ actor, at, correlationId, locale, ifMatch: undefined },
    idempotency: { key, hash: await blindHash('inbound', key, JSON.stringify(command)) },
    alsoWrite: [markPut(actor.id, key)],
  };
  /** What comes of the command; undefined when something else came first. */
  const attempt = async (): Promise<Result | undefined> => {
    try {
      return await run(request, command);
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal && !isConflict(error)) throw error;
      return refusal;
    }
  };
  const result = await attempt();
  if (result) return result;
  if (!(await isMarked(actor.id, key))) throw new Problem('conflict');
  // Applied by another message at the same moment, the command finds its own answer now.
  return (await attempt()) ?? { code: 'event-applied', params: {} };
};

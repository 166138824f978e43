import { withinNamedAreas } from '../access/working-area.ts';
import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isActive } from '../people/active.ts';
import { isSelf } from '../people/own-record.ts';
import { type Pointer, Rejection, Rejections } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { onceEach } from '../runtime/once.ts';
import { settings } from '../runtime/settings.ts';
import type { participation } from './contract.ts';
import { type HoursEntry, log } from './decider.ts';
import { mayEnter, mayLog } from './policy.ts';

type LogRequest = Request<typeof participation.logHours | typeof participation.logHoursBatch>;

const logAll = async (
  request: LogRequest,
  entries: readonly (Omit<HoursEntry, 'creditedMinutes'> & {
    creditedMinutes?: number | undefined;
  })[],
  pointerOf: (index: number) => Pointer,
) => {
  const { actor } = request;
  const today = localDateOf(request.at, settings().timezone);
  const activityOf = onceEach((id) => aggregate('activity').reference(id, '#/activityId'));
  // Activities are read consistently: one may have been cancelled or moved a moment ago. A
  // volunteer's status and tags may be a moment old, but a refusal is based on a consistent read.
  const volunteerOf = onceEach(async (id) => {
    const volunteer = await aggregate('volunteer').referenceEventually(id, '#/volunteerId');
    return isActive(volunteer) ? volunteer : aggregate('volunteer').reference(id, '#/volunteerId');
  });
  const isOwn = onceEach((id) => isSelf(actor, id));
  const inAreaOf = onceEach((areaId) => withinNamedAreas(actor, areaId));
  const key = request.idempotency?.key ?? '';
  const ids = entries.map((_, index) => derivedId('hours', key, String(index)));

  const factOf = async (index: number) => {
    const given = entries[index];
    if (!given) throw new Error('no such entry');
    const at = pointerOf(index);
    try {
      const activity = await activityOf(given.activityId);
      const entered = { ...given, organisationId: activity.organisationId };
      const inArea = await inAreaOf(activity.areaId);
      // An actor who may not enter this person's time must not learn whether the person exists,
      // nor by the reads: for staff only the activity decides, for others one consistent read.
      const may = async () =>
        mayLog(actor, entered, { own: false, inArea }) ??
        mayLog(actor, entered, { own: await isOwn(given.volunteerId), inArea });
      if (!(await may())) throw new Rejection('forbidden', {}, `${at}activityId`);
      const volunteer = await volunteerOf(given.volunteerId);
      const entry = { ...given, creditedMinutes: given.creditedMinutes ?? given.attendedMinutes };
      return log(entry, { activity, volunteer, actorId: actor.id, today, at });
    } catch (error) {
      if (!(error instanceof Rejection) || error.code !== 'unknown-reference') throw error;
      throw new Rejection(error.code, error.params, `${at}${error.params.what}Id`);
    }
  };

  const prepare = async () => {
    const results = await Promise.allSettled(entries.map((_, index) => factOf(index)));
    const failures = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    const unexpected = failures.find((failure) => !(failure instanceof Rejection));
    if (unexpected) throw unexpected;
    const [first, ...others] = failures as Rejection[];
    if (first) throw new Rejections([first, ...others]);
    return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  };

  const logged = await aggregate('hours').createAll(ids, {
    request,
    authorise: () => mayEnter(actor),
    prepare,
  });
  return logged.map(({ state, version }, index) => ({ id: ids[index] ?? '', ...state, version }));
};

export const logHours: UseCase<typeof participation.logHours> = async (request) => {
  const [body] = await logAll(request, [request.body], () => '#/');
  if (!body) throw new Error('nothing was logged');
  return { body, version: body.version };
};

/** Logs up to 100 entries, all or none. A refusal points at each faulty entry. */
export const logHoursBatch: UseCase<typeof participation.logHoursBatch> = async (request) => ({
  body: {
    items: await logAll(request, request.body.entries, (index) => `#/entries/${index}/`),
  },
});

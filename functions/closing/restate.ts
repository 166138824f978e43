import type { DomainEvent, EventType } from '../../events/catalogue.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { personHash } from '../closed/person-hash.ts';
import { appendedWithinMs } from '../closed/read-closed.ts';
import { presentIn, versionIn } from '../closed/store.ts';
import { standingOfPerson, standingOfTeam } from '../figures/identity.ts';
import { dateOfSheet } from '../figures/layout.ts';
import { metricsOf } from '../figures/metrics.ts';
import type { Standing } from '../figures/running.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { readSalt } from '../people/proof-salts.ts';
import { newestOf, type Stream } from '../projector/facts.ts';
import { projectEvent } from '../projector/project-event.ts';
import { inParallel } from '../runtime/batches.ts';
import { localDateOf, monthOf, monthsOf, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { yearsOfService } from '../sheets/day-rules.ts';
import type { Figures } from '../views/projection.ts';
import { appendRestatement, restatementBy } from './append-restatement.ts';
import { stepOf, upTo } from './contributions.ts';
import { activityFigures, anybodyAfter, restateHeld } from './held.ts';

/** The newest month that may have been closed when an event was appended: the one before its own. */
const isOverAt = (month: string, { recordedAt }: DomainEvent): boolean =>
  month < monthOf(localDateOf(Date.parse(recordedAt) + appendedWithinMs, settings().timezone));

/**
 * The run of a month that is closed; undefined when it is not. By the Ledger. An event that is appended
 * while the month is open is read by the close that comes after it; one that is appended while the
 * month is being closed is found by the second reading of the Ledger, after the close.
 */
const runOf = async (month: string): Promise<string | undefined> =>
  (await aggregate('period').stateNow(month))?.closed?.run;

/** @param stream ends with the event */
const figuresAround = (
  stream: Stream,
): { readonly before: Figures | undefined; readonly after: Figures | undefined } => {
  const { event, projection } = newestOf(stream);
  const earlier = upTo(stream, event.aggregate.version - 1);
  return { before: earlier && newestOf(earlier).projection.figures, after: projection.figures };
};

const standingIn = (figures: Figures | undefined): Standing | null =>
  figures?.of === 'person'
    ? standingOfPerson(figures)
    : figures?.of === 'team'
      ? standingOfTeam(figures)
      : null;

/** All months from one to another. */
const monthsBetween = (first: string, last: string): readonly string[] => {
  const years = Number(last.slice(0, 4)) - Number(first.slice(0, 4)) + 1;
  return Array.from({ length: Math.max(years, 0) }, (_, at) =>
    monthsOf(String(Number(first.slice(0, 4)) + at)),
  )
    .flat()
    .filter((month) => month >= first && month <= last);
};

const firstOf = (standing: Standing | null): readonly string[] =>
  standing
    ? [
        ...(standing.newIn === null ? [] : [standing.newIn]),
        ...standing.spells.map(({ from }) => from),
      ]
    : [];

/** The months whose figures an event may change by itself. */
const monthsTouched = (stream: Stream): readonly string[] => {
  const { event } = newestOf(stream);
  const { before, after } = figuresAround(stream);
  switch (after?.of) {
    case 'sheet':
      return [monthOf(dateOfSheet(event.aggregate.id))];
    case 'activity':
      return [...new Set([after.month, ...(before?.of === 'activity' ? [before.month] : [])])];
    case 'person':
    case 'team': {
      const [was, is] = [standingIn(before), standingIn(after)];
      if (JSON.stringify(was) === JSON.stringify(is)) return [];
      const first = [...firstOf(was), ...firstOf(is)].sort()[0];
      const now = monthOf(localDateOf(Date.parse(event.recordedAt), settings().timezone));
      return first === undefined ? [] : monthsBetween(first, now);
    }
    default:
      return [];
  }
};

/** Restates one month by the newest event of a stream, unless the month was closed with it. */
export const restateMonth = async (month: string, run: string, stream: Stream): Promise<void> => {
  const { event } = newestOf(stream);
  const { aggregate: of } = event;
  const { changes } = stepOf(stream, month, metricsOf(settings().outputs));
  if (changes.length === 0 || of.version <= (await versionIn(run, of))) return;
  await appendRestatement([month, of.type, of.id, String(of.version)], event, async (last) =>
    last ? undefined : restatementBy(event, month, changes),
  );
};

type Regrouping = DomainEvent<'VolunteerMerged' | 'VolunteerUnmerged'>;

/** Whether an event says that two records are one person's, or are not. */
export const isRegrouping = (event: DomainEvent): event is Regrouping =>
  event.type === 'VolunteerMerged' || event.type === 'VolunteerUnmerged';

/** Months whose states are read at the same time. */
const lanes = 16;

const hashesOf = async (ids: readonly string[]): Promise<readonly string[]> => {
  const salts = await inParallel(lanes, ids, async (id) => ({ id, salt: await readSalt(id) }));
  return salts.flatMap(({ id, salt }) => (salt === undefined ? [] : [personHash(salt, id)]));
};

/**
 * After a merge, or one that was undone: restates the months in which both records took part, because
 * they were counted as two persons, or as one.
 */
export const restatePersons = async (
  event: Regrouping,
  months: readonly { readonly month: string; readonly run: string }[],
): Promise<void> => {
  const { id } = event.aggregate;
  const { intoId } = event.data;
  const into = await aggregate('volunteer').stateNow(intoId);
  const recordsOf = ({ mergedFrom }: Pick<Volunteer, 'mergedFrom'>) =>
    mergedFrom.map((each) => each.id);
  const own = [id, ...recordsOf(event.data.volunteer)];
  const others = [intoId, ...(into ? recordsOf(into) : [])].filter((each) => !own.includes(each));
  const [ours, theirs] = await Promise.all([hashesOf(own), hashesOf(others)]);
  if (ours.length === 0 || theirs.length === 0) return;
  await inParallel(lanes, months, async ({ month, run }) => {
    const of = event.aggregate;
    if (of.version <= (await versionIn(run, of))) return;
    const [here, there] = [await presentIn(run, ours), await presentIn(run, theirs)];
    if (here.length === 0 || there.length === 0) return;
    const changes = [{ metric: 'distinctVolunteers', areaId: null, theme: null, delta: null }];
    await appendRestatement(
      ['persons', month, of.type, of.id, String(of.version)],
      event,
      async (last) => (last ? undefined : restatementBy(event, month, changes)),
    );
  });
};

/**
 * The months in which two records may have entries: from the earliest service day that somebody could
 * enter for whoever registered first.
 */
const monthsServed = async (event: Regrouping): Promise<readonly string[]> => {
  const now = monthOf(localDateOf(Date.parse(event.recordedAt), settings().timezone));
  const into = await aggregate('volunteer').stateNow(event.data.intoId);
  const registered = [event.data.volunteer, ...(into ? [into] : [])].map(
    (each) => each.registeredOn,
  );
  const [first = now] = [...registered, now].sort();
  return monthsBetween(`${yearsOfService(Number(yearOf(first)))[0]}-01`, now);
};

const closedAmong = async (months: readonly string[], event: DomainEvent) => {
  const over = months.filter((month) => isOverAt(month, event));
  const found = await inParallel(lanes, over, async (month) => ({
    month,
    run: await runOf(month),
  }));
  return found.flatMap(({ month, run }) => (run === undefined ? [] : [{ month, run }]));
};

const activityOf = (stream: Stream): string | undefined => {
  const { event } = newestOf(stream);
  if (event.aggregate.type === 'activity') return event.aggregate.id;
  const { before, after } = figuresAround(stream);
  if (after?.of !== 'sheet') return undefined;
  const earlier = before?.of === 'sheet' ? before.sums : undefined;
  const had = earlier && earlier.participations + earlier.onDutyParticipations > 0;
  return Boolean(had) === anybodyAfter(event) ? undefined : after.place.activityId;
};

/** The months in which an activity counts, or counted before its last event. */
const monthsOfActivity = async (stream: Stream, activityId: string): Promise<readonly string[]> => {
  if (newestOf(stream).event.aggregate.type === 'activity') return monthsTouched(stream);
  const event = (await aggregate('activity').find(activityId))?.event;
  const figures = event && activityFigures(event);
  return figures ? [figures.month] : [];
};

/**
 * Restates the closed months whose figures the newest event of a stream changes. Repeated or late it
 * comes to the same: what was appended for a version is found by its id, and what a month was closed
 * with is not appended.
 * @param stream all events up to this one
 */
export const restate = async (stream: Stream): Promise<void> => {
  const { event } = newestOf(stream);
  for (const { month, run } of await closedAmong(monthsTouched(stream), event))
    await restateMonth(month, run, stream);
  const activityId = activityOf(stream);
  if (activityId !== undefined) {
    const months = await monthsOfActivity(stream, activityId);
    for (const { month, run } of await closedAmong(months, event))
      await restateHeld(month, run, activityId, event);
  }
  if (isRegrouping(event))
    await restatePersons(event, await closedAmong(await monthsServed(event), event));
};

const harmlessOnSheets: ReadonlySet<EventType> = new Set(['HoursLogged', 'HoursObjected']);

/**
 * Whether an event may change a month that is over, as far as the event alone says. What is logged
 * verifies nobody, so only its own month could change; what is verified may say that an activity of an
 * earlier month was held.
 */
export const mayRestate = (event: DomainEvent): boolean => {
  const figures = projectEvent(event)?.projection.figures;
  switch (figures?.of) {
    case 'sheet':
      return (
        !harmlessOnSheets.has(event.type) || isOverAt(monthOf(figures.place.serviceDate), event)
      );
    case 'activity':
      return event.type !== 'ActivityPublished' || isOverAt(figures.month, event);
    case 'person':
      return (
        isRegrouping(event) ||
        firstOf(standingOfPerson({ ...figures, mergedInto: null })).some((month) =>
          isOverAt(month, event),
        )
      );
    case 'team':
      return true;
    default:
      return false;
  }
};

import * as z from 'zod';
import type { Entry, Sheet } from '../../events/participation.ts';
import { mayReadPlace } from '../access/reading.ts';
import { dayFlagsIn, entriesOfPerson, placeOf, withDayFlag } from '../figures/person-entries.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import {
  acceptedSurvivorOf,
  countedWith,
  isOwnRecord,
  mergedWith,
  nobody,
} from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import { localDateOf, yearOf } from '../runtime/calendar.ts';
import { onceEach } from '../runtime/once.ts';
import { settings } from '../runtime/settings.ts';
import { claimsOf, sheetIdOf } from '../sheets/claims.ts';
import { yearsOfService } from '../sheets/day-rules.ts';
import { counts } from '../sheets/sheet.ts';
import type { participation } from './contract.ts';
import { isOverdue } from './overdue.ts';
import { checkVolunteer, readableRecords } from './read-access.ts';
import { type FoundSheets, sheetsWith } from './waiting-sheets.ts';

type ListRequest = Request<typeof participation.listHours>;
type Query = ListRequest['query'];
type Listed = z.input<typeof participation.listHours.answer>['items'][number];

/** Sheets that are read for a page. A page that meets its end before it is full has a `next`. */
const maxSheets = 50;

/** A line with the areas that contain its own. */
interface Line {
  readonly line: Listed;
  readonly areasAbove: readonly string[];
}

const fits = (query: Query, { line, areasAbove }: Line): boolean =>
  (query.volunteerId === undefined || query.volunteerId === line.volunteerId) &&
  fitsAlso(query, { line, areasAbove });

/** Of the lines of a person, whose records have several ids. */
const fitsAlso = (query: Query, { line, areasAbove }: Line): boolean =>
  (query.activityId === undefined || query.activityId === line.activityId) &&
  (query.organisationId === undefined || query.organisationId === line.organisationId) &&
  (query.areaId === undefined || [line.areaId, ...areasAbove].includes(query.areaId)) &&
  (query.status === undefined || query.status === line.status) &&
  (query.objected === undefined || line.objectedOn !== null) &&
  (query.overdue === undefined || line.overdue) &&
  (query.flagged === undefined || (counts(line) && line.flags.length > 0));

type DayFlags = Awaited<ReturnType<typeof dayFlagsIn>>;

/** The lines of a sheet, in the order of their people. */
const linesOf = (
  id: string,
  { place, entries, changedIn }: Sheet,
  ofDays: DayFlags,
  today: string,
): Line[] => {
  const { areasAbove, ...shown } = place;
  return [...entries.values()]
    .map((entry: Entry) => {
      const { objection, tags: _tags, enteredBy: _by, verifiedBy: _verified, ...kept } = entry;
      const objectedOn = objection?.on ?? null;
      const version = changedIn.get(kept.volunteerId) ?? 0;
      const flags = withDayFlag(kept.flags, ofDays.get(`${id}|${kept.volunteerId}`));
      const line = { sheetId: id, ...shown, ...kept, flags, objectedOn, version, overdue: false };
      return { line: { ...line, overdue: isOverdue(line, today) }, areasAbove };
    })
    .sort((a, b) => (a.line.volunteerId < b.line.volunteerId ? -1 : 1));
};

/** A place in a list: after this line of this sheet. `from` is where its sheet is found. */
const position = z.strictObject({ from: z.string().max(3000), line: z.string().max(200) });
type Position = z.infer<typeof position>;

/** The names of the list that a query asks for. */
const listOf = ({ limit: _limit, cursor: _cursor, ...asked }: Query): readonly string[] =>
  Object.entries(asked).sort().flat();

const encode = (query: Query, at: Position): string =>
  encodeCursor(listOf(query), JSON.stringify(at));

/** @throws Problem `invalid-cursor` */
const decode = (query: Query): Position => {
  if (query.cursor === undefined) return { from: '', line: '' };
  const text = decodeCursor(listOf(query), query.cursor, /^\{.*\}$/);
  try {
    return position.parse(JSON.parse(text));
  } catch {
    throw new Problem('invalid-cursor');
  }
};

/**
 * The records whose lines are listed for a record, also for one that was merged: all of its person that
 * the reader may read. Its person has only those of accepted merges.
 */
const listedWith = async (request: ListRequest, id: string): Promise<readonly string[]> => {
  const { actor } = request;
  const volunteer = (await aggregate('volunteer').stateNow(id)) ?? nobody;
  if (!(await isOwnRecord(actor, id, volunteer)))
    return readableRecords(request, [...(await mergedWith(id, volunteer)).keys()]);
  const { id: survivor, volunteer: state = nobody } = await acceptedSurvivorOf(id);
  return countedWith(survivor, state, { own: true });
};

/** @throws Rejection `not-found` when the query names something that is not there */
const checkKnown = async (query: Query): Promise<void> => {
  for (const what of ['volunteer', 'activity', 'organisation', 'area'] as const) {
    const id = query[`${what}Id`];
    const { stateNow } = aggregate(what);
    // It may have been created a moment ago.
    if (id !== undefined && !((await stateNow(id, false)) ?? (await stateNow(id))))
      throw new Rejection('not-found', { what, id });
  }
};

/** The years of these records, as the Views have them, newest day first. */
const ofVolunteer = async (request: ListRequest, volunteerId: string, today: string) => {
  const { query } = request;
  await checkVolunteer(request, volunteerId);
  await checkKnown(query);
  const all = await entriesOfPerson(await listedWith(request, volunteerId));
  const lines = all
    .map(({ areasAbove, ...entry }) => ({
      areasAbove,
      line: { ...entry, overdue: isOverdue(entry, today) },
    }))
    .filter((each) => fitsAlso(query, each))
    .map(({ line }) => line);
  const { line: last } = decode(query);
  // By its place, as the line itself may have left the list since.
  const rest = last === '' ? lines : lines.filter((line) => placeOf(line) < last);
  const items = rest.slice(0, query.limit);
  const end = items.at(-1);
  return {
    items,
    next: end && rest.length > query.limit ? encode(query, { from: '', line: placeOf(end) }) : null,
  };
};

async function* sheetsOfActivity(activityId: string, from: string): FoundSheets {
  const ids = (await claimsOf(activityId)).map((claim) => sheetIdOf(activityId, claim)).sort();
  for (const id of ids) if (id >= from) yield { id, from: id };
}

/** A page of the lines of these sheets that fit. */
const ofSheets = async (
  { query }: ListRequest,
  sheets: (from: string) => FoundSheets,
  today: string,
) => {
  const start = decode(query);
  const daysOf = onceEach(dayFlagsIn);
  const items: Listed[] = [];
  let reads = 0;
  for await (const { id, from } of sheets(start.from)) {
    const passed = start.line.startsWith(`${id}|`) ? start.line : '';
    if (reads === maxSheets) return { items, next: encode(query, { from, line: passed }) };
    reads += 1;
    const sheet = await aggregate('sheet').stateNow(id);
    if (!sheet) continue;
    const ofDays = await daysOf(yearOf(sheet.place.serviceDate));
    for (const found of linesOf(id, sheet, ofDays, today)) {
      const name = `${id}|${found.line.volunteerId}`;
      if (name <= passed || !fits(query, found)) continue;
      if (items.length === query.limit) {
        const last = items.at(-1);
        const line = `${last?.sheetId}|${last?.volunteerId}`;
        return { items, next: encode(query, { from, line }) };
      }
      items.push(found.line);
    }
  }
  return { items, next: null };
};

/**
 * Lines of sheets: a person's, an activity's, or those of an organisation or an area in the years in which a
 * service day may lie, among which those that wait are the work of its staff. A person's come from the
 * Views, all others from the sheets themselves.
 */
export const listHours: UseCase<typeof participation.listHours> = async (request) => {
  const { actor, at, query } = request;
  const today = localDateOf(at, settings().timezone);
  const { volunteerId, activityId, organisationId = '', areaId = '' } = query;
  if (volunteerId !== undefined) return { body: await ofVolunteer(request, volunteerId, today) };
  const place =
    activityId === undefined
      ? { organisationId, areaId }
      : await aggregate('activity').stateNow(activityId);
  if (!(await mayReadPlace(actor, place ?? { organisationId: '', areaId: '' })))
    throw new Rejection('forbidden');
  await checkKnown(query);
  // What was entered or objected to late waits too: as far back as a service day may lie.
  const years = yearsOfService(Number(yearOf(today)));
  const sheets = (from: string): FoundSheets =>
    activityId === undefined ? sheetsWith(query, years, from) : sheetsOfActivity(activityId, from);
  return { body: await ofSheets(request, sheets, today) };
};

import * as z from 'zod';
import type { Entry, Sheet } from '../../events/participation.ts';
import { entriesOfPerson } from '../figures/person-entries.ts';
import type { Request } from '../http/request.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { countedWith, isOwnRecord, nobody } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { Problem } from '../refusals/problem.ts';
import { localDateOf, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { claimsOf, sheetIdOf } from '../sheets/claims.ts';
import { dayRules } from '../sheets/day-rules.ts';
import { lastDayWithin } from '../sheets/working-days.ts';
import type { participation } from './contract.ts';
import { checkVolunteer, mayReadPlace } from './read-access.ts';
import { type FoundSheets, sheetsWith } from './waiting-sheets.ts';

type ListRequest = Request<typeof participation.listHours>;
type Query = ListRequest['query'];
type Listed = z.input<typeof participation.listHours.answer>['items'][number];

/** Sheets that are read for a page. A page that meets its end before it is full has a `next`. */
const maxSheets = 50;

/** Whether a line, or an objection to it, waits longer than it should. */
const isOverdue = (
  { status, serviceDate, objectedOn }: Pick<Listed, 'status' | 'serviceDate' | 'objectedOn'>,
  today: string,
): boolean =>
  (status === 'pending' && today > lastDayWithin(dayRules.workingDaysToRecord, serviceDate)) ||
  (objectedOn !== null && today > lastDayWithin(dayRules.workingDaysToAnswer, objectedOn));

const fits = (query: Query, line: Listed): boolean =>
  (query.volunteer === undefined || query.volunteer === line.volunteerId) && matches(query, line);

const matches = (query: Query, line: Listed): boolean =>
  (query.activity === undefined || query.activity === line.activityId) &&
  (query.organisation === undefined || query.organisation === line.organisationId) &&
  (query.status === undefined || query.status === line.status) &&
  (query.objected === undefined || line.objectedOn !== null) &&
  (query.overdue === undefined || line.overdue) &&
  (query.flagged === undefined || line.flags.length > 0);

/** The lines of a sheet, in the order of their people. */
const linesOf = (id: string, { place, entries, changedIn }: Sheet, today: string): Listed[] => {
  const { areasAbove: _, ...shown } = place;
  return [...entries.values()]
    .map((entry: Entry) => {
      const { objection, tags: _tags, enteredBy: _by, verifiedBy: _verified, ...line } = entry;
      const objectedOn = objection?.on ?? null;
      const version = changedIn.get(line.volunteerId) ?? 0;
      const listed = { sheetId: id, ...shown, ...line, objectedOn, version, overdue: false };
      return { ...listed, overdue: isOverdue(listed, today) };
    })
    .sort((a, b) => (a.volunteerId < b.volunteerId ? -1 : 1));
};

/** A place in a list: after this line of this sheet. `from` is where its sheet is found. */
const position = z.strictObject({ from: z.string().max(3000), line: z.string().max(200) });
type Position = z.infer<typeof position>;

const encode = (at: Position): string => Buffer.from(JSON.stringify(at)).toString('base64url');

/** @throws Problem `invalid-cursor` */
const decode = (cursor: string | undefined): Position => {
  if (cursor === undefined) return { from: '', line: '' };
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new Problem('invalid-cursor');
  }
};

/** The records whose lines are listed with a record's. */
const listedWith = async ({ actor }: ListRequest, id: string): Promise<readonly string[]> => {
  const volunteer = (await aggregate('volunteer').stateNow(id)) ?? nobody;
  return countedWith(id, volunteer, { own: await isOwnRecord(actor, id, volunteer) });
};

/** The years of these records, as the Views have them, newest day first. */
const ofVolunteer = async (request: ListRequest, volunteerId: string, today: string) => {
  const { query } = request;
  await checkVolunteer(request, volunteerId);
  const all = await entriesOfPerson(await listedWith(request, volunteerId));
  const lines = all
    .map(({ areasAbove: _, ...entry }) => ({ ...entry, flags: [...entry.flags], overdue: false }))
    .map((line) => ({ ...line, overdue: isOverdue(line, today) }))
    .filter((line) => matches(query, line) && (!query.area || query.area === line.areaId));
  const nameOf = ({ sheetId, volunteerId: id }: Listed) => `${sheetId}|${id}`;
  const { line: last } = decode(query.cursor);
  const after = last === '' ? 0 : lines.findIndex((line) => nameOf(line) === last) + 1;
  const items = lines.slice(after, after + query.limit);
  const end = items.at(-1);
  const isLast = after + items.length >= lines.length;
  return {
    items,
    next: isLast || !end ? null : encode({ from: '', line: nameOf(end) }),
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
  const start = decode(query.cursor);
  const items: Listed[] = [];
  let reads = 0;
  for await (const { id, from } of sheets(start.from)) {
    const passed = start.line.startsWith(`${id}|`) ? start.line : '';
    if (reads === maxSheets) return { items, next: encode({ from, line: passed }) };
    reads += 1;
    const sheet = await aggregate('sheet').stateNow(id);
    if (!sheet) continue;
    for (const line of linesOf(id, sheet, today)) {
      const name = `${id}|${line.volunteerId}`;
      if (name <= passed || !fits(query, line)) continue;
      if (items.length === query.limit) {
        const last = items.at(-1);
        return { items, next: encode({ from, line: `${last?.sheetId}|${last?.volunteerId}` }) };
      }
      items.push(line);
    }
  }
  return { items, next: null };
};

/**
 * Lines of sheets: a person's, an activity's, or those of an organisation or an area in this year and
 * the last, among which those that wait are the work of its staff. A person's come from the Views, all
 * others from the sheets themselves.
 */
export const listHours: UseCase<typeof participation.listHours> = async (request) => {
  const { actor, at, query } = request;
  const today = localDateOf(at, settings().timezone);
  const { volunteer, activity, organisation, area } = query;
  if (volunteer !== undefined) return { body: await ofVolunteer(request, volunteer, today) };
  const place =
    activity === undefined
      ? { organisationId: organisation ?? '', areaId: area ?? '' }
      : await aggregate('activity').stateNow(activity);
  if (!(await mayReadPlace(actor, place ?? { organisationId: '', areaId: '' })))
    throw new Rejection('forbidden');
  const year = Number(yearOf(today));
  const sheets = (from: string): FoundSheets =>
    activity === undefined
      ? sheetsWith(query, [String(year - 1), String(year)], from)
      : sheetsOfActivity(activity, from);
  return { body: await ofSheets(request, sheets, today) };
};

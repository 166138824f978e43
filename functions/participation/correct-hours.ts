import type { Activity } from '../../events/activities.ts';
import type { Entry, Sheet } from '../../events/participation.ts';
import { withinNamedAreas } from '../access/working-area.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { mergedWith } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { claimsFor, unchanged } from '../sheets/claims.ts';
import { isLateFor } from '../sheets/working-days.ts';
import { changeEntries } from './change-entries.ts';
import type { participation } from './contract.ts';
import {
  checkServiceDate,
  checkStillThere,
  checkTakesPlace,
  correct,
  corrected,
  enter,
  voided,
} from './decider.ts';
import { createDays } from './persons-day.ts';
import { mayCorrect } from './policy.ts';
import { type ChosenSheet, chooseSheet, standingOn, withoutEntries } from './sheets-of-day.ts';

/** A sheet to which lines move, as it was read, and the lines. */
interface Move extends ChosenSheet {
  readonly date: string;
  readonly entries: Entry[];
}

/**
 * Corrects lines of a sheet: their figures, or their day. A line that moves to another day is struck
 * out here and entered there, in one transaction; the two events may come in any order.
 */
export const correctHours: UseCase<typeof participation.correctHours> = (request) => {
  const { actor, params, body } = request;
  const today = localDateOf(request.at, settings().timezone);
  let othersOf = createDays();
  let activity: { readonly state: Activity; readonly version: number } | undefined;
  let moves = new Map<string, Promise<Move>>();
  const targetOf = (sheet: Sheet, date: string): Promise<Move> => {
    const where = { ...sheet.place, serviceDate: date };
    const known =
      moves.get(date) ??
      chooseSheet(where, body.entries.length).then((chosen) => ({ ...chosen, date, entries: [] }));
    moves.set(date, known);
    return known;
  };

  const correctOne = async (
    entry: Entry,
    sheet: Sheet,
    { serviceDate, onDuty, attendedMinutes, creditedMinutes }: (typeof body.entries)[number],
  ): Promise<Entry> => {
    const figures = {
      ...(onDuty === undefined ? {} : { onDuty }),
      ...(attendedMinutes === undefined ? {} : { attendedMinutes }),
      ...(creditedMinutes === undefined ? {} : { creditedMinutes }),
    };
    const { volunteerId } = entry;
    const { organisationId } = sheet.place;
    const volunteer = await aggregate('volunteer').stateNow(volunteerId, false);
    const records = [...(await mergedWith(volunteerId, volunteer)).keys()];
    const date = serviceDate ?? sheet.place.serviceDate;
    const on = { sheetId: params.id, date, organisationId, sheet };
    const given = { actorId: actor.id, others: await othersOf(records, volunteerId, on) };
    if (!activity) throw new Error('the activity is read first');
    checkStillThere(entry, { ...sheet.place, serviceDate: date }, activity.state);
    if (date === sheet.place.serviceDate) return corrected(entry, figures, given);
    checkServiceDate(date, activity.state, today);
    const after = corrected(entry, figures, { ...given, late: isLateFor(date, today) });
    const target = await targetOf(sheet, date);
    const standing = standingOn([...target.others, { id: target.id, state: target.sheet }]);
    for (const each of target.entries) standing.set(each.volunteerId, target.id);
    const there = records.find((record) => standing.has(record));
    if (there !== undefined)
      throw new Rejection('already-on-sheet', { sheetId: standing.get(there) ?? target.id });
    target.entries.push(after);
    return voided(entry);
  };

  const moving = async () =>
    (await Promise.all(moves.values())).filter(({ entries }) => entries.length > 0);

  return changeEntries({
    request,
    named: body.entries.map((asked) => ({ volunteerId: asked.volunteerId, asked })),
    fits: () => false,
    atomic: body.atomic,
    authorise: async (_, { place }) =>
      mayCorrect(actor, place, { inArea: await withinNamedAreas(actor, place.areaId) }),
    before: async ({ place }) => {
      moves = new Map();
      othersOf = createDays();
      activity = await aggregate('activity').get(place.activityId);
      checkTakesPlace(activity.state);
    },
    change: async (entry, sheet, asked) => {
      if (!asked) throw new Error('a correction names its lines');
      return correctOne(entry, sheet, asked);
    },
    fact: (sheet, changed) => correct(sheet, changed, body.reason),
    alsoAppend: async () =>
      (await moving()).flatMap(({ id, version, sheet, entries, others }) => [
        { type: 'sheet' as const, id, version, fact: enter(sheet, entries) },
        ...(version === 0 ? others.map(withoutEntries) : []),
      ]),
    alsoWrite: async (sheet) => {
      const targets = await moving();
      const { activityId } = sheet.place;
      const begun = targets.filter(({ version }) => version === 0);
      return [
        ...targets.flatMap(({ version, others }) => (version > 0 ? unchanged(others) : [])),
        ...(await claimsFor(activityId, activity?.version ?? 0, begun)),
      ];
    },
  });
};

import type { Entry, Sheet } from '../../events/participation.ts';
import { entriesOfPerson } from '../figures/person-entries.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { mergedWith } from '../people/own-record.ts';
import { onceEach } from '../runtime/once.ts';
import { tierOf } from '../sheets/day-rules.ts';
import { counts } from '../sheets/sheet.ts';
import type { Day, OtherEntry } from './decider.ts';

/** Reads volunteers, each of them once. */
export const createVolunteers = () => onceEach((id) => aggregate('volunteer').stateNow(id));
export type VolunteerOf = ReturnType<typeof createVolunteers>;

/** The sheet on which an entry stands, or is to stand. */
interface On {
  readonly sheetId: string;
  readonly date: string;
  readonly organisationId: string;
  /** The sheet as the command has it. */
  readonly sheet?: Sheet;
}

/**
 * Finds a person's other entries of a day: pending or verified, on other sheets or of other records. The
 * persons' years in the Views say which sheets there are, and may be a moment late; what the sheets say
 * is read from the Ledger. An entry of the same second is not found: the projector flags the day then.
 */
export const createDays = () => {
  const sheetOf = onceEach((id) => aggregate('sheet').stateNow(id));
  return async (
    records: Iterable<string>,
    volunteerId: string,
    on: On,
  ): Promise<readonly OtherEntry[]> => {
    const known = await entriesOfPerson([...records], on.date.slice(0, 4));
    const others = known.filter(
      (each) =>
        each.serviceDate === on.date &&
        (each.sheetId !== on.sheetId || each.volunteerId !== volunteerId),
    );
    const found = await Promise.all(
      others.map(async (each) => {
        const isSame = on.sheet !== undefined && each.sheetId === on.sheetId;
        const sheet = isSame ? on.sheet : await sheetOf(each.sheetId);
        const entry = sheet?.entries.get(each.volunteerId);
        return sheet && entry && counts(entry) ? [otherEntry(each.sheetId, sheet, entry, on)] : [];
      }),
    );
    return found.flat();
  };
};

const otherEntry = (
  sheetId: string,
  { place }: Sheet,
  { attendedMinutes, creditedMinutes }: Entry,
  { organisationId }: On,
): OtherEntry => ({
  sheetId: place.organisationId === organisationId ? sheetId : null,
  attendedMinutes,
  creditedMinutes,
});

/**
 * Finds the day of a line that somebody verifies. When the sheet was read again, so is the rest. Nobody
 * can tell any more whose an erased record was, so two people verify its lines: one of them at least is
 * not the person.
 */
export const createVerifiedDays = (volunteerOf: VolunteerOf) => {
  let read: { readonly sheet: Sheet; readonly othersOf: ReturnType<typeof createDays> } | undefined;
  return async (
    { volunteerId, creditedMinutes, onDuty }: Entry,
    sheetId: string,
    sheet: Sheet,
  ): Promise<Day> => {
    const { serviceDate: date, organisationId } = sheet.place;
    if (read?.sheet !== sheet) read = { sheet, othersOf: createDays() };
    const { othersOf } = read;
    const records = await mergedWith(volunteerId, await volunteerOf(volunteerId));
    const on = { sheetId, date, organisationId, sheet };
    const others = await othersOf(records.keys(), volunteerId, on);
    const tier = onDuty ? 'one-verifier' : tierOf(creditedMinutes, others);
    const isErased = [...records.values()].some(({ status }) => status === 'erased');
    return { others, tier, needsTwo: isErased || tier === 'two-verifiers' };
  };
};

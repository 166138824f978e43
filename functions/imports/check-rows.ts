import { rowFlags } from '../../events/imports.ts';
import type { Actor } from '../ledger/actor.ts';
import { blindHash } from '../people/keys.ts';
import { comparableName } from '../people/names.ts';
import type { Person } from '../people/person.ts';
import { inParallel } from '../runtime/batches.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { areaResolver } from './areas.ts';
import { differencesOf, type Listed, samePerson } from './compare-people.ts';
import type { Flag } from './flags.ts';
import type { List } from './list.ts';
import { isMost } from './person-cells.ts';
import { readRow } from './read-row.ts';
import { numberOfAnother, type RowFault } from './row-faults.ts';
import type { SheetRow } from './sheet.ts';
import { type Comparison, flagsOf, standingOf } from './standing.ts';
import { notRead } from './unread-columns.ts';
import type { WaitingRow } from './waiting-rows.ts';

export interface CheckedRow {
  readonly number: number;
  readonly faults: readonly RowFault[];
  readonly flags: readonly Flag[];
  /** Undefined when there are faults. */
  readonly accepted: WaitingRow | undefined;
}

/** People looked up at the same time. */
const lookUps = 32;

/**
 * The volunteer id for a row's person: the same each time for the same ID number, or else for the
 * same phone and name. It is made with the district's key, so nobody can find a number from it. Two
 * people with one number have one id, so one document never gets a second record: the row of the
 * later one is refused.
 */
const volunteerIdFor = async ({ idDocument, phone, name }: Person): Promise<string> =>
  derivedId(
    'imported',
    idDocument
      ? await blindHash('import', 'id-number', idDocument.number)
      : await blindHash('import', 'phone', phone ?? '', comparableName(name ?? '')),
  );

type Accepted = Omit<WaitingRow, 'repeats' | 'flags'>;

/** The rows of the list read so far, by volunteer id, and by phone and name. */
const earlierRows = () => {
  /** The first row of each person, and the rows that said their birth date or sex first: at most 3. */
  const people = new Map<string, Accepted[]>();
  const phones = new Map<string, Map<string, Accepted>>();
  return (given: Accepted) => {
    const { volunteerId, person } = given;
    const known = people.get(volunteerId) ?? [];
    people.set(volunteerId, known);
    const another = known.find((each) => samePerson(person, each.person) === 'another');
    if (another) return { another };
    const [first] = known;
    const saysMore = (['birthDate', 'sex'] as const).some(
      (field) => person[field] && !known.some((each) => each.person[field]),
    );
    if (!first || saysMore) known.push(given);
    if (person.phone === undefined) return { first };
    const name = comparableName(person.name ?? '');
    const callers = phones.get(person.phone) ?? new Map<string, Accepted>();
    phones.set(person.phone, callers);
    const namesake = callers.get(name);
    const other = [...callers].find(([caller]) => caller !== name)?.[1];
    if (!namesake) callers.set(name, given);
    return { first, namesake: namesake?.volunteerId === volunteerId ? undefined : namesake, other };
  };
};

export interface Checking {
  readonly actor: Actor;
  /** For rows that name no area. */
  readonly areaId: string | undefined;
  /** Local date. */
  readonly today: string;
}

/**
 * Checks rows by themselves and against all rows checked before. A row with faults is refused, and
 * the others are still accepted. A row that only needs a look is accepted with a flag.
 * @throws Problem `unreadable-file` when a column that is not read names areas
 */
export const rowChecker = async (
  { columnsOf, unknown }: Pick<List, 'columnsOf' | 'unknown'>,
  { actor, areaId, today }: Checking,
): Promise<(rows: readonly SheetRow[]) => Promise<readonly CheckedRow[]>> => {
  const { ages, timezone } = settings();
  const { areaOf, isArea } = await areaResolver(actor, areaId);
  const lost = unknown.find(({ cells }) => isMost(cells, isArea));
  if (lost) throw notRead(lost.row, lost.column, { zh: '社区', en: 'area' });
  const earlier = earlierRows();
  const check = async (row: SheetRow): Promise<CheckedRow> => {
    const read = readRow(row, columnsOf(row.number), { today, timezone, ages });
    const area = await areaOf(read);
    const { number, person, tags, serviceCategories } = read;
    const flags: Flag[] = [...read.flags];
    const refused = (...more: readonly RowFault[]): CheckedRow => ({
      number,
      faults: [...read.faults, ...more],
      flags,
      accepted: undefined,
    });
    // A row that is refused for its area is not registered in that of the whole import.
    if (typeof area !== 'string')
      return { ...refused(area), flags: flags.filter(({ code }) => code !== 'no-area') };
    if (!person) return refused();
    const volunteerId = await volunteerIdFor(person);
    const own: Listed = {
      areaId: area,
      hasArea: read.area !== '' || read.street !== '',
      tags,
      serviceCategories,
      person,
    };
    const accepted = { row: number, volunteerId, ...own };
    const { first, another, namesake, other } = earlier(accepted);
    if (another) return refused(numberOfAnother(person, another));
    if (first) {
      flags.push({ code: 'repeated', row: first.row });
      const differs = differencesOf(own, first);
      if (differs.length > 0) flags.push({ code: 'differs', row: first.row, columns: differs });
    }
    if (namesake) flags.push({ code: 'possible-duplicate', row: namesake.row });
    if (other) flags.push({ code: 'shared-phone', row: other.row });
    return {
      number,
      faults: [],
      flags,
      accepted: {
        ...(first ? { ...first, row: number, repeats: { row: first.row, own } } : accepted),
        flags: rowFlags.filter((flag) => flags.some(({ code }) => code === flag)),
      },
    };
  };
  return async (rows) => {
    const checked: CheckedRow[] = [];
    for (const row of rows) checked.push(await check(row));
    return checked;
  };
};

/**
 * A row after comparison with its person's record and with others who have the same numbers, as far as
 * the actor may import where those are: of what is elsewhere a dry run says nothing at all.
 */
const compared = async (
  compare: Comparison,
  row: CheckedRow,
  accepted: WaitingRow,
): Promise<CheckedRow> => {
  const { is, record, findings } = await standingOf(accepted, compare);
  if (is === 'another')
    return {
      ...row,
      faults: [...row.faults, numberOfAnother(accepted.person)],
      // What earlier rows have in common with this one is of no use once it is refused.
      flags: row.flags.filter(({ row: earlier }) => earlier === undefined),
      accepted: undefined,
    };
  const differs = is === 'known' ? differencesOf(accepted.repeats?.own ?? accepted, record) : [];
  const flags: Flag[] = [...row.flags];
  if (is === 'known') flags.push({ code: 'already-registered' });
  if (differs.length > 0) flags.push({ code: 'differs', columns: differs });
  return { ...row, flags: [...flags, ...flagsOf(findings).map((code) => ({ code }))] };
};

/**
 * Compares rows with registered people by their keyed hashes, one query each, until the time is up.
 * Rows that are not compared are not counted in `compared`.
 * @param until by the machine's own clock, as `performance.now()` gives it
 * @throws Problem `record-unreadable`
 */
export const comparePeople = async (
  compare: Comparison,
  rows: readonly CheckedRow[],
  until: number,
): Promise<{ readonly rows: readonly CheckedRow[]; readonly compared: number }> => {
  let count = 0;
  const done = await inParallel(lookUps, rows, async (row) => {
    if (!row.accepted || performance.now() > until) return row;
    const result = await compared(compare, row, row.accepted);
    count += 1;
    return result;
  });
  return { rows: done, compared: count };
};

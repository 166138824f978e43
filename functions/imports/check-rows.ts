import type { Area } from '../../events/organisations.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { blindHash } from '../people/keys.ts';
import { volunteersWith } from '../people/people.ts';
import type { Person } from '../people/person.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { areaRows } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import { columnsOf } from './columns.ts';
import { fewAtOnce } from './few-at-once.ts';
import { mayImportInto } from './policy.ts';
import { faultOf, type ReadRow, type RowFault, readRow } from './read-row.ts';
import type { SheetRow } from './sheet.ts';
import type { WaitingRow } from './waiting-rows.ts';

export type Flag =
  | { readonly code: 'same-as-row'; readonly row: number }
  | { readonly code: 'already-registered' | 'possible-duplicate' };

export interface CheckedRow {
  readonly number: number;
  readonly faults: readonly RowFault[];
  readonly flags: readonly Flag[];
  /** Undefined when there are faults. */
  readonly accepted: WaitingRow | undefined;
}

/** Queries that are under way at a time. */
const lookUps = 32;

/** Areas by id and by name; a name that two of them have leads to neither. */
const knownAreas = async (): Promise<ReadonlyMap<string, string>> => {
  const areas: (Area & { readonly id: string })[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRows<Area>({ index: 'items', partition: areaRows, limit: 500, cursor });
    areas.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  const ids = new Map<string, string>();
  for (const { id, name } of areas) {
    const known = ids.has(name) || areas.some((other) => other.id !== id && other.name === name);
    if (!known) ids.set(name, id);
  }
  for (const { id } of areas) ids.set(id, id);
  return ids;
};

/**
 * Whom a row is about, as an id: the same for the same ID number, or else phone and name, however
 * often they are handed in. Made with the district's key, so that nobody finds a number from it.
 */
const volunteerIdFor = async ({ idDocument, phone, name }: Person): Promise<string> =>
  derivedId(
    'imported',
    idDocument
      ? await blindHash('import', 'id-number', idDocument.number)
      : await blindHash('import', 'phone', phone ?? '', (name ?? '').replace(/\s/g, '')),
  );

const duplicatesOf = async ({ person, volunteerId }: WaitingRow): Promise<readonly Flag[]> => {
  const { idDocument, phone } = person;
  const found = idDocument
    ? await volunteersWith('id-number', idDocument.number)
    : await volunteersWith('phone', phone ?? '');
  return [
    ...(found.includes(volunteerId) ? [{ code: 'already-registered' as const }] : []),
    ...(found.some((id) => id !== volunteerId) ? [{ code: 'possible-duplicate' as const }] : []),
  ];
};

/** Which area a row is of, where the actor may register people; or what is wrong with it. */
const areaResolver = async (actor: Actor, otherwise: string | undefined) => {
  const ids = await knownAreas();
  const allowed = new Map<string, Promise<boolean>>();
  const mayInto = (id: string): Promise<boolean> => {
    const known =
      allowed.get(id) ?? worksIn(actor, id).then((inArea) => mayImportInto(actor, { inArea }));
    allowed.set(id, known);
    return known;
  };
  return async ({ area }: ReadRow): Promise<string | RowFault> => {
    const wanted = area === '' ? otherwise : area;
    if (wanted === undefined) return faultOf('area', 'required');
    const id = ids.get(wanted);
    if (id === undefined) return faultOf('area', 'unknown-area');
    return (await mayInto(id)) ? id : faultOf('area', 'area-not-yours');
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
 * Checks rows by themselves and against all that were checked before. A row with faults is refused
 * and the others go on; a duplicate is flagged and stays accepted.
 * @throws Problem `unreadable-file` for the headings, `record-unreadable`
 */
export const rowChecker = async (
  headings: SheetRow | undefined,
  { actor, areaId, today }: Checking,
): Promise<(rows: readonly SheetRow[]) => Promise<readonly CheckedRow[]>> => {
  const columns = columnsOf(headings);
  const { ages } = settings();
  const areaOf = await areaResolver(actor, areaId);
  const firstRows = new Map<string, number>();
  const check = async (row: SheetRow): Promise<CheckedRow> => {
    const read = readRow(row, columns, { today, ages });
    const area = await areaOf(read);
    const faults = typeof area === 'string' ? read.faults : [...read.faults, area];
    const { number, person, tags, serviceCategories } = read;
    if (!person || typeof area !== 'string')
      return { number, faults, flags: [], accepted: undefined };
    const volunteerId = await volunteerIdFor(person);
    const same = firstRows.get(volunteerId);
    if (same === undefined) firstRows.set(volunteerId, number);
    return {
      number,
      faults,
      flags: same === undefined ? [] : [{ code: 'same-as-row', row: same }],
      accepted: { row: number, volunteerId, areaId: area, tags, serviceCategories, person },
    };
  };
  return async (rows) => {
    const checked: CheckedRow[] = [];
    for (const row of rows) checked.push(await check(row));
    return checked;
  };
};

/**
 * Flags the rows that are of people already there, by their keyed hashes: one query each, as long
 * as there is time. Rows that are not compared say so by not being counted.
 * @param until by the machine's own clock, as `performance.now()` has it
 * @throws Problem `record-unreadable`
 */
export const comparePeople = async (
  rows: readonly CheckedRow[],
  until: number,
): Promise<{ readonly rows: readonly CheckedRow[]; readonly compared: number }> => {
  let compared = 0;
  const flagged = await fewAtOnce(lookUps, rows, async (row) => {
    if (!row.accepted || performance.now() > until) return row;
    const found = await duplicatesOf(row.accepted);
    compared += 1;
    return { ...row, flags: [...row.flags, ...found] };
  });
  return { rows: flagged, compared };
};

import type { Role } from '../../events/envelope.ts';
import { type RowFlag, rowFlags } from '../../events/imports.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { ageGroupOf } from '../people/age.ts';
import { isUnchecked } from '../people/checked-number.ts';
import { livesOf } from '../people/lives.ts';
import { isSameName } from '../people/names.ts';
import { survivorOf } from '../people/own-record.ts';
import { type Leave, openPerson, volunteersWith } from '../people/people.ts';
import { type Person, person } from '../people/person.ts';
import { isApproved, loggedLeave } from '../people/personal-access.ts';
import { isMinor } from '../people/registration.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { onceEach } from '../runtime/once.ts';
import { settings } from '../runtime/settings.ts';
import { isNumberOfAnother, isPhoneOfAnother, type Listed, samePerson } from './compare-people.ts';
import { mayImportInto } from './policy.ts';
import type { WaitingRow } from './waiting-rows.ts';

const known = person.strip();

const readPerson = async (leave: Leave): Promise<Person | undefined> => {
  const record = await openPerson(leave);
  return record && known.parse(record.fields);
};

/**
 * What of a record is compared with a list. Of a minor neither birth date nor sex, unless the reader has
 * the district's approval: otherwise whoever knows a child's name and phone could find them by trying.
 */
const comparedWith = async (
  { actor, at }: Pick<By, 'actor' | 'at'>,
  volunteerId: string,
  held: Person | undefined,
): Promise<Person | undefined> => {
  const { timezone, ages } = settings();
  const today = localDateOf(at, timezone);
  if (!held || !isMinor({ ageGroup: ageGroupOf(held.birthDate, today, ages) })) return held;
  if (await isApproved(volunteerId, actor, today)) return held;
  const { birthDate: _, sex: __, ...rest } = held;
  return rest;
};

type Row = Pick<WaitingRow, 'volunteerId' | 'repeats'> & Listed;

interface Place {
  /**
   * `repeated`: the command itself registered the row's person. `known`: an earlier row or list did.
   * `new`: nobody did, and the id is free. `another`: the row's ID number, or its name and phone,
   * belong to somebody else, and nobody may be registered.
   */
  readonly is: 'repeated' | 'known' | 'new' | 'another';
  readonly volunteerId: string;
  /** What the record holds, or the one it was merged into; for a new one, what the row does. */
  readonly record: Listed;
  readonly findings: readonly Finding[];
}

/** A flag, and the record of which it says something. */
export interface Finding {
  readonly flag: RowFlag;
  readonly volunteerId: string;
}

/** Whether something may be said of a record. */
type Reach = (volunteerId: string) => Promise<boolean>;

/** Every record, for what is written down and shown to nobody yet. */
const everywhere: Reach = async () => true;

/** The records of areas in which the actor may import. One read and those of areas; none for the district. */
const reachOf = (actor: Actor): Reach => {
  if (mayImportInto(actor, { inArea: false })) return everywhere;
  return async (volunteerId) => {
    const volunteer = await aggregate('volunteer').stateNow(volunteerId);
    const inArea = volunteer !== undefined && (await worksIn(actor, volunteer.areaId));
    return mayImportInto(actor, { inArea });
  };
};

/** How a list is compared with the records. */
export interface Comparison {
  /** Which records count; all others are as if they were not there, and are not opened. */
  readonly isWithin: Reach;
  /** A record's data, once it is in the log that it is read. */
  readonly read: (volunteerId: string) => Promise<Person | undefined>;
}

interface By {
  readonly actor: Actor;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly role: Role;
}

/** A record that many rows are compared with is logged once for all of them. */
const comparison = (by: By, isWithin: Reach): Comparison => {
  const reading = { ...by, reason: 'list-comparison', what: 'comparison' } as const;
  const leaveFor = onceEach((volunteerId) => loggedLeave(volunteerId, reading));
  return {
    isWithin,
    read: async (volunteerId) =>
      comparedWith(by, volunteerId, await readPerson(await leaveFor(volunteerId))),
  };
};

/** For a report to the actor, who learns of the records within reach only. */
export const comparisonFor = (by: By): Comparison => comparison(by, reachOf(by.actor));

/** For a registration: nobody is registered twice, wherever they are. */
export const comparisonEverywhere = (by: By): Comparison => comparison(by, everywhere);

/** What a record holds, or the one it was merged into, and its state. */
const heldBy = async (
  id: string,
  volunteer: Volunteer,
  own: Person,
  { survivor, read }: { readonly survivor: string } & Pick<Comparison, 'read'>,
) => {
  const isMerged = survivor !== id;
  const state = (isMerged && (await aggregate('volunteer').stateNow(survivor))) || volunteer;
  const { areaId, tags, serviceCategories } = state;
  const person = (isMerged ? await read(survivor) : own) ?? {};
  const findings: Finding[] = [];
  if (state.status === 'deactivated') findings.push({ flag: 'deactivated', volunteerId: id });
  if (isMerged) findings.push({ flag: 'merged', volunteerId: id });
  return { record: { person, areaId, hasArea: true, tags, serviceCategories }, findings };
};

/**
 * Looks for the row's person under the ids that are derived from the row, one after the other. A
 * record that is over, or was corrected to another person, is passed by, so the row's person has the
 * next id, the same each time. A record out of reach is passed by too, unopened. Consistent.
 */
const placeOf = async (row: Row, { isWithin, read }: Comparison, key?: string): Promise<Place> => {
  let known: Place | undefined;
  let isTaken = false;
  const corrected: Finding[] = [];
  for await (const { id, volunteer, isOver, isRepeat } of livesOf(row.volunteerId, key)) {
    const survivor = volunteer?.mergedInto ? await survivorOf(id) : id;
    const isShown = volunteer !== undefined && !isOver && (await isWithin(survivor));
    const before = isShown ? await read(id) : undefined;
    const held = before
      ? await heldBy(id, volunteer as Volunteer, before, { survivor, read })
      : { record: row, findings: [] };
    const findings = [...held.findings, ...corrected];
    if (isRepeat) return { is: 'repeated', volunteerId: id, ...held, findings };
    if (!volunteer)
      return known ?? { is: isTaken ? 'another' : 'new', volunteerId: id, ...held, findings };
    if (!before) continue;
    const found = samePerson(row.person, before);
    if (found === 'same') known ??= { is: 'known', volunteerId: id, ...held };
    if (found === 'another') isTaken = true;
    if (found === 'neither') corrected.push({ flag: 'corrected-record', volunteerId: id });
  }
  throw new Error('the last id is free');
};

/** The records within reach with the row's ID number or phone, but for its own. Eventually consistent. */
const othersLike = async (
  { idDocument, phone }: Person,
  own: string,
  { isWithin, read }: Comparison,
) => {
  const lists = await Promise.all([
    idDocument ? volunteersWith('id-number', idDocument.number) : [],
    phone === undefined ? [] : volunteersWith('phone', phone),
  ]);
  const ids = [...new Set(lists.flat())].filter((id) => id !== own);
  const found = async (id: string) =>
    (await isWithin(id)) ? [{ id, person: (await read(id)) ?? {} }] : [];
  return (await Promise.all(ids.map(found))).flat();
};

/** Whether staff merged two records into one. */
const isMerged = async (one: string, other: string): Promise<boolean> =>
  (await survivorOf(one)) === (await survivorOf(other));

export type Standing = Place;

const whereTrue = <Value>(values: readonly Value[], areTrue: readonly boolean[]): Value[] =>
  values.filter((_, at) => areTrue[at]);

/**
 * Whether a row's person is registered, and which other records staff should compare with theirs.
 * Two people are never one by a number alone: the rule is `samePerson`.
 * @param key the idempotency key with which the row is registered
 * @throws Problem `record-unreadable`
 */
export const standingOf = async (
  row: Row,
  compare: Comparison,
  key?: string,
): Promise<Standing> => {
  const { person: given, repeats } = row;
  const { is, volunteerId, record, findings } = await placeOf(row, compare, key);
  const others = await othersLike(given, volunteerId, compare);
  const claims = others.filter(({ person: other }) => isNumberOfAnother(given, other));
  const areUnchecked = await Promise.all(claims.map(({ id }) => isUnchecked(id)));
  const namesakes = others.filter(({ person: other }) => isSameName(given.name, other.name));
  const areMerged = await Promise.all(namesakes.map(({ id }) => isMerged(id, volunteerId)));
  const isHeld = is === 'new' && areUnchecked.includes(false);
  // An earlier row may say less than this one, and so fit a record that this one contradicts.
  const isContradicted =
    repeats !== undefined && samePerson(repeats.own.person, record.person) === 'another';
  const unmerged = areMerged.map((each) => !each);
  const callers = others.filter(({ person: other }) => isPhoneOfAnother(given, other));
  const byOthers: readonly (readonly [RowFlag, readonly { readonly id: string }[]])[] = [
    ['claimed-number', whereTrue(claims, areUnchecked)],
    ['possible-duplicate', whereTrue(namesakes, unmerged)],
    ['shared-phone', callers],
  ];
  return {
    is: isHeld || isContradicted ? 'another' : is,
    volunteerId,
    record,
    findings: [
      ...findings,
      ...byOthers.flatMap(([flag, found]) => found.map(({ id }) => ({ flag, volunteerId: id }))),
    ],
  };
};

/** Flags in their order, each once. */
export const flagsOf = (
  findings: readonly Finding[],
  more: readonly RowFlag[] = [],
): readonly RowFlag[] =>
  rowFlags.filter((flag) => more.includes(flag) || findings.some((each) => each.flag === flag));

/** Flags that tell the state of a record. */
const states: readonly RowFlag[] = ['deactivated', 'merged'];

/**
 * What an actor may know of a registered row: neither the state of its record, nor how it differs from
 * the list, nor flags about other records, unless they work where those are. A list would otherwise
 * tell whether a guessed address or phone is that of somebody whose record is closed. For a merged
 * record, the id is that of the record that it was merged into. Reads only if there is something.
 */
export const shownTo = async <Name extends string>(
  actor: Actor,
  {
    volunteerId,
    differs,
    flags,
    others,
  }: {
    readonly volunteerId: string;
    readonly differs: readonly Name[];
    readonly flags: readonly RowFlag[];
    readonly others: readonly Finding[];
  },
) => {
  const isWithin = reachOf(actor);
  const areWithin = await Promise.all(others.map((each) => isWithin(each.volunteerId)));
  const shown = whereTrue(others, areWithin);
  const saysNothing = differs.length === 0 && !flags.some((flag) => states.includes(flag));
  if (saysNothing) return { volunteerId, differs, flags: flagsOf(shown, flags) };
  const id = flags.includes('merged') ? await survivorOf(volunteerId) : volunteerId;
  if (await isWithin(id)) return { volunteerId: id, differs, flags: flagsOf(shown, flags) };
  const rest = flags.filter((flag) => !states.includes(flag));
  return { volunteerId, differs: [], flags: flagsOf(shown, rest) };
};

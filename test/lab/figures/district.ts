import type { DomainEvent } from '../../../events/catalogue.ts';
import type { Entry, Place } from '../../../events/participation.ts';
import type { Sums } from '../../../events/sheet-sums.ts';
import type { Projected } from '../../../functions/figures/projected.ts';
import type { Figures, Spell } from '../../../functions/views/projection.ts';

/** A small district as its Ledger has it: the newest state of everything, and all events so far. */

/** Each area with those that contain it, nearest first. */
export const areas: Readonly<Record<string, readonly string[]>> = {
  a1: ['s1', 'd'],
  a2: ['s1', 'd'],
  a3: ['s2', 'd'],
  s1: ['d'],
  s2: ['d'],
  d: [],
};
export const areaIds = Object.keys(areas);
export const themes = ['LAUNCH', 'FREE_CLINIC'] as const;

export interface Person {
  readonly id: string;
  readonly areaId: string;
  readonly mergedInto: string | null;
  readonly registeredIn: string | null;
  readonly spells: readonly Spell[];
}
export interface Activity {
  readonly id: string;
  readonly month: string;
  readonly areaId: string;
  readonly theme: string;
  readonly status: 'published' | 'verified' | 'cancelled';
  readonly partnerIds: readonly string[];
  readonly measures: Readonly<Record<string, number>>;
}
export interface Sheet {
  readonly id: string;
  readonly place: Place;
  readonly entries: ReadonlyMap<string, Entry>;
  /** Who was verified and then was not, with the minutes that they had when that first happened. */
  readonly takenBack: ReadonlyMap<string, number>;
}
export interface Team {
  readonly id: string;
  readonly areaId: string;
  readonly formedIn: string;
  readonly spells: readonly Spell[];
}

/** The nth id of a kind. */
export const idOf = (kind: 'a' | 'b' | 'c' | 'd', n: number): string =>
  `0198c0de-0000-7000-8000-0000000${kind}${n.toString(16).padStart(4, '0')}`;

/** Who was verified before these changes and is not after them, beside those who are known. */
export const takenBackAfter = (
  { entries, takenBack }: Pick<Sheet, 'entries' | 'takenBack'>,
  changed: readonly Entry[],
): ReadonlyMap<string, number> => {
  const all = new Map(takenBack);
  for (const { volunteerId, status } of changed) {
    const before = entries.get(volunteerId);
    if (before?.status === 'verified' && status !== 'verified' && !all.has(volunteerId))
      all.set(volunteerId, before.creditedMinutes);
  }
  return all;
};

/** The sums of a sheet that its events say. */
export const sumsOf = ({ entries: all, takenBack }: Omit<Sheet, 'id' | 'place'>): Sums => {
  const entries = [...all.values()];
  const verified = entries.filter(({ status }) => status === 'verified');
  const serving = verified.filter(({ onDuty }) => !onDuty);
  const pending = entries.filter(({ status }) => status === 'pending');
  const minutes = (some: readonly Entry[]) =>
    some.reduce((sum, { creditedMinutes }) => sum + creditedMinutes, 0);
  const of = (origin: Entry['origin']) => serving.filter((each) => each.origin === origin).length;
  return {
    waiting: pending.length,
    pendingMinutes: minutes(pending),
    participations: serving.length,
    creditedMinutes: minutes(serving),
    partyMemberParticipations: serving.filter(({ tags }) => tags.includes('party-member')).length,
    onDutyParticipations: verified.length - serving.length,
    objected: entries.filter(({ objection }) => objection !== null).length,
    late: serving.filter(({ flags }) => flags.includes('late')).length,
    scan: of('scan'),
    selfDeclared: of('self-declared'),
    backEntry: of('back-entry'),
    imported: of('import'),
    correctedEntries: takenBack.size,
    correctedMinutes: [...takenBack.values()].reduce((sum, each) => sum + each, 0),
    withdrawn: [...takenBack.keys()].filter((id) => all.get(id)?.status !== 'verified').length,
    unassessed: 0,
    unassessedOnDuty: 0,
  };
};

export const createDistrict = () => {
  const people = new Map<string, Person>();
  const activities = new Map<string, Activity>();
  const sheets = new Map<string, Sheet>();
  const teams = new Map<string, Team>();
  const events: Projected[] = [];
  const versions = new Map<string, number>();
  const emit = (type: string, id: string, figures: Figures): void => {
    const version = (versions.get(`${type}#${id}`) ?? 0) + 1;
    versions.set(`${type}#${id}`, version);
    // Half a year in a run: merges stamp the years around the present one.
    const recordedAt = new Date(Date.UTC(2025, 10, 1) + events.length * 3_600_000).toISOString();
    const event = { aggregate: { type, id, version }, recordedAt } as unknown as DomainEvent;
    const row = { pk: `rows#${type}`, sk: id, row: { version } };
    events.push({ event, projection: { figures, ...(type === 'sheet' ? {} : { row }) } });
  };
  return {
    people,
    activities,
    sheets,
    teams,
    events,

    setPerson: (person: Person): void => {
      const before = people.get(person.id);
      people.set(person.id, person);
      emit('volunteer', person.id, {
        of: 'person',
        mergedInto: person.mergedInto,
        regroups: (before?.mergedInto ?? null) !== person.mergedInto,
        areaId: person.areaId,
        registeredIn: person.registeredIn,
        spells: person.spells,
      });
    },

    setTeam: (team: Team): void => {
      teams.set(team.id, team);
      emit('team', team.id, { of: 'team', ...team });
    },

    setActivity: (activity: Activity): void => {
      activities.set(activity.id, activity);
      const { id, status, ...rest } = activity;
      emit('activity', id, {
        of: 'activity',
        ...rest,
        areasAbove: areas[activity.areaId] ?? [],
        organisationId: idOf('a', 0),
        teamId: null,
        counts: status !== 'cancelled',
        verified: status === 'verified',
      });
    },

    /** The id of an activity's sheet on a day. Its place is that of the activity when it begins. */
    sheetOf: (activityId: string, day: string): string => {
      const id = `${activityId}~${day}~1`;
      const activity = activities.get(activityId);
      if (!sheets.has(id) && activity)
        sheets.set(id, {
          id,
          place: {
            activityId,
            organisationId: idOf('a', 0),
            teamId: null,
            areaId: activity.areaId,
            areasAbove: [...(areas[activity.areaId] ?? [])],
            theme: activity.theme,
            serviceDate: day,
          },
          entries: new Map(),
          takenBack: new Map(),
        });
      return id;
    },

    /** Puts these entries on a sheet, in one event. */
    enter: (sheetId: string, changed: readonly Entry[]): void => {
      const sheet = sheets.get(sheetId);
      if (!sheet) throw new Error(`no sheet ${sheetId}`);
      const entries = new Map([
        ...sheet.entries,
        ...changed.map((entry) => [entry.volunteerId, entry] as const),
      ]);
      const after = { ...sheet, entries, takenBack: takenBackAfter(sheet, changed) };
      sheets.set(sheetId, after);
      emit('sheet', sheetId, {
        of: 'sheet',
        place: sheet.place,
        sums: sumsOf(after),
        entries: changed,
      });
    },
  };
};
export type District = ReturnType<typeof createDistrict>;
/** What a Ledger says, without how it came about. */
export type Facts = Pick<District, 'people' | 'activities' | 'sheets' | 'teams'>;

export const entryOf = (volunteerId: string, more: Partial<Entry> = {}): Entry => ({
  volunteerId,
  tags: [],
  onDuty: false,
  attendedMinutes: 60,
  creditedMinutes: 60,
  origin: 'leader-roll',
  status: 'pending',
  enteredBy: ['organiser'],
  verifiedBy: [],
  objection: null,
  flags: [],
  ...more,
});

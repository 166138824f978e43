import { type Formation, formationOf, type Identity, identityOf } from '../figures/identity.ts';
import {
  dateOfSheet,
  formationKey,
  identityKey,
  type Key,
  keyName,
  type Parse,
  parsedBy,
  partnerMonthKey,
  partnerYearKey,
  personsPartition,
  personYearKey,
  registeredList,
} from '../figures/layout.ts';
import type { LineKind } from '../figures/metrics.ts';
import { type PartnerYear, partnerMonthOf, partnerYearOf } from '../figures/partner-year.ts';
import { isPresent, type PersonYear, personYearOf } from '../figures/person-year.ts';
import { runningValue } from '../figures/running.ts';
import { yearOf } from '../runtime/calendar.ts';
import { organisationRows, teamRows } from '../views/keys.ts';
import { itemsAt } from '../views/views.ts';
import { type Line, type LinePage, memberLine } from './line.ts';
import { type MemberLists, readMembers } from './members.ts';

/** The figure whose lines are listed. */
export interface Listed {
  readonly metric: string;
  readonly period: string;
  readonly theme: string | null;
  /** The areas of the cell, in order. */
  readonly areas: readonly string[];
}

/** Whether something of this month, area and theme is in the cell. */
const isIn =
  ({ period, theme, areas }: Listed) =>
  (place: { readonly month: string; readonly areaId: string; readonly theme: string }): boolean =>
    place.month.startsWith(period) &&
    areas.includes(place.areaId) &&
    (theme === null || place.theme === theme);

/** The items of these ids, read consistently. */
const readAt = async <Value>(
  ids: Iterable<string>,
  keyOf: (id: string) => Key,
  parse: Parse<Value>,
): Promise<ReadonlyMap<string, Value>> => {
  const all = [...ids];
  return parsedBy(all, keyOf, parse, await itemsAt(all.map(keyOf), true));
};

const personYearsAt = (ids: Iterable<string>, year: string) =>
  readAt(ids, (id) => personYearKey(id, year), personYearOf);

/** The record under which the person of a group is counted: the one that was merged into no other. */
const survivorOf = (group: readonly string[], identities: ReadonlyMap<string, Identity>): string =>
  group.find((id) => (identities.get(id)?.mergedInto ?? null) === null) ?? group[0] ?? '';

/**
 * One line for each person who is present in the cell, with the sheets they are present on. Records
 * that are counted together have one line, where the first of them is listed that has entries.
 */
const personLines = async (ids: readonly string[], listed: Listed): Promise<readonly Line[]> => {
  const year = yearOf(listed.period);
  const own = await personYearsAt(ids, year);
  const groups = new Set([...own.values()].flatMap((person) => person.with ?? []));
  const [others, identities] = await Promise.all([
    personYearsAt(
      [...groups].filter((id) => !own.has(id)),
      year,
    ),
    readAt(groups, identityKey, identityOf),
  ]);
  const inCell = isIn(listed);
  const personAt = (id: string): PersonYear | undefined => own.get(id) ?? others.get(id);
  return [...own].flatMap(([id, person]) => {
    const group = person.with ?? [id];
    const withEntries = group.filter((member) => (personAt(member)?.entries.size ?? 0) > 0);
    if (withEntries[0] !== id) return [];
    const sheets = withEntries.flatMap((member) =>
      [...(personAt(member)?.entries ?? [])].flatMap(([sheetId, entry]) => {
        const month = dateOfSheet(sheetId).slice(0, 7);
        return isPresent(entry) && inCell({ ...entry, month })
          ? [{ id: sheetId, version: entry.version }]
          : [];
      }),
    );
    const sameSheet = new Map(sheets.map((sheet) => [sheet.id, sheet]));
    const survivor = person.with ? survivorOf(group, identities) : id;
    return sheets.length > 0 ? [memberLine(survivor, 'person', [...sameSheet.values()])] : [];
  });
};

/** One line for each partner in the cell, with the activities in which it takes part. */
const partnerLines = async (ids: readonly string[], listed: Listed): Promise<readonly Line[]> => {
  const year = yearOf(listed.period);
  const inCell = isIn(listed);
  const years = await readAt(ids, (id) => partnerYearKey(id, year), partnerYearOf);
  const monthsOf = ({ presences }: PartnerYear): readonly string[] => [
    ...new Set(presences.filter(inCell).map(({ month }) => month)),
  ];
  const keys = [...years].flatMap(([id, own]) =>
    monthsOf(own).map((month) => ({ id, month, key: partnerMonthKey(id, month) })),
  );
  const items = await itemsAt(
    keys.map(({ key }) => key),
    true,
  );
  const parts = keys.flatMap(({ id, month, key }) =>
    [...partnerMonthOf(key, items.get(keyName(key))).activities].flatMap(([activityId, own]) =>
      own.counts && inCell({ ...own, month }) ? [{ id, activityId }] : [],
    ),
  );
  return [...Map.groupBy(parts, ({ id }) => id)].map(([id, own]) =>
    memberLine(
      id,
      'partner',
      own.map(({ activityId }) => ({ id: activityId, version: null })),
    ),
  );
};

/** One line for each registration or team that gives something to a running figure. */
const standingLines =
  (kind: 'volunteer' | 'team', keyOf: (id: string) => Key, parse: Parse<Identity | Formation>) =>
  async (ids: readonly string[], { metric, period, areas }: Listed): Promise<readonly Line[]> => {
    const all = await readAt(ids, keyOf, parse);
    return [...all].flatMap(([id, { standing, version }]) => {
      if (!standing || !areas.includes(standing.areaId)) return [];
      const value = runningValue(standing, metric, period);
      if (value === undefined) return [];
      return [
        {
          id,
          kind,
          month: standing.newIn,
          areaId: standing.areaId,
          theme: null,
          organisationId: null,
          teamId: null,
          value,
          version,
        },
      ];
    });
  };

/** Members read for one page: three requests for a hundred items each. */
const maxMembers = 300;

interface Source {
  readonly lists: (listed: Listed) => MemberLists;
  readonly lines: (ids: readonly string[], listed: Listed) => Promise<readonly Line[]>;
  /** Members read for one page. */
  readonly most: number;
}

/** Where the members behind figures are listed, and how each becomes a line. */
const sources: Readonly<Record<Exclude<LineKind, 'sheet' | 'activity'>, Source>> = {
  person: {
    lists: ({ period }) => ({
      index: undefined,
      partitions: [personsPartition(yearOf(period))],
      id: 'id',
    }),
    lines: personLines,
    most: maxMembers,
  },
  partner: {
    lists: () => ({ index: undefined, partitions: [organisationRows], id: 'id' }),
    lines: partnerLines,
    // The months of each may be read beside its year.
    most: maxMembers / 12,
  },
  volunteer: {
    lists: ({ areas }) => ({ index: 'ByList', partitions: areas.map(registeredList), id: 'id' }),
    lines: standingLines('volunteer', identityKey, identityOf),
    most: maxMembers,
  },
  team: {
    lists: () => ({ index: undefined, partitions: [teamRows], id: 'id' }),
    lines: standingLines('team', formationKey, formationOf),
    most: maxMembers,
  },
};

/**
 * One page of the lines behind a figure that counts persons, partners, registrations or teams. It
 * reads a bounded number of members, so it may have fewer lines than its limit, or none.
 */
export const memberPage = async (
  kind: Exclude<LineKind, 'sheet' | 'activity'>,
  listed: Listed,
  position: string | null,
  limit: number,
): Promise<LinePage> => {
  const { lists, lines, most } = sources[kind];
  const members = await readMembers(lists(listed), position, Math.min(limit, most));
  return { lines: await lines(members.ids, listed), next: members.next };
};

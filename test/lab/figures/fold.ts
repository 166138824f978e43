import { areas, type Facts } from './district.ts';

/** Figures by `<period>|<area or *>|<theme or *>|<metric>`, and `running|<area>|<attribute>`. */
export type Figures = ReadonlyMap<string, number>;

/** Each area with those that contain it, nearest first. */
export type Areas = Readonly<Record<string, readonly string[]>>;

/** An area and all that contain it. */
export const nodesOf = (areaId: string, above: Areas): readonly string[] => [
  areaId,
  ...(above[areaId] ?? []),
  '*',
];

/** 1 on the first of January. */
const dayOfYear = (date: string): number => {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number);
  return Math.round((Date.UTC(year, month - 1, day) - Date.UTC(year, 0, 0)) / 86_400_000);
};

const originNames = {
  scan: 'scan',
  'self-declared': 'selfDeclared',
  'back-entry': 'backEntry',
  import: 'imported',
} as const;

/**
 * What the figures are, from the newest states alone and in the simplest way. Shares no code with the
 * engine.
 */
export const fold = (
  { people, activities, sheets, teams }: Facts,
  above: Areas = areas,
): Figures => {
  const sums = new Map<string, number>();
  const sets = new Map<string, Set<string>>();
  const add = (name: string, value: number): void => {
    if (value !== 0) sums.set(name, (sums.get(name) ?? 0) + value);
  };
  const cells = (month: string, areaId: string, theme: string): readonly string[] =>
    [month, month.slice(0, 4)].flatMap((period) =>
      nodesOf(areaId, above).flatMap((node) => [
        `${period}|${node}|${theme}`,
        `${period}|${node}|*`,
      ]),
    );
  const rootOf = (id: string): string => {
    const into = people.get(id)?.mergedInto;
    return into ? rootOf(into) : id;
  };
  const held = new Set<string>();
  for (const { place, entries, takenBack } of sheets.values())
    for (const cell of cells(place.serviceDate.slice(0, 7), place.areaId, place.theme)) {
      for (const [id, minutes] of takenBack) {
        add(`${cell}|correctedEntries`, 1);
        add(`${cell}|correctedMinutes`, minutes);
        if (entries.get(id)?.status !== 'verified') add(`${cell}|withdrawn`, 1);
      }
      for (const entry of entries.values()) {
        const { status, onDuty, creditedMinutes, origin } = entry;
        if (entry.objection !== null) add(`${cell}|objected`, 1);
        if (status === 'pending') {
          add(`${cell}|waiting`, 1);
          add(`${cell}|pendingMinutes`, creditedMinutes);
          add(`${cell}|waitingSince`, dayOfYear(place.serviceDate));
        }
        if (status !== 'verified') continue;
        held.add(place.activityId);
        if (onDuty) {
          add(`${cell}|onDutyParticipations`, 1);
          continue;
        }
        add(`${cell}|participations`, 1);
        add(`${cell}|creditedMinutes`, creditedMinutes);
        if (entry.tags.includes('party-member')) add(`${cell}|partyMemberParticipations`, 1);
        const persons = sets.get(`${cell}|V`) ?? new Set();
        sets.set(`${cell}|V`, persons.add(rootOf(entry.volunteerId)));
        if (entry.flags.includes('late')) add(`${cell}|late`, 1);
        if (origin !== 'leader-roll') add(`${cell}|${originNames[origin]}`, 1);
      }
    }
  for (const [id, { month, areaId, theme, status, measures, partnerIds }] of activities) {
    if (status === 'cancelled') continue;
    for (const cell of cells(month, areaId, theme)) {
      add(`${cell}|activitiesPublished`, 1);
      if (status !== 'verified') continue;
      if (held.has(id)) add(`${cell}|activitiesHeld`, 1);
      for (const [name, value] of Object.entries(measures)) add(`${cell}|${name}`, value);
      for (const partnerId of partnerIds) {
        const partners = sets.get(`${cell}|P`) ?? new Set();
        sets.set(`${cell}|P`, partners.add(partnerId));
      }
    }
  }
  for (const [name, set] of sets) add(name, set.size);
  const stand = (
    kind: string,
    areaId: string,
    newIn: string | null,
    spells: readonly { readonly from: string; readonly until: string | null }[],
  ): void => {
    if (newIn === null) return;
    add(`running|${areaId}|${kind}.new.${newIn}`, 1);
    for (const { from, until } of spells) {
      add(`running|${areaId}|${kind}.in.${from}`, 1);
      if (until) add(`running|${areaId}|${kind}.out.${until}`, 1);
    }
  };
  for (const { areaId, mergedInto, registeredIn, spells } of people.values())
    if (mergedInto === null) stand('persons', areaId, registeredIn, spells);
  for (const { areaId, formedIn, spells } of teams.values())
    stand('teams', areaId, formedIn, spells);
  return sums;
};

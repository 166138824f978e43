import type { ActivityLeaf, EntryLeaf, Leaf } from '../closed/leaves.ts';
import { activityMeasures } from '../figures/children.ts';
import { runningValue, type Standing } from '../figures/running.ts';
import type { ActivityFact, SheetFact } from '../projector/facts.ts';
import { type Groups, groupsOf } from '../projector/items-of-people.ts';
import type { Folded } from './fold.ts';

/** Everybody whose pseudonym the leaves of a month have. */
export const personsIn = (month: string, { sheets, persons }: Folded): readonly string[] => {
  const groups = groupsOf(persons);
  const entered = sheets.flatMap(({ entries }) => entries.map(([id]) => id));
  return [
    ...new Set([
      ...entered,
      ...entered.flatMap((id) => groups.get(id)?.[0] ?? []),
      ...persons.flatMap(({ id, standing }) => (standsIn(month, standing) ? [id] : [])),
    ]),
  ];
};

const lasting = (standing: Standing, month: string): number =>
  runningValue(standing, 'registeredVolunteers', month) ?? 0;

const standsIn = (month: string, standing: Standing | null): standing is Standing =>
  standing !== null && (standing.newIn === month || lasting(standing, month) > 0);

const entryLeaves = (
  month: string,
  sheet: SheetFact,
  { partyMembers }: Folded,
  groups: Groups,
  hashOf: (id: string) => string,
): readonly EntryLeaf[] => {
  const { areaId, theme, organisationId, teamId, serviceDate } = sheet.place;
  return sheet.entries.map(([id, own]) => {
    const counted = groups.get(id)?.[0] ?? id;
    return {
      kind: 'entry',
      month,
      sheet: sheet.id,
      version: own.version,
      date: serviceDate,
      area: areaId,
      theme,
      organisation: organisationId,
      ...(teamId === null ? {} : { team: teamId }),
      person: hashOf(id),
      ...(counted === id ? {} : { countedWith: hashOf(counted) }),
      status: own.status,
      origin: own.origin,
      attended: own.attendedMinutes,
      credited: own.creditedMinutes,
      onDuty: own.onDuty ? 1 : 0,
      partyMember: partyMembers.has(`${sheet.id}|${id}`) ? 1 : 0,
    };
  });
};

const activityLeaf = (
  month: string,
  { id, version, figures }: ActivityFact,
  held: boolean,
): readonly ActivityLeaf[] => {
  if (!figures.counts || figures.month !== month) return [];
  const {
    activitiesPublished: _,
    activitiesHeld = 0,
    ...measures
  } = activityMeasures(figures, held);
  return [
    {
      kind: 'activity',
      month,
      activity: id,
      version,
      area: figures.areaId,
      theme: figures.theme,
      organisation: figures.organisationId,
      ...(figures.teamId === null ? {} : { team: figures.teamId }),
      held: activitiesHeld > 0 ? 1 : 0,
      partners: figures.verified ? [...figures.partnerIds].sort() : [],
      measures,
    },
  ];
};

/**
 * The leaves of a month: one for each entry, and one for what each activity, registration and team
 * gives.
 * @param hashOf the pseudonyms of `personsIn`
 */
export const monthLeaves = (
  month: string,
  folded: Folded,
  hashOf: (id: string) => string,
): readonly Leaf[] => {
  const { sheets, activities, held, persons, teams } = folded;
  const groups = groupsOf(persons);
  const verified = new Set(held.map(({ activityId }) => activityId));
  return [
    ...sheets.flatMap((sheet) => entryLeaves(month, sheet, folded, groups, hashOf)),
    ...activities.flatMap((activity) => activityLeaf(month, activity, verified.has(activity.id))),
    ...persons.flatMap(({ id, standing }): readonly Leaf[] =>
      standsIn(month, standing)
        ? [
            {
              kind: 'registration',
              month,
              person: hashOf(id),
              area: standing.areaId,
              new: standing.newIn === month ? 1 : 0,
              registered: lasting(standing, month),
            },
          ]
        : [],
    ),
    ...teams.flatMap(({ id, standing }): readonly Leaf[] =>
      standsIn(month, standing)
        ? [
            {
              kind: 'team',
              month,
              team: id,
              area: standing.areaId,
              formed: standing.newIn === month ? 1 : 0,
              standing: lasting(standing, month),
            },
          ]
        : [],
    ),
  ];
};

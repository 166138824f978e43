import type { Activity } from '../../events/activities.ts';
import type { Organisation } from '../../events/organisations.ts';
import type { Team } from '../../events/teams.ts';
import { activityPartition, organisationRows, teamRows } from '../views/keys.ts';
import { rowsAt } from '../views/views.ts';
import { activityOfSheet, dateOfSheet, type Key, keyName } from './layout.ts';
import type { LineKind } from './metrics.ts';

/** What a figure or a task is made of. */
export interface Source {
  readonly kind: LineKind;
  readonly id: string;
  readonly organisationId: string | null;
}

/** What people call a source. Null is what is not known here, and the name of a person always. */
export interface SourceName {
  readonly title: string | null;
  /** First and last day, as local dates. */
  readonly days: readonly [from: string, until: string] | null;
  /** The name of the organisation. */
  readonly unit: string | null;
  /** The page for staff on which it is seen. */
  readonly href: string | null;
}

const activityOf = ({ kind, id }: Source): string | undefined => {
  if (kind === 'sheet') return activityOfSheet(id);
  return kind === 'activity' ? id : undefined;
};

const activityKey = (id: string): Key => ({ pk: activityPartition(id), sk: 'activity' });
const organisationKey = (id: string): Key => ({ pk: organisationRows, sk: id });
const teamKey = (id: string): Key => ({ pk: teamRows, sk: id });

const keysOf = (source: Source): readonly Key[] => {
  const { kind, id, organisationId } = source;
  const activityId = activityOf(source);
  return [
    ...(activityId === undefined ? [] : [activityKey(activityId)]),
    ...(organisationId === null ? [] : [organisationKey(organisationId)]),
    ...(kind === 'partner' ? [organisationKey(id)] : []),
    ...(kind === 'team' ? [teamKey(id)] : []),
  ];
};

/** The page of an activity, or of one of its sheets. */
const pageOf = ({ kind, id }: Source, activityId: string): string =>
  `/pages/activities/${activityId}${kind === 'sheet' ? `?sheet=${encodeURIComponent(id)}` : ''}`;

/**
 * The names of sources as the Views say: activities, organisations and teams, whose names every member of staff may
 * read. One read for a hundred different ones. An id that is a pseudonym leads to no name.
 */
export const readSourceNames = async (
  sources: readonly Source[],
): Promise<(source: Source) => SourceName> => {
  const rows = await rowsAt(sources.flatMap(keysOf));
  const rowAt = (key: Key): unknown => rows.get(keyName(key));
  const unitAt = (id: string): string | null =>
    (rowAt(organisationKey(id)) as Organisation | undefined)?.name ?? null;
  return (source) => {
    const { kind, id, organisationId } = source;
    const activityId = activityOf(source);
    const unit = organisationId === null ? null : unitAt(organisationId);
    if (activityId !== undefined) {
      const activity = rowAt(activityKey(activityId)) as Activity | undefined;
      const day = dateOfSheet(id);
      const ofActivity = activity ? ([activity.startsOn, activity.endsOn] as const) : null;
      return {
        title: activity?.title ?? null,
        days: kind === 'sheet' ? [day, day] : ofActivity,
        unit,
        href: pageOf(source, activityId),
      };
    }
    const team = kind === 'team' ? (rowAt(teamKey(id)) as Team | undefined) : undefined;
    const title = kind === 'partner' ? unitAt(id) : (team?.name ?? null);
    return { title, days: null, unit, href: null };
  };
};

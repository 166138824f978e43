import type { Place } from '../../events/participation.ts';
import type { Sums } from '../../events/sheet-sums.ts';
import { placeName } from '../figures/activity-item.ts';
import { keptEntry } from '../figures/children.ts';
import { later } from '../figures/documents.ts';
import { standingOfPerson, standingOfTeam } from '../figures/identity.ts';
import type { KeptEntry } from '../figures/person-year.ts';
import { type Given, givenOf, type Projected } from '../figures/projected.ts';
import { byPlace, rowItem } from '../figures/rows.ts';
import type { Standing } from '../figures/running.ts';
import type { ActivityFigures } from '../views/projection.ts';

/** An entry as its person's year keeps it, without what the sheet's place says for all of them. */
export type OwnEntry = Omit<
  KeptEntry,
  'areaId' | 'areasAbove' | 'theme' | 'organisationId' | 'teamId'
>;

/** A sheet, folded from its events. */
export interface SheetFact {
  readonly of: 'sheet';
  readonly id: string;
  readonly version: number;
  readonly asOf: string;
  readonly place: Place;
  readonly sums: Sums;
  readonly entries: readonly (readonly [volunteerId: string, entry: OwnEntry])[];
}

/** An activity, with every place and every partner that it ever had. */
export interface ActivityFact {
  readonly of: 'activity';
  readonly id: string;
  readonly version: number;
  readonly asOf: string;
  readonly figures: ActivityFigures;
  readonly places: readonly string[];
  readonly partnerIds: readonly string[];
}

export interface PersonFact {
  readonly of: 'person';
  readonly id: string;
  readonly version: number;
  readonly mergedInto: string | null;
  readonly standing: Standing | null;
}

export interface TeamFact {
  readonly of: 'team';
  readonly id: string;
  readonly version: number;
  readonly standing: Standing;
}

/** What the events of one aggregate come to. */
export type Fact = SheetFact | ActivityFact | PersonFact | TeamFact;

/** All events of one aggregate that show anything in the Views, oldest first. */
export type Stream = readonly [Projected, ...Projected[]];

/** The newest event of a stream. */
export const newestOf = (stream: Stream): Projected => stream.at(-1) ?? stream[0];

const foldSheet = (given: readonly Given<'sheet'>[], newest: Given<'sheet'>): SheetFact => {
  const { id, version } = newest.event.aggregate;
  const entries = new Map<string, OwnEntry>();
  for (const { event, figures } of given)
    for (const entry of figures.entries) {
      const { areaId, areasAbove, theme, organisationId, teamId, ...own } = keptEntry(
        event.aggregate.version,
        figures.place,
        entry,
      );
      entries.set(entry.volunteerId, own);
    }
  const { place, sums } = newest.figures;
  const asOf = newest.event.recordedAt;
  return { of: 'sheet', id, version, asOf, place, sums, entries: [...entries] };
};

const foldActivity = (
  given: readonly Given<'activity'>[],
  newest: Given<'activity'>,
): ActivityFact => ({
  of: 'activity',
  id: newest.event.aggregate.id,
  version: newest.event.aggregate.version,
  asOf: given.map(({ event }) => event.recordedAt).reduce(later, ''),
  figures: newest.figures,
  places: [...new Set(given.map(({ figures }) => placeName(figures.month, figures.areaId)))],
  partnerIds: [...new Set(given.flatMap(({ figures }) => figures.partnerIds))],
});

/** What the figures keep of a stream; undefined when they keep nothing of it. */
export const factOf = (stream: Stream): Fact | undefined => {
  const { event, projection } = newestOf(stream);
  const { id, version } = event.aggregate;
  const { figures } = projection;
  switch (figures?.of) {
    case 'sheet': {
      const given = givenOf(stream, 'sheet');
      return foldSheet(given, given.at(-1) as Given<'sheet'>);
    }
    case 'activity': {
      const given = givenOf(stream, 'activity');
      return foldActivity(given, given.at(-1) as Given<'activity'>);
    }
    case 'person':
      return {
        of: 'person',
        id,
        version,
        mergedInto: figures.mergedInto,
        standing: standingOfPerson(figures),
      };
    case 'team':
      return { of: 'team', id, version, standing: standingOfTeam(figures) };
    default:
      return undefined;
  }
};

/**
 * The rows of a stream as they are stored: one, but of a stream whose events have places of their own.
 * @param orderKey of `readLineOrder`
 */
export const rowsOf = (
  stream: Stream,
  orderKey: Uint8Array,
): readonly ReturnType<typeof rowItem>[] =>
  byPlace(stream).flatMap(([{ event, projection }]) =>
    projection.row ? [rowItem(event, projection.row, orderKey)] : [],
  );

/** A sheet's entry, whole. */
export const wholeEntry = ({ place }: SheetFact, own: OwnEntry): KeptEntry => {
  const { areaId, areasAbove, theme, organisationId, teamId } = place;
  return { ...own, areaId, areasAbove, theme, organisationId, teamId };
};

import type { DomainEvent } from '../../events/catalogue.ts';
import type { ActivityLeaf, ChangeLeaf, PresenceLeaf } from '../closed/leaves.ts';
import { leafOf } from '../closed/leaves.ts';
import { changesOf } from '../closed/lines.ts';
import { readHead, readLeaves, readVersions } from '../closed/store.ts';
import { metricsOf } from '../figures/metrics.ts';
import { isPresent } from '../figures/person-year.ts';
import { newestOf, type Stream, wholeEntry } from '../projector/facts.ts';
import { groupsOf } from '../projector/items-of-people.ts';
import { inParallel } from '../runtime/batches.ts';
import { monthOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { type Contribution, differenceOf, stepOf, upTo } from './contributions.ts';
import { type Folded, nameOf } from './fold.ts';

/** Where each person took part, all records of one together, and where each partner did. */
export const presenceLeaves = (
  year: string,
  { sheets, activities, persons }: Folded,
  hashOf: (id: string) => string,
): readonly PresenceLeaf[] => {
  const groups = groupsOf(persons);
  const places = {
    person: new Map<string, Set<string>>(),
    partner: new Map<string, Set<string>>(),
  };
  const add = (kind: 'person' | 'partner', id: string, place: readonly string[]): void => {
    const own = places[kind].get(id) ?? new Set();
    places[kind].set(id, own.add(place.join('|')));
  };
  for (const sheet of sheets)
    for (const [id, own] of sheet.entries)
      if (isPresent(wholeEntry(sheet, own))) {
        const { serviceDate, areaId, theme } = sheet.place;
        add('person', groups.get(id)?.[0] ?? id, [monthOf(serviceDate), areaId, theme]);
      }
  for (const { figures } of activities)
    if (figures.counts && figures.verified && figures.month.startsWith(year))
      for (const id of figures.partnerIds)
        add('partner', id, [figures.month, figures.areaId, figures.theme]);
  return (['person', 'partner'] as const).flatMap((kind) =>
    [...places[kind]].map(([id, own]) => ({
      kind,
      id: kind === 'person' ? hashOf(id) : id,
      places: [...own].sort(),
    })),
  );
};

/** A month of the year, and what it was closed with. */
interface ClosedMonth {
  readonly month: string;
  readonly run: string;
  readonly versions: ReadonlyMap<string, number>;
  /** Where each activity counted as held. */
  readonly held: ReadonlyMap<string, Contribution>;
}

/** Pages of leaves that are read at the same time. */
const lanes = 8;

/** Where each activity counted as held when the month was closed. */
const heldAtClose = async (run: string): Promise<ReadonlyMap<string, Contribution>> => {
  const { pages } = await readHead(run);
  const texts = await inParallel(lanes, [...pages.keys()], (page) => readLeaves(run, page));
  const held = texts
    .flat()
    .filter((text) => text.includes('"kind":"activity"'))
    .map((text) => leafOf(text) as ActivityLeaf)
    .filter((leaf) => leaf.held === 1);
  return new Map(
    held.map(({ activity, area, theme }) => [
      activity,
      { areaId: area, theme, measures: { activitiesHeld: 1 } },
    ]),
  );
};

const leafFor = (
  month: string,
  id: string,
  contributions: readonly Contribution[],
): readonly ChangeLeaf[] => {
  // What is no figure, such as the number of waiting entries, is no change.
  const metrics = metricsOf(settings().outputs);
  const changes = contributions
    .filter(({ areaId, theme, measures }) => changesOf(measures, metrics, areaId, theme).length > 0)
    .map(({ areaId, theme, measures }) => ({ area: areaId, theme: theme ?? '', measures }));
  return changes.length === 0 ? [] : [{ kind: 'change', month, id, changes }];
};

/** What a month's restatements say last of an activity: where it counts as held, empty when it does not. */
interface RestatedHeld {
  readonly name: string;
  readonly version: number;
  readonly place: string;
}

/** An activity that has to be looked at again. */
interface UnsettledHeld {
  readonly month: string;
  readonly run: string;
  readonly activityId: string;
}

const placeOf = (
  of: { readonly areaId: string; readonly theme: string | null } | undefined,
): string => (of ? `${of.areaId}|${of.theme}` : '');

/**
 * Collects what changed in the closed months of a year since, while the Ledger is read: what each newer
 * event adds, and at the end in which activities held.
 */
export const collectChanges = async (
  months: readonly { readonly month: string; readonly run: string }[],
) => {
  const closed: readonly ClosedMonth[] = await Promise.all(
    months.map(async (each) => {
      const [versions, held] = await Promise.all([readVersions(each.run), heldAtClose(each.run)]);
      return { ...each, versions, held };
    }),
  );
  const leaves: ChangeLeaf[] = [];
  const restated = new Map(months.map(({ month }) => [month, new Map<string, RestatedHeld>()]));
  const metrics = metricsOf(settings().outputs);
  const takeRestated = ({ aggregate, data }: DomainEvent<'PeriodRestated'>): void => {
    const { held, closedPeriod } = data.restatement;
    if (held)
      restated.get(closedPeriod)?.set(held.activityId, {
        ...{ name: nameOf(aggregate), version: aggregate.version },
        place: held.counts ? placeOf(held) : '',
      });
  };
  /** Where each activity of a month counts as held now. */
  const heldNow = (
    month: string,
    { activities, held }: Folded,
  ): ReadonlyMap<string, Contribution> => {
    const anybody = new Set(held.map(({ activityId }) => activityId));
    return new Map(
      activities
        .filter(
          ({ id, figures }) =>
            figures.counts && figures.verified && figures.month === month && anybody.has(id),
        )
        .map(({ id, figures: { areaId, theme } }): [string, Contribution] => [
          id,
          { areaId, theme, measures: { activitiesHeld: 1 } },
        ]),
    );
  };
  return {
    take: (stream: Stream): void => {
      const { event } = newestOf(stream);
      const { aggregate } = event;
      const name = nameOf(aggregate);
      if (event.type === 'PeriodRestated') takeRestated(event);
      for (const { month, versions } of closed) {
        const read = versions.get(name) ?? 0;
        if (aggregate.version <= read) continue;
        for (const { event } of stream) {
          const until = event.aggregate.version > read && upTo(stream, event.aggregate.version);
          if (until)
            leaves.push(
              ...leafFor(
                month,
                `${name}#${event.aggregate.version}`,
                stepOf(until, month, metrics).contributions,
              ),
            );
        }
      }
    },
    all: (folded: Folded): readonly ChangeLeaf[] => {
      const flips = closed.flatMap(({ month, held }) => {
        const now = heldNow(month, folded);
        return [...new Set([...held.keys(), ...now.keys()])].flatMap((id) => {
          const [was, is] = [held.get(id), now.get(id)];
          return leafFor(month, `held#${id}`, differenceOf(was ? [was] : [], is ? [is] : []));
        });
      });
      return [...leaves, ...flips];
    },
    /**
     * The activities of which the year would say something else about having been held than the months'
     * restatements do: of these some are not made yet, or were made while the Ledger was read.
     */
    unsettled: (folded: Folded): readonly UnsettledHeld[] =>
      closed.flatMap(({ month, run, held }) => {
        const now = heldNow(month, folded);
        const said = restated.get(month) ?? new Map<string, RestatedHeld>();
        return [...new Set([...held.keys(), ...now.keys(), ...said.keys()])].flatMap(
          (activityId) =>
            (said.get(activityId)?.place ?? placeOf(held.get(activityId))) ===
            placeOf(now.get(activityId))
              ? []
              : [{ month, run, activityId }],
        );
      }),
    /** The version of each stream that restated whether an activity was held. */
    restatedHeld: (): ReadonlyMap<string, number> =>
      new Map(
        [...restated.values()].flatMap((said) =>
          [...said.values()].map(({ name, version }) => [name, version] as const),
        ),
      ),
  };
};

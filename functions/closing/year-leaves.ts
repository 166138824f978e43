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
}

/** Pages of leaves that are read at the same time. */
const lanes = 8;

/** Where each activity counted as held when the month was closed. */
const heldAtClose = async ({ run }: ClosedMonth): Promise<ReadonlyMap<string, Contribution>> => {
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

/**
 * Collects what changed in the closed months of a year since, while the Ledger is read: what each newer
 * event adds, and at the end in which activities held.
 */
export const collectChanges = async (
  months: readonly { readonly month: string; readonly run: string }[],
) => {
  const closed: readonly ClosedMonth[] = await Promise.all(
    months.map(async (each) => ({ ...each, versions: await readVersions(each.run) })),
  );
  const leaves: ChangeLeaf[] = [];
  const metrics = metricsOf(settings().outputs);
  return {
    take: (stream: Stream): void => {
      const { aggregate } = newestOf(stream).event;
      const name = nameOf(aggregate);
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
    all: async ({ activities, held }: Folded): Promise<readonly ChangeLeaf[]> => {
      const anybody = new Set(held.map(({ activityId }) => activityId));
      const flips = await Promise.all(
        closed.map(async (each) => {
          const { month } = each;
          const before = await heldAtClose(each);
          const after = new Map(
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
          return [...new Set([...before.keys(), ...after.keys()])].flatMap((id) => {
            const [was, is] = [before.get(id), after.get(id)];
            return leafFor(month, `held#${id}`, differenceOf(was ? [was] : [], is ? [is] : []));
          });
        }),
      );
      return [...leaves, ...flips.flat()];
    },
  };
};

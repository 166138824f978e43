import { catalogue, type DomainEvent } from '../../events/catalogue.ts';
import { sumsIn } from '../../events/participation.ts';
import type { ChangedFigure, Restatement } from '../../events/periods.ts';
import { findLeaf } from '../closed/find-leaf.ts';
import { type ActivityLeaf, leafOf } from '../closed/leaves.ts';
import { anybodyOn } from '../figures/children.ts';
import { newestEntry } from '../ledger/ledger.ts';
import { projectEvent } from '../projector/project-event.ts';
import { inParallel } from '../runtime/batches.ts';
import { claimsOf, sheetIdOf } from '../sheets/claims.ts';
import type { ActivityFigures } from '../views/projection.ts';
import { appendRestatement, restatementBy } from './append-restatement.ts';

type Held = NonNullable<Restatement['held']>;

/** Streams that are read at the same time. */
const lanes = 16;

/** Whether anybody's time is verified on the sheet that an event left. */
export const anybodyAfter = (event: DomainEvent | undefined): boolean =>
  event !== undefined &&
  catalogue[event.type].aggregate === 'sheet' &&
  'sums' in event.data &&
  anybodyOn({ measures: sumsIn(event.data) });

/** The newest event of each sheet of the activity. */
const sheetEvents = async (activityId: string): Promise<readonly DomainEvent[]> => {
  const found = await inParallel(lanes, await claimsOf(activityId), (claim) =>
    newestEntry({ type: 'sheet', id: sheetIdOf(activityId, claim) }),
  );
  return found.flatMap((entry) => entry?.event ?? []);
};

const newestOfActivity = async (activityId: string): Promise<DomainEvent | undefined> =>
  (await newestEntry({ type: 'activity', id: activityId }))?.event;

export const activityFigures = (event: DomainEvent): ActivityFigures | undefined => {
  const figures = projectEvent(event)?.projection.figures;
  return figures?.of === 'activity' ? figures : undefined;
};

/** The newest event of an activity, and of each of its sheets. */
const eventsAround = async (activityId: string): Promise<readonly DomainEvent[]> => {
  const activity = await newestOfActivity(activityId);
  return activity ? [activity, ...(await sheetEvents(activityId))] : [];
};

const newestAmong = (events: readonly DomainEvent[]): DomainEvent | undefined =>
  [...events].sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1)).at(-1);

/** The newest event of an activity and its sheets. */
export const lastEventAround = async (activityId: string): Promise<DomainEvent | undefined> =>
  newestAmong(await eventsAround(activityId));

/** Whether an activity counts as held in a month, and where; undefined when it does not. */
const heldAfter = ([activity, ...sheets]: readonly DomainEvent[], month: string) => {
  const figures = activity && activityFigures(activity);
  if (!figures?.counts || !figures.verified || figures.month !== month) return undefined;
  const { areaId, theme } = figures;
  return sheets.some(anybodyAfter)
    ? { activityId: activity?.aggregate.id ?? '', areaId, theme, counts: true }
    : undefined;
};

/** What the month was closed with. */
const heldAtClose = async (run: string, activityId: string): Promise<Held | undefined> => {
  const text = (await findLeaf(run, `activity|${activityId}`))?.text;
  const leaf = text === undefined ? undefined : (leafOf(text) as ActivityLeaf);
  return leaf?.held
    ? { activityId, areaId: leaf.area, theme: leaf.theme, counts: true }
    : undefined;
};

const lineOf = ({ areaId, theme }: Held, delta: number): ChangedFigure => ({
  ...{ metric: 'activitiesHeld', areaId, theme, delta },
});

/** What leads from where an activity counted as held to where it does now; undefined when nothing does. */
const changeOf = (
  was: Held | undefined,
  is: Held | undefined,
): Pick<Restatement, 'changes' | 'held'> | undefined => {
  const isThere = was?.areaId === is?.areaId && was?.theme === is?.theme;
  const held = is ?? (was && { ...was, counts: false });
  if (isThere || !held) return undefined;
  return {
    held,
    changes: [...(was ? [lineOf(was, -1)] : []), ...(is ? [lineOf(is, 1)] : [])],
  };
};

/** So often is looked again when something newer has happened meanwhile. */
const attempts = 5;

const isSame = (a: DomainEvent, b: DomainEvent): boolean =>
  a.aggregate.type === b.aggregate.type &&
  a.aggregate.id === b.aggregate.id &&
  a.aggregate.version === b.aggregate.version;

/**
 * Restates whether an activity was held in a closed month. That follows from the activity and from all its
 * sheets, so no single event says it: one stream for each month and activity says what it was last,
 * and whoever appends has read the activity after that. So the last one to look has seen all.
 *
 * The cause that is told is the newest event of them all. It need not be the one after which it is looked
 * at, which may be late: it would be told as the cause of what another has changed.
 * @param after the event after which it is looked at
 * @throws Error when something newer happens at each of five looks
 */
export const restateHeld = async (
  month: string,
  run: string,
  activityId: string,
  after: DomainEvent,
): Promise<void> => {
  let cause = after;
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const others: DomainEvent[] = [];
    await appendRestatement(['held', month, activityId], cause, async (last) => {
      const known = last
        ? last.held?.counts
          ? last.held
          : undefined
        : await heldAtClose(run, activityId);
      const around = await eventsAround(activityId);
      const change = changeOf(known, heldAfter(around, month));
      const newest = newestAmong(around);
      if (!change || !newest) return undefined;
      if (isSame(newest, cause)) return restatementBy(cause, month, change.changes, change.held);
      others.push(newest);
      return undefined;
    });
    const newer = others.at(-1);
    if (!newer) return;
    cause = newer;
  }
  throw new Error('an activity changes faster than it is looked at');
};

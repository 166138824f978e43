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

/** The newest event of an activity and its sheets. */
export const lastEventAround = async (activityId: string): Promise<DomainEvent | undefined> => {
  const activity = await newestOfActivity(activityId);
  const all = [...(activity ? [activity] : []), ...(await sheetEvents(activityId))];
  return all.sort((a, b) => (a.recordedAt < b.recordedAt ? -1 : 1)).at(-1);
};

export const activityFigures = (event: DomainEvent): ActivityFigures | undefined => {
  const figures = projectEvent(event)?.projection.figures;
  return figures?.of === 'activity' ? figures : undefined;
};

/** Whether an activity counts as held in a month, and where; undefined when it does not. */
const heldNow = async (activityId: string, month: string): Promise<Held | undefined> => {
  const event = await newestOfActivity(activityId);
  const figures = event && activityFigures(event);
  if (!figures?.counts || !figures.verified || figures.month !== month) return undefined;
  const { areaId, theme } = figures;
  return (await sheetEvents(activityId)).some(anybodyAfter)
    ? { activityId, areaId, theme, counts: true }
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
  const isSame = was?.areaId === is?.areaId && was?.theme === is?.theme;
  const held = is ?? (was && { ...was, counts: false });
  if (isSame || !held) return undefined;
  return {
    held,
    changes: [...(was ? [lineOf(was, -1)] : []), ...(is ? [lineOf(is, 1)] : [])],
  };
};

/**
 * Restates whether an activity was held in a closed month. That follows from the activity and from all its
 * sheets, so no single event says it: one stream for each month and activity says what it was last,
 * and whoever appends has read the activity after that. So the last one to look has seen all.
 * @param cause the event after which it is looked at
 */
export const restateHeld = async (
  month: string,
  run: string,
  activityId: string,
  cause: DomainEvent,
): Promise<void> => {
  await appendRestatement(['held', month, activityId], cause, async (last) => {
    const known = last
      ? last.held?.counts
        ? last.held
        : undefined
      : await heldAtClose(run, activityId);
    const change = changeOf(known, await heldNow(activityId, month));
    return change && restatementBy(cause, month, change.changes, change.held);
  });
};

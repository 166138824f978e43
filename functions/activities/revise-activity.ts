import { isDeepStrictEqual } from 'node:util';
import type { Activity } from '../../events/activities.ts';
import { claimFor } from '../access/theme-claims.ts';
import type { UseCase } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import { yearOf } from '../runtime/calendar.ts';
import type { Claim } from '../sheets/claims.ts';
import { close, isInUse } from '../sheets/sheet.ts';
import { onEachSheet, sheetsOf } from '../sheets/sheets-of-activity.ts';
import type { activities } from './contract.ts';
import { changesTheme, type Plan, revise } from './decider.ts';
import { mayPlace, placedIn } from './place-activity.ts';
import { planReferences } from './plan-references.ts';
import { mayRunThis, runWithSheets } from './run-activity.ts';

/** What a sheet has from its activity for good. */
const fixed = ['startsOn', 'theme', 'areaId'] as const;

/** What is changed of an activity that its sheets depend on: the field, and which sheets. */
const changeForSheets = (before: Activity, after: Activity) => {
  const moved = fixed.find((field) => after[field] !== before[field]);
  if (moved) return { field: moved, concerns: () => true };
  if (after.endsOn < before.endsOn)
    return { field: 'endsOn', concerns: ({ date }: Claim) => date > after.endsOn };
  return undefined;
};

/** The reason in the event of a sheet on which nothing counts, and on which nobody is entered any more. */
const leftBehind = '活动已变更，本签到表停用';

export const reviseActivity: UseCase<typeof activities.reviseActivity> = (request) => {
  // A merge patch: fields that were not sent are absent.
  const changes = request.body as Partial<Plan>;
  const { areaId } = changes;
  const decide = async (activity: Activity) => {
    const placed = { ...activity, ...changes };
    const campaign = await planReferences(changes, placed);
    const { areasAbove } = await placedIn(placed);
    const fact = revise(activity, { ...changes, areasAbove }, campaign?.state);
    const revised = fact.data.activity;
    if (isDeepStrictEqual(revised, activity)) return { fact: null };
    const change = changeForSheets(activity, revised);
    const claim = changesTheme(activity, revised)
      ? await claimFor(yearOf(revised.startsOn), revised.theme, campaign?.version ?? 0)
      : [];
    if (!change) return { fact };
    // Hours would count elsewhere than their activity.
    const { id } = request.params;
    const found = await sheetsOf(id, change.concerns);
    if (found.sheets.some(({ state }) => isInUse(state)))
      throw new Rejection('sheets-stand', {}, `#/${change.field}`);
    const { appends, writes } = onEachSheet(id, found, (sheet) => close(sheet, leftBehind));
    return { fact, withSheets: { appends, writes: [...writes, ...claim] } };
  };
  return runWithSheets(request, decide, async (activity) => {
    const role = await mayRunThis(request.actor, activity);
    // Moving to another area requires that the actor may hold the activity there.
    return role && areaId !== undefined && areaId !== activity.areaId
      ? mayPlace(request.actor, activity.organisationId, areaId)
      : role;
  });
};

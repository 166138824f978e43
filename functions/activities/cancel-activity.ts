import type { UseCase } from '../http/serve.ts';
import { close } from '../sheets/sheet.ts';
import { onEachSheet, sheetsOf } from '../sheets/sheets-of-activity.ts';
import type { activities } from './contract.ts';
import { cancel } from './decider.ts';
import { runWithSheets } from './run-activity.ts';

/**
 * Cancels an activity, and in the same transaction strikes out all that counts on its sheets: an
 * activity that did not take place has no hours. Whoever may cancel it may also void its entries one by
 * one. Each sheet gets an event, so a command on it at the same moment is decided anew and refused.
 */
export const cancelActivity: UseCase<typeof activities.cancelActivity> = (request) => {
  const { reason } = request.body;
  return runWithSheets(request, async (activity) => {
    const fact = cancel(activity, reason);
    const { id } = request.params;
    const withSheets = onEachSheet(id, await sheetsOf(id), (sheet) => close(sheet, reason));
    return { fact, withSheets };
  });
};

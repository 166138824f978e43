import type { UseCase } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import type { campaigns } from './contract.ts';
import { mayRun } from './policy.ts';

/** Reads a plan and answers what was read. Stores nothing, and logs nothing of the text. */
export const readPlan: UseCase<typeof campaigns.readPlan> = async ({ actor, body, locale }) => {
  if (!mayRun(actor)) throw new Rejection('forbidden');
  const { proposeCampaign, readDraft, readPlanFile, withoutPersonal } = await import(
    './plan-import.ts'
  );
  const { text, isKnown } = readPlanFile(body, locale);
  const draft = await readDraft(text);
  return {
    body: { draft, ...proposeCampaign(draft), text: isKnown ? null : withoutPersonal(text) },
  };
};

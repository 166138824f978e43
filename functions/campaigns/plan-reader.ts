import { checkDraft } from './plan-text/check-draft.ts';
import type { Draft } from './plan-text/draft.ts';
import { readPlanText } from './plan-text/read-plan-text.ts';

/**
 * Reads the text of a plan into a draft. A language model may be one; none comes with leifeng, and none
 * is called unless somebody writes one and gives it to `readDraft`.
 */
export interface PlanReader {
  readonly read: (text: string) => Draft | Promise<Draft>;
}

/** The rules, which are the only reader by default. */
const byRules: PlanReader = { read: readPlanText };

/**
 * The draft of a reader, if each of its fields stands in the text and none names a person; else that of
 * the rules.
 */
export const readDraft = async (text: string, reader: PlanReader = byRules): Promise<Draft> => {
  const given = await reader.read(text);
  return checkDraft(text, given).length === 0 ? given : byRules.read(text);
};

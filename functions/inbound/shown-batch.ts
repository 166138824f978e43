import type * as z from 'zod';
import type { InboundBatch } from '../../events/inbound.ts';
import { confirmationCode } from '../people/register-person.ts';
import { type Problem, problemBody, problemOf } from '../refusals/problem.ts';
import type { Locale } from '../refusals/problem-types.ts';
import type { Result } from './apply-item.ts';
import type { Checked } from './check-item.ts';
import type { inbound } from './contract.ts';

type Shown = z.input<typeof inbound.readInboundBatch.answer>;

const problemIn = (problem: Problem, locale: Locale): Shown['results'][number]['problem'] => {
  const { type, title, status, detail, errors = [] } = problemBody(problem, locale, '');
  // The event's hours are one line of the command.
  const inEvent = (pointer = '#') => pointer.replace('#/entries/0', '#');
  return {
    ...{ type, title, status, detail },
    errors: errors.map(({ pointer, code, detail: what }) => ({
      ...{ pointer: inEvent(pointer), code, detail: what },
    })),
  };
};

const shownResult = async (
  result: Result,
  checked: Checked | undefined,
  locale: Locale,
): Promise<Omit<Shown['results'][number], 'index'>> => {
  const nothing = { volunteerId: null, sheetId: null, confirmationCode: null };
  if ('code' in result) {
    // Which fields are at fault is said of the event itself, which is kept nowhere.
    const isSame = checked && 'refusal' in checked && checked.refusal.code === result.code;
    const problem = isSame ? checked.refusal : problemOf([result], locale);
    return { ...nothing, outcome: 'refused', problem: problemIn(problem, locale) };
  }
  const { volunteerId, sheetId, registered } = result;
  const code = registered ? await confirmationCode(volunteerId) : null;
  return { volunteerId, sheetId, confirmationCode: code, outcome: 'applied', problem: null };
};

/**
 * A batch as answers show it.
 * @param checked its events, when the request has them
 */
export const shownBatch = async (
  id: string,
  { state, more }: { readonly state: InboundBatch; readonly more: unknown },
  { locale, checked = [] }: { readonly locale: Locale; readonly checked?: readonly Checked[] },
): Promise<Shown> => {
  const { partnerId: _, ...counts } = state;
  const results = await Promise.all(
    (more as readonly Result[]).map(async (result, index) => ({
      index,
      ...(await shownResult(result, checked[index], locale)),
    })),
  );
  return { id, ...counts, results };
};

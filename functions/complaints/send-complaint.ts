import type { UseCase } from '../http/serve.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { blindHash } from '../people/keys.ts';
import { Problem } from '../refusals/problem.ts';
import { localDateOf, localYearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { lastDayWithin } from '../sheets/working-days.ts';
import { spend } from './budget.ts';
import type { complaints } from './contract.ts';
import { receive } from './decider.ts';
import { newNumber } from './number.ts';
import { writtenPut } from './sealed.ts';
import { formLife, secretOf, shownAt } from './secrets.ts';

/** Who complains is nobody that the district knows. */
const anybody = (at: number): Actor => ({
  id: 'leifeng:complaints',
  roles: ['requester'],
  organisationId: null,
  areaIds: [],
  volunteerId: '',
  year: localYearOf(at, settings().timezone),
});

/**
 * Refuses a form that no page of this district showed, or that was sent faster than anybody types, or a day later.
 * @throws Problem `malformed-form`, `form-too-fast`, `form-expired`
 */
const checkTicket = async (ticket: string, at: number): Promise<number> => {
  const shown = await shownAt(ticket);
  if (shown === undefined) throw new Problem('malformed-form');
  if (at - shown < formLife.least) throw new Problem('form-too-fast');
  if (at - shown > formLife.most) throw new Problem('form-expired');
  return shown;
};

/**
 * Takes a complaint or suggestion. What was written is sealed in the transaction of the event. The same form again gets
 * the same number, and costs nothing of the day's budget.
 */
export const sendComplaint: UseCase<typeof complaints.sendComplaint> = async (request) => {
  const { at, body, source } = request;
  const { timezone, complaints } = settings();
  const shown = await checkTicket(body.ticket, at);
  const random = Buffer.from(await blindHash('complaint-number', body.ticket), 'base64url');
  // The day on which the form was shown, so that a repetition after midnight finds the same number.
  const number = newNumber(localDateOf(shown, timezone), random);
  if (body.areaId !== undefined)
    await aggregate('area').referenceEventually(body.areaId, '#/areaId');
  if (!(await aggregate('complaint').find(number))) await spend(source, at);
  const today = localDateOf(at, timezone);
  const { state } = await aggregate('complaint').create(number, {
    request: { ...request, actor: anybody(at) },
    authorise: () => 'requester',
    prepare: async () =>
      receive(body.areaId ?? null, today, lastDayWithin(complaints.workingDays, today)),
    alsoWrite: async () => [
      await writtenPut(
        number,
        { text: body.text, contact: body.contact ?? null, page: body.page ?? null },
        at,
      ),
    ],
  });
  return {
    body: {
      number,
      secret: await secretOf(number),
      dueOn: state.dueOn,
      keptDays: complaints.keptDays,
    },
  };
};

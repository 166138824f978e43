import type { Complaint } from '../../events/complaints.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate, type Execution } from '../ledger/aggregate.ts';
import { logReading } from '../people/personal-access.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { complaintRows } from '../views/keys.ts';
import { listRows, rowEquals } from '../views/views.ts';
import type { complaints } from './contract.ts';
import { answer, close, isOverdue, take } from './decider.ts';
import { readNumber } from './number.ts';
import { mayCount, mayHandle } from './policy.ts';
import { endSooner, readWritten, writtenKey } from './sealed.ts';
import { isSecretOf } from './secrets.ts';

const todayOf = (at: number): string => localDateOf(at, settings().timezone);

type Command = Execution<'complaint'>['request'] & { readonly params: { readonly number: string } };

const handle = async (
  request: Command,
  decide: (complaint: Complaint, today: string) => ReturnType<Execution<'complaint'>['decide']>,
  alsoWrite?: Execution<'complaint'>['alsoWrite'],
) => {
  const { number } = request.params;
  const today = todayOf(request.at);
  const { state, version } = await aggregate('complaint').execute(number, {
    request,
    authorise: () => mayHandle(request.actor),
    authoriseAbsent: () => mayHandle(request.actor),
    decide: (complaint) => decide(complaint, today),
    ...(alsoWrite ? { alsoWrite } : {}),
  });
  return { body: { number, ...state, isOverdue: isOverdue(state, today), version }, version };
};

export const takeComplaint: UseCase<typeof complaints.takeComplaint> = (request) =>
  handle(request, (complaint, today) => take(complaint, request.actor.id, today));

export const answerComplaint: UseCase<typeof complaints.answerComplaint> = (request) =>
  handle(request, (complaint, today) => answer(complaint, request.body.text, today));

/** Closes a complaint. From then on what was written is kept for a short time only. */
export const closeComplaint: UseCase<typeof complaints.closeComplaint> = (request) =>
  handle(request, close, () => endSooner(request.params.number, request.at));

export const listComplaints: UseCase<typeof complaints.listComplaints> = async ({
  actor,
  at,
  query: { limit, cursor, ...equal },
}) => {
  if (!mayHandle(actor)) throw new Rejection('forbidden');
  const { items, next } = await listRows<Complaint>({
    index: 'items',
    partition: complaintRows,
    where: rowEquals(equal),
    descending: true,
    limit,
    cursor,
  });
  const today = todayOf(at);
  return {
    body: {
      items: items.map((row) => ({ ...row, number: row.id, isOverdue: isOverdue(row, today) })),
      next,
    },
  };
};

/** What somebody complained of. Each reading needs a reason and is logged. */
export const readComplaint: UseCase<typeof complaints.readComplaint> = async ({
  actor,
  at,
  params: { number },
  query: { reason },
}) => {
  const role = mayHandle(actor);
  if (!role) throw new Rejection('forbidden');
  if (!reason) throw new Rejection('reason-required');
  const { state, version } = await aggregate('complaint').get(number);
  await logReading(writtenKey(number), { actor, at, role, reason, what: 'complaint' });
  const written = (await readWritten(number, at)) ?? { text: null, contact: null, page: null };
  return {
    body: { number, ...state, isOverdue: isOverdue(state, todayOf(at)), version, ...written },
  };
};

/** The same for a number that is none, a wrong secret, and a complaint that is not there. */
const noSuchComplaint = (): Rejection =>
  new Rejection(
    'invalid-value',
    { zh: '编号或查询码不正确。', en: 'The number or its secret part is not right.' },
    '#/number',
  );

/** Where a complaint stands, for whoever has its number and the secret part. */
export const askState: UseCase<typeof complaints.askState> = async ({ body, at }) => {
  const number = readNumber(body.number);
  if (number === undefined)
    throw new Rejection(
      'invalid-value',
      {
        zh: '编号有误，请逐位核对。',
        en: 'A digit of the number is wrong: compare each of them.',
      },
      '#/number',
    );
  if (!(await isSecretOf(number, body.secret))) throw noSuchComplaint();
  const state = await aggregate('complaint').stateNow(number);
  if (!state) throw noSuchComplaint();
  return { body: { number, ...state, isOverdue: isOverdue(state, todayOf(at)) } };
};

type Counts = Record<Complaint['status'] | 'overdue', number>;
const noCounts = (): Counts => ({ received: 0, handling: 0, answered: 0, closed: 0, overdue: 0 });

/** Complaints of a year that are counted. */
const mostCounted = 5_000;

/** How many complaints a year has, by the month in which they came and where they stand. Only counts. */
export const complaintFigures: UseCase<typeof complaints.complaintFigures> = async ({
  actor,
  at,
  params: { year },
}) => {
  if (!mayCount(actor)) throw new Rejection('forbidden');
  const today = todayOf(at);
  const total = noCounts();
  const months: Record<string, Counts> = {};
  const { items, next } = await listRows<Complaint>({
    index: 'items',
    partition: complaintRows,
    prefix: year.slice(2),
    limit: mostCounted,
  });
  for (const complaint of items) {
    // The number has two digits of the year.
    if (!complaint.receivedOn.startsWith(year)) continue;
    const month = complaint.receivedOn.slice(0, 7);
    months[month] ??= noCounts();
    for (const each of [total, months[month]]) {
      each[complaint.status] += 1;
      if (isOverdue(complaint, today)) each.overdue += 1;
    }
  }
  return { body: { year, total, months, areAll: next === null } };
};

import { pageAfter } from '../http/cursor.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { listOfPerson } from '../people/list.ts';
import { isOwnRecord, nobody } from '../people/own-record.ts';
import { type AccessEntry, accessPrefix, approvalKey } from '../people/personal-access.ts';
import { putUnderPerson } from '../people/under-person.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import type { volunteers } from './contract.ts';
import { mayApprove, mayReadAccessLog } from './policy.ts';

/** The readings of a person's data, newest first. */
export const readAccessLog: UseCase<typeof volunteers.readAccessLog> = async ({
  actor,
  params: { id },
  query,
}) => {
  const found = await aggregate('volunteer').find(id);
  // A person may see who read their record even after it was erased.
  const own = actor.volunteerId === id || (await isOwnRecord(actor, id, found?.state ?? nobody));
  if (!mayReadAccessLog(actor, { own })) throw new Rejection('forbidden');
  if (!found) throw new Rejection('not-found', { what: 'volunteer', id });
  const { limit, cursor } = query;
  return {
    body: await pageAfter(['access-log', id], cursor, (after) =>
      listOfPerson<AccessEntry>(id, accessPrefix, limit, after),
    ),
  };
};

const longestDays = 31;
const daySeconds = 86_400;

/** Allows one member of staff to read the data of one minor, for at most 31 days. */
export const approveAccess: UseCase<typeof volunteers.approveAccess> = async ({
  actor,
  at,
  params: { id, readerId },
  body: { until },
}) => {
  if (!mayApprove(actor, readerId)) throw new Rejection('forbidden');
  await aggregate('volunteer').get(id);
  const { timezone } = settings();
  const last = localDateOf(at + longestDays * daySeconds * 1000, timezone);
  if (until < localDateOf(at, timezone) || until > last)
    throw new Rejection(
      'invalid-value',
      { zh: `有效期须在今天至 ${last} 之间。`, en: `It has to end between today and ${last}.` },
      '#/until',
    );
  const approval = { readerId, approvedBy: actor.id, until };
  await putUnderPerson(id, {
    ...approvalKey(id, readerId),
    ...approval,
    expiresAt: Math.floor(Date.parse(`${until}T00:00:00Z`) / 1000) + 2 * daySeconds,
  });
  return { body: approval };
};

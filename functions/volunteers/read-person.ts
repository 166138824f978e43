import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { openPerson } from '../people/people.ts';
import { person } from '../people/person.ts';
import { openPersonalData } from '../people/personal-access.ts';
import type { volunteers } from './contract.ts';

/** The record also holds fields that are not a person's: the numbers of credentials. */
const known = person.strip();

/** A volunteer's personal data. Empty when there are none, or none any more. */
export const readPerson: UseCase<typeof volunteers.readPerson> = async (request) => {
  const { actor, at, params, query } = request;
  const { id } = params;
  const { leave } = await openPersonalData({
    actor,
    at,
    volunteerId: id,
    volunteer: await aggregate('volunteer').stateNow(id),
    reason: query.reason,
    what: 'person',
    staff: ['district-admin', 'organiser'],
  });
  const record = await openPerson(leave);
  return { body: { id, ...known.parse(record?.fields ?? {}) } };
};

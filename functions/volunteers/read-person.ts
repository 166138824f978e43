import { get } from '../shared/execute.ts';
import type { UseCase } from '../shared/http.ts';
import { personKey, readSealed } from '../shared/people/people.ts';
import { person } from '../shared/person/person.ts';
import { openPersonalData } from '../shared/personal-access.ts';
import type { volunteers } from './contract.ts';
import { evolve } from './decider.ts';

/** The record has other fields beside a person’s: the numbers of credentials. */
const known = person.strip();

/** Who a volunteer is. Empty where nothing is known, or nothing any more. */
export const readPerson: UseCase<typeof volunteers.readPerson> = async (request) => {
  const { actor, at, correlationId, params, query } = request;
  const { id } = params;
  const { state } = await get({ type: 'volunteer', id }, evolve);
  await openPersonalData({
    actor,
    at,
    correlationId,
    volunteerId: id,
    volunteer: state,
    reason: query.reason,
    what: 'person',
    staff: ['district-admin', 'organiser'],
  });
  const record = await readSealed(personKey(id));
  return { body: { id, ...known.parse(record?.fields ?? {}) } };
};

import type { DomainEvent } from '../../events/catalogue.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { changePerson, openPerson } from '../people/people.ts';
import { person } from '../people/person.ts';
import { leaveWithoutLog } from '../people/personal-access.ts';
import { indexesOf } from '../people/register-person.ts';
import { NotYet } from '../runtime/not-yet.ts';

const known = person.strip();

/**
 * Names are looked up within an area, so a record whose area changed is indexed anew. A correction of
 * the name does it in its own transaction. Of two changes at once the record's revision lets one through,
 * and the event of the other comes again.
 * @throws Problem `conflict` when another write came first
 */
export const indexName = async ({ aggregate: { id } }: DomainEvent): Promise<void> => {
  const leave = leaveWithoutLog(id);
  if (!(await openPerson(leave))) return;
  await changePerson(leave, async (fields) => {
    const volunteer = await aggregate('volunteer').stateNow(id);
    // Erased a moment ago: the event comes again and finds no record.
    if (!volunteer || Object.keys(fields).length === 0) throw new NotYet('the record is going');
    return { fields, attributes: await indexesOf(known.parse(fields), volunteer.areaId) };
  });
};

import type { DomainEvent } from '../../events/catalogue.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { followUp } from '../ledger/follow-up.ts';
import type { IndexKind } from '../people/keys.ts';
import { maxFound, openPerson, volunteersWith } from '../people/people.ts';
import { type Person, person } from '../people/person.ts';
import { leaveWithoutLog } from '../people/personal-access.ts';
import { fingerprint } from '../runtime/ids.ts';
import { NotYet } from '../runtime/not-yet.ts';
import { suspectDuplicates } from './merge-decider.ts';

const known = person.strip();

/**
 * The records with this number. The index may be behind the table, so its answer counts only when
 * it contains this record itself. Of two records written at the same time, at least one then finds
 * the other.
 * @throws NotYet when the index does not contain this record
 */
const recordsWith = async (...[id, kind, value]: [string, IndexKind, string]) => {
  const found = await volunteersWith(kind, value);
  if (found.length < maxFound && !found.includes(id))
    throw new NotYet('the index of numbers is behind');
  return found;
};

type Cause = DomainEvent<'VolunteerRegistered' | 'PersonalDataCorrected' | 'VolunteerUnmerged'>;

/** The numbers that an event may have changed. */
const numbersIn = ({ type, data }: Cause): readonly (keyof Person)[] => {
  const numbers = ['idDocument', 'phone'] as const;
  return type === 'PersonalDataCorrected'
    ? numbers.filter((each) => data.fields.includes(each))
    : numbers;
};

/** The other records with this person's ID number or phone, if the event may have changed it. */
const othersLike = async (event: Cause): Promise<readonly string[]> => {
  const { id } = event.aggregate;
  const numbers = numbersIn(event);
  if (numbers.length === 0) return [];
  const record = await openPerson(leaveWithoutLog(id));
  const { idDocument, phone } = known.parse(record?.fields ?? {});
  const found = await Promise.all([
    idDocument && numbers.includes('idDocument')
      ? recordsWith(id, 'id-number', idDocument.number)
      : [],
    phone && numbers.includes('phone') ? recordsWith(id, 'phone', phone) : [],
  ]);
  return [...new Set(found.flat())].filter((other) => other !== id);
};

/**
 * Flags records that may be of one person, on both sides. It merges nothing: a family may share a
 * phone, and staff decide. A repeated event finds everything flagged. A record from which this one was
 * told apart is not flagged until a number of this one changes.
 */
export const findDuplicates = async (event: Cause): Promise<void> => {
  const { id } = event.aggregate;
  const others = await othersLike(event);
  const flag = (volunteerId: string, like: Parameters<typeof suspectDuplicates>[1]) =>
    aggregate('volunteer').execute(volunteerId, {
      request: followUp(event, {
        key: fingerprint('duplicates', event.id, volunteerId),
        hash: '',
      }),
      authorise: () => event.actor.role,
      decide: (volunteer) => suspectDuplicates(volunteer, like),
    });
  if (others.length === 0) return;
  const { state } = await flag(id, { ids: others });
  for (const other of others.filter((each) => !state.distinctFrom.includes(each)))
    await flag(other, { ids: [id], anew: true });
};

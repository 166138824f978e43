import type { DomainEvent } from '../../events/catalogue.ts';
import { execute } from '../ledger/execute.ts';
import { followUp } from '../ledger/follow-up.ts';
import { personKey, readSealed, volunteersWith } from '../people/people.ts';
import { person } from '../people/person.ts';
import { fingerprint } from '../runtime/ids.ts';
import { evolve, suspectDuplicates } from './decider.ts';

const known = person.strip();

/** The other records with this person's ID number or phone. */
const othersLike = async (id: string): Promise<readonly string[]> => {
  const record = await readSealed(personKey(id));
  const { idDocument, phone } = known.parse(record?.fields ?? {});
  const found = await Promise.all([
    idDocument ? volunteersWith('id-number', idDocument.number) : [],
    phone ? volunteersWith('phone', phone) : [],
  ]);
  return [...new Set(found.flat())].filter((other) => other !== id);
};

/**
 * Flags, on both sides, that records may be of one person. Nothing is merged: a family may share a
 * phone, and a person decides. The same event again finds everything flagged.
 */
export const findDuplicates = async (
  event: DomainEvent<'VolunteerRegistered' | 'PersonalDataCorrected'>,
): Promise<void> => {
  const { id } = event.aggregate;
  const others = await othersLike(id);
  const flag = (volunteerId: string, like: readonly string[]) =>
    execute({
      stream: { type: 'volunteer', id: volunteerId },
      evolve,
      request: followUp(event, {
        key: fingerprint('duplicates', event.id, volunteerId),
        hash: '',
      }),
      authorise: () => event.actor.role,
      decide: (volunteer) => suspectDuplicates(volunteer, like),
    });
  if (others.length === 0) return;
  await flag(id, others);
  for (const other of others) await flag(other, [id]);
};

import type { Volunteer } from '../../events/volunteers.ts';
import { snapshot } from '../ledger/references.ts';
import { openPersonalData, type PersonalReading } from '../people/personal-access.ts';
import { Rejection } from '../refusals/decision.ts';

type Reading = Omit<PersonalReading, 'volunteer' | 'volunteerId' | 'reason'> & {
  readonly params: { readonly id: string };
  readonly query: { readonly reason?: PersonalReading['reason'] };
};

/**
 * The volunteer whose record may be read, and who reads. A record that was erased is none.
 * @throws Rejection `not-found`, and what `openPersonalData` throws
 */
export const openRecord = async ({
  params: { id: volunteerId },
  query: { reason },
  ...reading
}: Reading): Promise<{
  readonly volunteer: Volunteer;
  readonly reader: Awaited<ReturnType<typeof openPersonalData>>;
}> => {
  const volunteer = await snapshot('volunteer', volunteerId);
  if (!volunteer || volunteer.status === 'erased')
    throw new Rejection('not-found', { what: 'volunteer', id: volunteerId });
  const reader = await openPersonalData({ ...reading, volunteerId, volunteer, reason });
  return { volunteer, reader };
};

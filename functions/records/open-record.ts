import type { Volunteer } from '../../events/volunteers.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { type Opened, openPersonalData, type PersonalReading } from '../people/personal-access.ts';

type Reading = Omit<PersonalReading, 'volunteer' | 'volunteerId' | 'reason'> & {
  readonly params: { readonly id: string };
  readonly query: { readonly reason?: PersonalReading['reason'] };
};

/**
 * The volunteer whose record is read, and in what capacity the actor reads it. An erased record is
 * not found.
 * @throws Rejection as `openPersonalData` does
 */
export const openRecord = async ({
  params: { id: volunteerId },
  query: { reason },
  ...reading
}: Reading): Promise<Opened & { readonly volunteer: Volunteer }> => {
  const volunteer = await aggregate('volunteer').stateNow(volunteerId);
  const isGone = volunteer?.status === 'erased';
  const opened = await openPersonalData({ ...reading, volunteerId, volunteer, isGone, reason });
  if (!volunteer) throw new Error('nobody reads what is not there');
  return { volunteer, ...opened };
};

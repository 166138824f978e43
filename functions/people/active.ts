import type { Volunteer } from '../../events/volunteers.ts';
import { type Pointer, Rejection } from '../refusals/decision.ts';

/** Whether a person takes part now. A record that is not active keeps the rights of its data only. */
export const isActive = ({ status }: Pick<Volunteer, 'status'>): boolean => status === 'active';

/** @throws Rejection `volunteer-not-active` at the pointer */
export const checkActive = (volunteer: Pick<Volunteer, 'status'>, pointer?: Pointer): void => {
  if (!isActive(volunteer))
    throw new Rejection('volunteer-not-active', { status: volunteer.status }, pointer);
};

import type { Role } from '../../events/envelope.ts';
import { idIn } from '../runtime/ids.ts';

/** Who is asking. Everything here comes from a token that the gateway has checked. */
export interface Actor {
  /** The token's subject. */
  readonly id: string;
  readonly roles: readonly Role[];
  /** The organisation the actor works for, if the token names one. */
  readonly organisationId: string | null;
  /**
   * The areas the token names. Null where it names none, as for most: they work where their
   * organisation is. Empty where it names none that could be one: they work nowhere.
   */
  readonly areaIds: readonly string[] | null;
  /** The id this subject has, or would have, as a volunteer. */
  readonly volunteerId: string;
}

/**
 * Self-registration takes its id from the subject, so that one person who registers twice is one
 * volunteer, and "is this my own record?" needs no look-up.
 */
export const volunteerIdOf = (district: string, subject: string): string =>
  idIn(district, 'volunteer', subject);

/** The first of the actor's roles that is among those allowed, in the order allowed. */
export const roleAmong = (actor: Actor, ...allowed: readonly Role[]): Role | undefined =>
  allowed.find((role) => actor.roles.includes(role));

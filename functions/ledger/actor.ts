import type { Role } from '../../events/envelope.ts';
import { idIn } from '../runtime/ids.ts';

/** The person who makes a request. All fields but `year` come from a token that the gateway has checked. */
export interface Actor {
  /** The token's subject. */
  readonly id: string;
  readonly roles: readonly Role[];
  /** The organisation the actor works for, if the token names one, and not only areas that are none. */
  readonly organisationId: string | null;
  /**
   * The areas the token names. Null when the token names none, as most do: the actor works in the
   * area of their organisation. Empty when the token names something that cannot be an area: the
   * actor works in no area, and `organisationId` is null.
   */
  readonly areaIds: readonly string[] | null;
  /** The id this subject has as a volunteer, or would have after registering. */
  readonly volunteerId: string;
  /** The local calendar year of the request. Areas lie in each other year by year. */
  readonly year: number;
  /** Set for a machine whose signed message was checked. A token with the role `partner` only reads. */
  readonly isSigned?: true;
}

/**
 * Self-registration derives the id from the subject. A person who registers twice is one volunteer,
 * and "is this my own record?" needs no look-up.
 */
export const volunteerIdOf = (district: string, subject: string): string =>
  idIn(district, 'volunteer', subject);

/** The first of the allowed roles that the actor has. */
export const roleAmong = (actor: Actor, ...allowed: readonly Role[]): Role | undefined =>
  allowed.find((role) => actor.roles.includes(role));

/** The role of a machine that hands in signed messages; undefined for everybody with a token. */
export const signedPartner = ({ isSigned }: Actor): Role | undefined =>
  isSigned ? 'partner' : undefined;

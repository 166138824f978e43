import { type Role, roles } from '../../events/envelope.ts';
import { derivedId } from '../runtime/ids.ts';
import type { Settings } from '../runtime/settings.ts';

/** Who is asking. Everything here comes from a token that the gateway has checked. */
export interface Actor {
  /** The token's subject. */
  readonly id: string;
  readonly roles: readonly Role[];
  /** The organisation the actor works for, if the token names one. */
  readonly organisationId: string | null;
  /** The areas the token names; none for most, who work where their organisation is. */
  readonly areaIds: readonly string[];
  /** The id this subject has, or would have, as a volunteer. */
  readonly volunteerId: string;
}

/**
 * Self-registration takes its id from the subject, so that one person who registers twice is one
 * volunteer, and "is this my own record?" needs no look-up.
 */
export const volunteerIdOf = (district: string, subject: string): string =>
  derivedId('volunteer', district, subject);

/** HTTP APIs hand a list claim over as the text `[a b]`. */
const listOf = (claim: unknown): readonly string[] =>
  Array.isArray(claim)
    ? claim.map(String)
    : String(claim ?? '')
        .replace(/^\[|\]$/g, '')
        .split(/[\s,]+/)
        .filter(Boolean);

const known = (role: string): role is Role => (roles as readonly string[]).includes(role);

/** The actor behind a token's claims; undefined when the token names no subject. */
export const actorOf = (
  claims: Readonly<Record<string, unknown>>,
  { name, claims: names, roles: mapped }: Pick<Settings, 'name' | 'claims' | 'roles'>,
): Actor | undefined => {
  const id = claims.sub;
  if (typeof id !== 'string' || id === '' || id.length > 128) return undefined;
  const organisation = claims[names.organisation];
  return {
    id,
    roles: listOf(claims[names.role])
      .map((role) => (Object.hasOwn(mapped, role) ? (mapped[role] ?? role) : role))
      .filter(known),
    organisationId: typeof organisation === 'string' && organisation ? organisation : null,
    areaIds: listOf(claims[names.area]),
    volunteerId: volunteerIdOf(name, id),
  };
};

/** The first of the actor's roles that is among those allowed, in the order allowed. */
export const roleAmong = (actor: Actor, ...allowed: readonly Role[]): Role | undefined =>
  allowed.find((role) => actor.roles.includes(role));

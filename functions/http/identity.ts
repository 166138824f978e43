import { areaId, type Role, roles, uuid } from '../../events/envelope.ts';
import { type Actor, volunteerIdOf } from '../ledger/actor.ts';
import { Problem } from '../refusals/problem.ts';
import type { Settings } from '../runtime/settings.ts';
import type { Claims } from './access-token.ts';
import { subjectFault } from './subject.ts';

/**
 * The claim at a path. A claim's name may contain dots (`https://id.example.org/roles`), and a dot
 * may lead into an object (`realm_access.roles`). At each object the longest name that begins the
 * path is used, and shorter ones are not tried.
 */
export const claimAt = (claims: unknown, path: string): unknown => {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return undefined;
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const name = path.slice(0, end);
    if (!Object.hasOwn(claims, name)) continue;
    const value = (claims as Claims)[name];
    return end === path.length ? value : claimAt(value, path.slice(end + 1));
  }
  return undefined;
};

/** Whether a claim names nothing: providers leave it out or send an empty value. */
const isBlank = (claim: unknown): boolean =>
  claim === undefined ||
  claim === null ||
  claim === '' ||
  (Array.isArray(claim) && claim.length === 0);

/** The texts of a claim, which is one text or a list. A text is never split. */
const textsOf = (claim: unknown): readonly string[] =>
  [claim].flat().filter((each) => typeof each === 'string');

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

const rolesOf = (claim: unknown, mapped: Settings['roles']): readonly Role[] =>
  textsOf(claim)
    .map((text) => (Object.hasOwn(mapped, text) ? (mapped[text] ?? '') : text))
    .filter(isRole);

/** A text, or a list of one text. With several it is unclear which one is meant, so none is used. */
const organisationOf = (claim: unknown): string | null => {
  const [organisation, ...others] = [claim].flat();
  return others.length === 0 && uuid.safeParse(organisation).success
    ? (organisation as string)
    : null;
};

/**
 * Null for a blank claim. A claim without any valid area gives an empty list: the actor works nowhere,
 * and so for no organisation either.
 */
const areasOf = (claim: unknown): readonly string[] | null =>
  isBlank(claim) ? null : textsOf(claim).filter((text) => areaId.safeParse(text).success);

/**
 * What a token's claims say of the actor. A claim of an unexpected shape gives nothing: no role, no
 * organisation, no area.
 * @throws Problem `opaque-subject-required` when `sub` is missing or reveals a person
 */
export const actorOf = (
  claims: Claims,
  { name, claims: names, roles: mapped }: Pick<Settings, 'name' | 'claims' | 'roles'>,
): Omit<Actor, 'year'> => {
  const fault = subjectFault(claims.sub);
  if (fault) throw new Problem('opaque-subject-required', fault);
  const id = claims.sub as string;
  const areaIds = areasOf(claimAt(claims, names.area));
  const organisationId = organisationOf(claimAt(claims, names.organisation));
  return {
    id,
    roles: rolesOf(claimAt(claims, names.role), mapped),
    organisationId: areaIds?.length === 0 ? null : organisationId,
    areaIds,
    volunteerId: volunteerIdOf(name, id),
  };
};

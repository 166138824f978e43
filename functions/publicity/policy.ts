import type { Role } from '../../events/envelope.ts';
import type { Story } from '../../events/publicity.ts';
import { type Actor, roleAmong } from '../ledger/actor.ts';
import { Rejection } from '../refusals/decision.ts';

/**
 * The role in which the actor may write and publish the stories of an organisation; undefined means no.
 * @param access `inArea`: the actor works where the story takes place
 */
export const mayWrite = (
  actor: Actor,
  organisationId: string,
  { inArea }: { readonly inArea: boolean },
): Role | undefined =>
  roleAmong(actor, 'district-admin') ??
  (inArea && actor.organisationId === organisationId ? roleAmong(actor, 'organiser') : undefined);

/**
 * A text is approved or sent back by the district, or by a verifier of another organisation than the one that tells it,
 * and never by somebody who wrote it.
 * @throws Rejection `own-story`
 */
export const mayReview = (
  actor: Actor,
  { authorIds, organisationId }: Pick<Story, 'authorIds' | 'organisationId'>,
): Role | undefined => {
  if (authorIds.includes(actor.id)) throw new Rejection('own-story');
  const another = actor.organisationId !== null && actor.organisationId !== organisationId;
  return roleAmong(actor, 'district-admin') ?? (another ? roleAmong(actor, 'verifier') : undefined);
};

/**
 * An exemplar is confirmed by the district, and never by somebody who wrote its text.
 * @throws Rejection `own-story`
 */
export const mayConfirm = (
  actor: Actor,
  { authorIds }: Pick<Story, 'authorIds'>,
): Role | undefined => {
  if (authorIds.includes(actor.id)) throw new Rejection('own-story');
  return roleAmong(actor, 'district-admin');
};

/** Drafts name nobody, so staff read them wherever they work. */
export const mayReadDrafts = (actor: Actor): Role | undefined =>
  roleAmong(actor, 'district-admin', 'organiser', 'verifier', 'auditor');

import type { Role } from '../../events/envelope.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate, type Execution } from '../ledger/aggregate.ts';
import {
  asOwnerSees,
  isOwnRecord,
  mayBeOwnRecord,
  nobody,
  type Owned,
} from '../people/own-record.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { mayListDuplicates, type RecordAccess } from './policy.ts';

type Decision = Execution<'volunteer'>['decide'];

/** An actor's access to a record, as policies need it. Areas are read only for organisers and verifiers. */
export const accessTo = async (
  actor: Actor,
  id: string,
  volunteer: Pick<Volunteer, 'areaId'> & Owned,
): Promise<RecordAccess> => ({
  own: await isOwnRecord(actor, id, volunteer),
  mayBeOwn: await mayBeOwnRecord(actor, id, volunteer),
  inArea:
    (actor.roles.includes('organiser') || actor.roles.includes('verifier')) &&
    (await worksIn(actor, volunteer.areaId)),
});

/** A record as its reader may see it: all of it for staff, as `asOwnerSees` for its own person. */
export const shownTo = async (
  actor: Actor,
  id: string,
  volunteer: Volunteer,
): Promise<Volunteer> =>
  mayListDuplicates(actor) || !(await isOwnRecord(actor, id, volunteer))
    ? volunteer
    : asOwnerSees(volunteer);

/**
 * Runs a command on the record that a path names.
 * @param may the policy: the role in which the actor may do it, or undefined
 * @param decide gets the local date too, and the role that the policy named
 * @param writes events of other records, and writes to People, in the same transaction
 */
export const changeVolunteer = async (
  request: Execution<'volunteer'>['request'] & { readonly params: { readonly id: string } },
  may: (actor: Actor, access: RecordAccess) => Role | undefined | Promise<Role | undefined>,
  decide: (volunteer: Volunteer, today: string, role: Role) => ReturnType<Decision>,
  writes: Pick<Execution<'volunteer'>, 'alsoAppend' | 'alsoWrite'> = {},
) => {
  const { id } = request.params;
  const today = localDateOf(request.at, settings().timezone);
  let role: Role | undefined;
  const { state, version } = await aggregate('volunteer').execute(id, {
    request,
    authorise: async (volunteer) => {
      role = await may(request.actor, await accessTo(request.actor, id, volunteer));
      return role;
    },
    authoriseAbsent: async () => may(request.actor, await accessTo(request.actor, id, nobody)),
    decide: (volunteer) => decide(volunteer, today, role as Role),
    ...writes,
  });
  return { body: { id, ...(await shownTo(request.actor, id, state)), version }, version };
};

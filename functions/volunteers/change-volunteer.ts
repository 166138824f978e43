import type { Role } from '../../events/envelope.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { nowhere } from '../access/areas.ts';
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
import { shownVersions } from '../people/shown-version.ts';
import { Problem } from '../refusals/problem.ts';
import { inParallel } from '../runtime/batches.ts';
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

/** The records of these that are where the actor works. At most 40 are asked about. */
const withinReach = async (actor: Actor, ids: readonly string[]): Promise<string[]> => {
  const within = await inParallel(10, ids, async (id) => {
    const { areaId = nowhere } = (await aggregate('volunteer').stateNow(id, false)) ?? {};
    return worksIn(actor, areaId);
  });
  return ids.filter((_, at) => within[at]);
};

/**
 * A record as its reader may see it: all of it for the district, as `asOwnerSees` for its own person. Other
 * staff learn which other records may be of the same person only where they work: else a number that
 * they give to any record would lead them to whoever has it.
 */
export const shownTo = async (
  actor: Actor,
  id: string,
  volunteer: Volunteer,
): Promise<Volunteer> => {
  if (mayListDuplicates(actor)) return volunteer;
  if (await isOwnRecord(actor, id, volunteer)) return asOwnerSees(volunteer);
  const { possibleDuplicates, distinctFrom } = volunteer;
  return {
    ...volunteer,
    possibleDuplicates: await withinReach(actor, possibleDuplicates),
    distinctFrom: await withinReach(actor, distinctFrom),
  };
};

/** The version of a record that a reader is shown: see `shownVersions`. */
export const shownVersion = async (actor: Actor, id: string, version: number): Promise<number> =>
  mayListDuplicates(actor) ? version : (await shownVersions(id)).shown(version);

/**
 * Runs a command whose `If-Match` has a version that its actor was shown. An event that they do not learn
 * of does not make it stale, also when it comes meanwhile.
 */
const matchingShown = async <Result>(
  { actor, ifMatch }: Pick<Execution<'volunteer'>['request'], 'actor' | 'ifMatch'>,
  id: string,
  run: (ifMatch: number | undefined) => Promise<Result>,
): Promise<Result> => {
  if (ifMatch === undefined || mayListDuplicates(actor)) return run(ifMatch);
  for (let attempt = 1; ; attempt += 1) {
    const stored = (await shownVersions(id)).stored(ifMatch);
    try {
      return await run(stored);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'stale-version') throw error;
      const now = await shownVersions(id);
      if (now.stored(ifMatch) === stored || attempt === 3)
        throw new Problem('stale-version', { version: now.shown(Number(error.params.version)) });
    }
  }
};

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
  const run = (ifMatch: number | undefined) =>
    aggregate('volunteer').execute(id, {
      request: { ...request, ifMatch },
      authorise: async (volunteer) => {
        role = await may(request.actor, await accessTo(request.actor, id, volunteer));
        return role;
      },
      authoriseAbsent: async () => may(request.actor, await accessTo(request.actor, id, nobody)),
      decide: (volunteer) => decide(volunteer, today, role as Role),
      ...writes,
    });
  const done = await matchingShown(request, id, run);
  const version = await shownVersion(request.actor, id, done.version);
  return { body: { id, ...(await shownTo(request.actor, id, done.state)), version }, version };
};

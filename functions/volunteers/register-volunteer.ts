import type { Role } from '../../events/envelope.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { worksIn } from '../access/working-area.ts';
import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { checkPerson } from '../people/check-person.ts';
import { linkPut } from '../people/link.ts';
import { checkNoRecord, lifeOf } from '../people/lives.ts';
import { countLookUps } from '../people/look-ups.ts';
import { selfIdOf } from '../people/own-record.ts';
import { confirmationCode, registerPerson } from '../people/register-person.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import type { volunteers } from './contract.ts';
import { mayRegister } from './policy.ts';

/** Who registers, as the record has it, by role; of all other roles it is staff. */
const registrars: Readonly<Partial<Record<Role, Volunteer['registeredBy']>>> = {
  volunteer: 'self',
  partner: 'import',
};

/**
 * Registers the person who asks, even after an erasure, or another person. The other person must
 * confirm with the code in the answer, which is not stored. `find-duplicates` checks afterwards
 * whether the person is known.
 */
export const registerVolunteer: UseCase<typeof volunteers.registerVolunteer> = async (request) => {
  const { actor, body, at, idempotency } = request;
  const { person, areaId, tags, serviceCategories, consentVersion, guardianConsentVersion } = body;
  const worksSomewhere = actor.roles.includes('organiser') || actor.isSigned === true;
  const inArea = worksSomewhere && (await worksIn(actor, areaId));
  const role = mayRegister(actor, { inArea });
  const self = role === 'volunteer';
  const { timezone, ages } = settings();
  const today = localDateOf(at, timezone);
  const id = self
    ? await lifeOf(actor.volunteerId, idempotency?.key)
    : derivedId('volunteer', idempotency?.key ?? '');
  let linked: string | undefined;
  const { state, version } = await registerPerson(
    {
      id,
      registration: {
        areaId,
        tags,
        serviceCategories,
        consentVersion,
        guardianConsentVersion,
        registeredBy: (role && registrars[role]) ?? 'organiser',
        selfId: self && id !== actor.volunteerId ? await selfIdOf(actor) : null,
      },
      person: person && checkPerson(person, { today, ages, at: '#/person/' }),
      today,
    },
    {
      request,
      authorise: () => role,
      prepare: async () => {
        if (self) linked = await checkNoRecord(actor);
        else if (person) await countLookUps({ actor, at, kind: 'roll', people: 1 });
        await aggregate('area').referenceEventually(areaId, '#/areaId');
      },
      alsoWrite: async () => (self ? [linkPut(await selfIdOf(actor), id, linked)] : []),
    },
  );
  return {
    body: {
      id,
      ...state,
      version,
      ...(self ? {} : { confirmationCode: await confirmationCode(id) }),
    },
    version,
  };
};

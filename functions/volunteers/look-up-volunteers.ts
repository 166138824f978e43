import type { Volunteer } from '../../events/volunteers.ts';
import { nowhere } from '../access/areas.ts';
import { worksIn } from '../access/working-area.ts';
import type { UseCase } from '../http/serve.ts';
import { readDocument } from '../people/documents.ts';
import type { IndexKind } from '../people/keys.ts';
import { lookUpOnce } from '../people/look-ups.ts';
import { maskedName, maskedPhone } from '../people/masked.ts';
import { nameFault } from '../people/name-faults.ts';
import { nameIn } from '../people/names.ts';
import { acceptedSurvivorOf } from '../people/own-record.ts';
import { openPerson, volunteersWith } from '../people/people.ts';
import { documentTypes, person } from '../people/person.ts';
import { isApproved, loggedLeave } from '../people/personal-access.ts';
import { normalPhone, phoneFault } from '../people/phone.ts';
import { isMinor } from '../people/registration.ts';
import { type Pointer, Rejection } from '../refusals/decision.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import type { volunteers } from './contract.ts';
import { mayLookUp } from './policy.ts';

const known = person.strip();

const wrong = (pointer: Pointer, zh: string, en: string): Rejection =>
  new Rejection('invalid-value', { zh, en }, pointer);

interface Given {
  readonly phone?: string | undefined;
  readonly idNumber?: string | undefined;
  readonly name?: string | undefined;
  readonly areaId?: string | undefined;
}

/** What is looked up, in its normal form. @throws Rejection `invalid-value` */
const askedFor = (
  { phone, idNumber, name = '', areaId = '' }: Given,
  today: string,
): readonly [IndexKind, string] => {
  if (phone !== undefined) {
    const normal = normalPhone(phone);
    if (!normal) throw wrong('#/phone', ...phoneFault(phone));
    return ['phone', normal];
  }
  if (idNumber !== undefined) {
    for (const type of documentTypes) {
      const says = readDocument({ type, number: idNumber }, today);
      if (typeof says !== 'string') return ['id-number', says.number];
    }
    throw wrong(
      '#/idNumber',
      '证件号码有误，请对照证件核对。',
      'This is no number of an ID document: compare it with the card.',
    );
  }
  const fault = nameFault(name);
  if (fault) throw wrong('#/name', ...fault);
  return ['name', nameIn(areaId, name)];
};

/**
 * Finds the records of somebody by phone, ID number, or name within one area, for staff who may read
 * them. Records elsewhere are not shown, after the same kinds of reads. A record that was merged is
 * shown as the one under which entries are made. Each record that is shown has an entry in its
 * log of readings, and the look-up itself is kept with its reason, also when it finds nothing. To be
 * sure of the person, staff get a masked name, or a masked phone if they had the name; of a minor, only
 * with an approval.
 */
export const lookUpVolunteers: UseCase<typeof volunteers.lookUpVolunteers> = async ({
  actor,
  at,
  body,
  idempotency,
}) => {
  const role = mayLookUp(actor);
  if (!role) throw new Rejection('forbidden');
  if (!idempotency) throw new Error('a look-up has a key');
  const { timezone } = settings();
  const [kind, value] = askedFor(body, localDateOf(at, timezone));
  const asked = { actor, at, idempotency, reason: body.reason, kind: 'single', people: 1 } as const;
  const lookUp = await lookUpOnce(asked, () => volunteersWith(kind, value));
  const inReach = async (volunteer: Volunteer | undefined): Promise<boolean> =>
    role === 'district-admin' || worksIn(actor, volunteer?.areaId ?? nowhere);
  const entryOf = (id: string): string => derivedId('look-up', idempotency.key, id);

  const shown = async (id: string, volunteer: Volunteer) => {
    const { status, areaId } = volunteer;
    const { reason } = lookUp;
    const reading = { actor, at: lookUp.at, role, reason, what: 'look-up' } as const;
    const leave = await loggedLeave(id, { ...reading, entryId: entryOf(id) });
    const isOpen = !isMinor(volunteer) || (await isApproved(id, actor, localDateOf(at, timezone)));
    const { name, phone } = known.parse((isOpen && (await openPerson(leave))?.fields) || {});
    return {
      id,
      status,
      areaId,
      maskedName: kind !== 'name' && name !== undefined ? maskedName(name) : null,
      maskedPhone: kind === 'name' && phone !== undefined ? maskedPhone(phone) : null,
    };
  };

  // When nothing is found, as much is read as for a record elsewhere.
  const candidates = lookUp.found.length > 0 ? lookUp.found : [entryOf('nobody')];
  const items = new Map<string, Awaited<ReturnType<typeof shown>>>();
  for (const candidate of candidates) {
    const { id, volunteer } = await acceptedSurvivorOf(candidate);
    if (!(await inReach(volunteer)) || !volunteer || volunteer.status === 'erased') continue;
    if (!items.has(id)) items.set(id, await shown(id, volunteer));
  }
  return { body: { items: [...items.values()] } };
};

import type { UseCase } from '../http/serve.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { ageGroupOf } from '../people/age.ts';
import { checkPerson } from '../people/check-person.ts';
import { countLookUps } from '../people/look-ups.ts';
import { checkOwnCorrection } from '../people/own-correction.ts';
import { isOwnRecord, mayBeOwnRecord } from '../people/own-record.ts';
import { changedPersonPut } from '../people/people.ts';
import { type Person, person } from '../people/person.ts';
import { leaveForStaff, leaveWithoutLog } from '../people/personal-access.ts';
import { attributesOf } from '../people/register-person.ts';
import { settings } from '../runtime/settings.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { checkCorrectable, correctPersonalData } from './decider.ts';
import { mayRevise } from './policy.ts';

const known = person.strip();

const withoutNulls = (values: Readonly<Record<string, unknown>>): Person =>
  known.parse(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)));

/**
 * Corrects personal data. The sealed record and the event are written in one transaction; the event
 * names the fields but not their values. The old value is wrong and personal, so it is not kept.
 */
export const correctPerson: UseCase<typeof volunteers.correctPerson> = (request) => {
  const { actor, at, params, body } = request;
  const { ages } = settings();
  let put: AlsoWrite | undefined;
  let newNumber = false;
  return changeVolunteer(
    request,
    mayRevise,
    async (volunteer, today, role) => {
      const fields = Object.keys(body) as (keyof typeof body)[];
      if (fields.length === 0) return null;
      checkCorrectable(volunteer);
      const { areaId } = volunteer;
      // Staff need the approval of a reading: they could turn a minor into somebody whose data they
      // may read. And it is logged as one, because a refused correction says something of the record.
      const reading = { actor, at, role, reason: 'record-correction', what: 'person' } as const;
      const isOwn = await isOwnRecord(actor, params.id, volunteer);
      // The answer says which records where they work have the number.
      if (!isOwn && (body.phone || body.idDocument))
        await countLookUps({ actor, at, kind: 'roll', people: 1 });
      const leave = isOwn
        ? leaveWithoutLog(params.id)
        : await leaveForStaff(params.id, volunteer, reading);
      const mayBeOwn = await mayBeOwnRecord(actor, params.id, volunteer);
      const { action, fields: after } = await changedPersonPut(leave, async (before) => {
        const corrected = checkPerson(withoutNulls({ ...before, ...body }), {
          today,
          ages,
          at: '#/',
        });
        // In whatever role: staff cannot correct their own age either.
        if (mayBeOwn) checkOwnCorrection(known.parse(before), corrected, { today, ages });
        const kept = { ...corrected, ...nullsOf(body) };
        newNumber = numbersOf(known.parse(before)) !== numbersOf(corrected);
        return {
          fields: kept,
          attributes: await attributesOf(withoutNulls(kept), { today, areaId }),
        };
      });
      put = action;
      const { birthDate } = known.parse(after);
      const ageGroup = ageGroupOf(birthDate, today, ages);
      return correctPersonalData(volunteer, fields, { ageGroup, newNumber }, today);
    },
    { alsoWrite: async () => (put ? [put] : []) },
  );
};

/** What people are compared by, for comparing it. */
const numbersOf = ({ phone, idDocument }: Person): string =>
  JSON.stringify([phone ?? null, idDocument?.number ?? null]);

const nullsOf = (changes: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value === null));

import type { UseCase } from '../http/serve.ts';
import type { AlsoWrite } from '../ledger/ledger.ts';
import { ageGroupOf } from '../people/age.ts';
import { checkPerson } from '../people/check-person.ts';
import { checkOwnCorrection } from '../people/own-correction.ts';
import { isOwnRecord, mayBeOwnRecord } from '../people/own-record.ts';
import { changedPut, personKey } from '../people/people.ts';
import { type Person, person } from '../people/person.ts';
import { checkApproval } from '../people/personal-access.ts';
import { attributesOf } from '../people/register-person.ts';
import { settings } from '../runtime/settings.ts';
import { changeVolunteer } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { correctPersonalData } from './decider.ts';
import { mayRevise } from './policy.ts';

const known = person.strip();

const withoutNulls = (values: Readonly<Record<string, unknown>>): Person =>
  known.parse(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)));

/**
 * Corrects personal data. The sealed record and the event are written in one transaction; the event
 * names the fields but not their values. The old value is wrong and personal, so it is not kept.
 */
export const correctPerson: UseCase<typeof volunteers.correctPerson> = (request) => {
  const { actor, params, body } = request;
  const { ages } = settings();
  let put: AlsoWrite | undefined;
  return changeVolunteer(
    request,
    mayRevise,
    async (volunteer, today) => {
      const fields = Object.keys(body) as (keyof typeof body)[];
      if (fields.length === 0) return null;
      // Without this, staff could turn a minor into somebody whose data they may read.
      if (!(await isOwnRecord(actor, params.id, volunteer)))
        await checkApproval(request, params.id, volunteer);
      const mayBeOwn = await mayBeOwnRecord(actor, params.id, volunteer);
      const { action, fields: after } = await changedPut(personKey(params.id), async (before) => {
        const corrected = checkPerson(withoutNulls({ ...before, ...body }), {
          today,
          ages,
          at: '#/',
        });
        // In whatever role: staff cannot correct their own age either.
        if (mayBeOwn) checkOwnCorrection(known.parse(before), corrected, { today, ages });
        const kept = { ...corrected, ...nullsOf(body) };
        return { fields: kept, attributes: await attributesOf(withoutNulls(kept), today) };
      });
      put = action;
      const { birthDate } = known.parse(after);
      const ageGroup = ageGroupOf(birthDate, today, ages);
      return correctPersonalData(volunteer, fields, ageGroup, today);
    },
    { alsoWrite: async () => (put ? [put] : []) },
  );
};

const nullsOf = (changes: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value === null));

import type { UseCase } from '../http/serve.ts';
import { isSelf } from '../people/own-record.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { changeEntries, isMeant, namedIn } from './change-entries.ts';
import type { participation } from './contract.ts';
import { object, objectedTo } from './decider.ts';
import { mayObject } from './policy.ts';

export const objectHours: UseCase<typeof participation.objectHours> = (request) => {
  const { actor, at, body } = request;
  const today = localDateOf(at, settings().timezone);
  return changeEntries({
    request,
    named: namedIn(body.entries),
    fits: (entry) => entry.status !== 'voided' && isMeant(body.entries, entry),
    atomic: body.atomic,
    isSilent: true,
    authorise: async ({ volunteerId }) =>
      mayObject(actor, { own: await isSelf(actor, volunteerId) }),
    change: async (entry) => objectedTo(entry, today, body.reason),
    fact: object,
  });
};

import { withinNamedAreas } from '../access/working-area.ts';
import type { UseCase } from '../http/serve.ts';
import { strikeOut } from '../sheets/sheet.ts';
import { changeEntries, isMeant, namedIn } from './change-entries.ts';
import type { participation } from './contract.ts';
import { voided } from './decider.ts';
import { mayVoid } from './policy.ts';

export const voidHours: UseCase<typeof participation.voidHours> = (request) => {
  const { actor, body } = request;
  return changeEntries({
    request,
    named: namedIn(body.entries),
    fits: (entry) => entry.status !== 'voided' && isMeant(body.entries, entry),
    atomic: body.atomic,
    authorise: async (_, { place }) =>
      mayVoid(actor, place, { inArea: await withinNamedAreas(actor, place.areaId) }),
    change: async (entry) => voided(entry),
    fact: (sheet, changed) => strikeOut(sheet, changed, body.reason),
  });
};

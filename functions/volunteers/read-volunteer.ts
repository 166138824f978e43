import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isSampled } from '../people/audit-sample.ts';
import { nobody } from '../people/own-record.ts';
import { pseudonymOf, registrationScope } from '../people/pseudonyms.ts';
import { type ShownVolunteer, withoutSelfIds } from '../people/shown-volunteer.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { listRows } from '../views/views.ts';
import { accessTo, shownTo, shownVersion } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { mayListDuplicates, mayRead } from './policy.ts';
import { duplicates } from './projection.ts';

/** A record as an auditor sees it: other records and staff under the pseudonyms of its line. */
const asAuditorSees = async (shown: ShownVolunteer): Promise<ShownVolunteer> => {
  const replace = (id: string) => pseudonymOf(registrationScope, id);
  const { credentials, possibleDuplicates, distinctFrom, mergedInto, mergedFrom } = shown;
  return {
    ...shown,
    credentials: await Promise.all(
      credentials.map(async (each) => ({ ...each, checkedBy: await replace(each.checkedBy) })),
    ),
    possibleDuplicates: await Promise.all(possibleDuplicates.map(replace)),
    distinctFrom: await Promise.all(distinctFrom.map(replace)),
    mergedInto: mergedInto && (await replace(mergedInto)),
    mergedFrom: await Promise.all(
      mergedFrom.map(async ({ id, awaiting }) => ({
        id: await replace(id),
        awaiting: awaiting && (await replace(awaiting)),
      })),
    ),
  };
};

export const readVolunteer: UseCase<typeof volunteers.readVolunteer> = async (request) => {
  const { actor, at, params } = request;
  const found = await aggregate('volunteer').find(params.id);
  const access = await accessTo(actor, params.id, found?.state ?? nobody);
  if (!mayRead(actor, { ...access, sampled: true })) throw new Rejection('forbidden');
  const isAuditing = !mayRead(actor, { ...access, sampled: false });
  const year = yearOf(localDateOf(at, settings().timezone));
  if (isAuditing && !(await isSampled(params.id, year))) throw new Rejection('not-in-sample');
  if (!found) throw new Rejection('not-found', { what: 'volunteer', id: params.id });
  const { state } = found;
  // An auditor's sample says of a suspicion that there is one, and names nobody.
  const version = isAuditing ? found.version : await shownVersion(actor, params.id, found.version);
  const shown = isAuditing
    ? await asAuditorSees(withoutSelfIds(state))
    : withoutSelfIds(await shownTo(actor, params.id, state));
  return { body: { id: params.id, ...shown, version }, version };
};

export const listPossibleDuplicates: UseCase<typeof volunteers.listPossibleDuplicates> = async ({
  actor,
  query,
}) => {
  if (!mayListDuplicates(actor)) throw new Rejection('forbidden');
  return {
    body: await listRows<ShownVolunteer>({ index: 'flags', partition: duplicates, ...query }),
  };
};

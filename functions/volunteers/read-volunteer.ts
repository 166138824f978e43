import type { UseCase } from '../http/serve.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { isSampled } from '../people/audit-sample.ts';
import { nobody } from '../people/own-record.ts';
import type { ShownVolunteer } from '../people/shown-volunteer.ts';
import { Rejection } from '../refusals/decision.ts';
import { localDateOf, yearOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { listRows } from '../views/views.ts';
import { accessTo, shownTo } from './change-volunteer.ts';
import type { volunteers } from './contract.ts';
import { mayListDuplicates, mayRead } from './policy.ts';
import { duplicates } from './projection.ts';

export const readVolunteer: UseCase<typeof volunteers.readVolunteer> = async (request) => {
  const { actor, at, params } = request;
  const found = await aggregate('volunteer').find(params.id);
  const access = await accessTo(actor, params.id, found?.state ?? nobody);
  const year = yearOf(localDateOf(at, settings().timezone));
  const sampled = actor.roles.includes('auditor') && (await isSampled(params.id, year));
  if (!mayRead(actor, { ...access, sampled })) {
    const inSampleOnly = mayRead(actor, { ...access, sampled: true });
    throw new Rejection(inSampleOnly ? 'not-in-sample' : 'forbidden');
  }
  if (!found) throw new Rejection('not-found', { what: 'volunteer', id: params.id });
  const { state, version } = found;
  const shown = await shownTo(actor, params.id, state);
  return { body: { id: params.id, ...shown, version }, version };
};

export const listPossibleDuplicates: UseCase<typeof volunteers.listPossibleDuplicates> = async ({
  actor,
  query,
}) => {
  if (!mayListDuplicates(actor)) throw new Rejection('forbidden');
  return {
    body: await listRows<ShownVolunteer>({ index: 'lists', partition: duplicates, ...query }),
  };
};

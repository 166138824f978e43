import { mayReadPlace } from '../access/reading.ts';
import { dateOfSheet } from '../figures/layout.ts';
import type { UseCase } from '../http/serve.ts';
import type { Actor } from '../ledger/actor.ts';
import { Rejection } from '../refusals/decision.ts';
import { inParallel } from '../runtime/batches.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { onceEach } from '../runtime/once.ts';
import { settings } from '../runtime/settings.ts';
import type { periods } from './contract.ts';
import { mayPrepare } from './policy.ts';
import { type OpenThing, readWork } from './read-open.ts';

/** Things of one page. What is done leaves the list, so the next ones come. */
const maxListed = 200;
const lanes = 10;

/** Whether the actor may know which sheet or activity it is. Activities are public. */
const seenBy = (actor: Actor) => {
  const readsAt = onceEach((place: string) => {
    const [organisationId = '', areaId = ''] = place.split('|');
    return mayReadPlace(actor, { organisationId, areaId });
  });
  return async ({ kind, organisationId, areaId }: OpenThing): Promise<boolean> =>
    kind === 'activity' || readsAt(`${organisationId ?? ''}|${areaId}`);
};

/** Sheets by day and id; activities stand by their first day already. */
const byDay = (one: OpenThing, other: OpenThing): number => {
  if (one.kind === 'activity' || other.kind === 'activity') return 0;
  const [first, second] = [one, other].map(({ id }) => `${dateOfSheet(id)} ${id}`);
  return (first ?? '') < (second ?? '') ? -1 : 1;
};

/** The sheets or activities of a month in which something of one kind is open, by day. */
export const openPage: UseCase<typeof periods.openPage> = async ({ actor, params, query, at }) => {
  if (!mayPrepare(actor)) throw new Rejection('forbidden');
  const { what } = query;
  const { open, things } = await readWork(params.month, localDateOf(at, settings().timezone));
  const found = things.filter(({ counts }) => (counts[what] ?? 0) > 0).sort(byDay);
  const seen = await inParallel(lanes, found, seenBy(actor));
  const shown = found
    .filter((_, index) => seen[index])
    .slice(0, maxListed)
    .map(({ counts, ...thing }) => ({ ...thing, count: counts[what] ?? 0 }));
  const listed = shown.reduce((sum, { count }) => sum + count, 0);
  return {
    body: { period: params.month, what, things: shown, others: open[what] - listed },
  };
};

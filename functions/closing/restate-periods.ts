import { load } from '../ledger/ledger.ts';
import { subscribe } from '../ledger/subscribe.ts';
import type { Stream } from '../projector/facts.ts';
import { projectEvent } from '../projector/project-event.ts';
import { mayRestate, restate } from './restate.ts';

/**
 * Restates closed months after what changes their figures. Most events are of a month that is not over,
 * of which nothing is read.
 */
export const handler = subscribe(async (event) => {
  if (!mayRestate(event)) return;
  const { version } = event.aggregate;
  const entries = await load(event.aggregate);
  const stream = entries
    .filter((entry) => entry.event.aggregate.version <= version)
    .flatMap((entry) => projectEvent(entry.event) ?? []);
  await restate(stream as unknown as Stream);
});

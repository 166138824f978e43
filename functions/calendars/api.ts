import { serve } from '../http/serve.ts';
import type { Actor } from '../ledger/actor.ts';
import { endCalendar, makeCalendar } from '../people/calendars.ts';
import { isSelf, tokensRecordOf } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { renderPersonalFeed } from './calendar.ts';
import { calendars } from './contract.ts';
import { personalFeed } from './personal-feed.ts';
import { mayHaveCalendar } from './policy.ts';

const checkOwn = async (actor: Actor, id: string): Promise<void> => {
  if (!mayHaveCalendar({ own: await isSelf(actor, id) })) throw new Rejection('forbidden');
};

export const handler = serve(
  calendars,
  {
    // It is of the record that the token itself leads to: when a merge is undone, the calendar shows what
    // the token does, and nothing of the other record.
    makeCalendar: async ({ actor, params: { id }, idempotency }) => {
      await checkOwn(actor, id);
      const name = await makeCalendar(await tokensRecordOf(actor), idempotency?.key ?? '');
      return { body: { path: name === null ? null : `/feeds/calendar/${name}.ics` } };
    },
    endCalendar: async ({ actor, params: { id }, idempotency }) => {
      await checkOwn(actor, id);
      for (const each of new Set([id, await tokensRecordOf(actor)]))
        await endCalendar(each, idempotency?.key);
      return { body: { path: null } };
    },
    personalFeed,
  },
  { personalFeed: { 'text/calendar': renderPersonalFeed } },
);

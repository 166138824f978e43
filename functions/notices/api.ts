import { pageAfter } from '../http/cursor.ts';
import { serve } from '../http/serve.ts';
import { listOfPerson } from '../people/list.ts';
import type { Notice } from '../people/notice.ts';
import { noticeKinds } from '../people/notice-kinds.ts';
import { isSelf } from '../people/own-record.ts';
import { Rejection } from '../refusals/decision.ts';
import { notices } from './contract.ts';
import { noticePrefix } from './inbox.ts';
import { mayListNotices } from './policy.ts';

export const handler = serve(notices, {
  listNotices: async ({ actor, params: { id }, query }) => {
    // The inbox under a token's own id tells its person about their erasure.
    const own = actor.volunteerId === id || (await isSelf(actor, id));
    if (!mayListNotices({ own })) throw new Rejection('forbidden');
    const { limit, cursor } = query;
    const { items, next } = await pageAfter(['notices', id], cursor, (after) =>
      listOfPerson<Notice>(id, noticePrefix, limit, after),
    );
    return {
      body: { items: items.map((each) => ({ ...each, text: noticeKinds[each.kind] })), next },
    };
  },
});

import type { UseCase } from '../http/serve.ts';
import { Rejection } from '../refusals/decision.ts';
import { localYearOf } from '../runtime/calendar.ts';
import { derivedId } from '../runtime/ids.ts';
import { settings } from '../runtime/settings.ts';
import { publishedStories, storyRows } from '../views/keys.ts';
import { listRows, rowEquals } from '../views/views.ts';
import type { publicity } from './contract.ts';
import { isPublic } from './decider.ts';
import { mayReadDrafts } from './policy.ts';
import type { StoryRow } from './projection.ts';

type Row = StoryRow & { readonly id: string; readonly version: number };

/** What lists and feeds show of a published story. Neither title nor summary has a name or a figure in it. */
export const listedOf = ({
  id,
  version,
  published: { content, on, publishedAt, updatedAt, corrections, noticeUntil, confirmedOn },
  kind,
  areaId,
  theme,
  organisationId,
  channels,
}: Row & { readonly published: NonNullable<Row['published']> }) => ({
  ...{ id, kind, areaId, theme, organisationId, channels, version },
  ...{ title: content.title, summary: content.summary },
  ...{ publishedOn: on, publishedAt, updatedAt, corrections, noticeUntil, confirmedOn },
});

const publishedIn = (rows: readonly Row[]) =>
  rows.flatMap((row) => (isPublic(row) ? [listedOf(row)] : []));

/** Published stories, newest first: by their day, never by a figure. */
export const listStories: UseCase<typeof publicity.listStories> = async ({
  query: { month, limit, cursor, ...equal },
}) => {
  const { items, next } = await listRows<StoryRow>({
    index: 'lists',
    partition: publishedStories,
    ...(month ? { prefix: month } : {}),
    where: rowEquals(equal),
    descending: true,
    limit,
    cursor,
  });
  return { body: { items: publishedIn(items), next } };
};

/** All stories, the newest first, without their texts. */
export const listStoryWork: UseCase<typeof publicity.listStoryWork> = async ({
  actor,
  query: { limit, cursor, ...equal },
}) => {
  if (!mayReadDrafts(actor)) throw new Rejection('forbidden');
  const { items, next } = await listRows<StoryRow>({
    index: 'items',
    partition: storyRows,
    where: rowEquals(equal),
    descending: true,
    limit,
    cursor,
  });
  return {
    body: {
      items: items.map((row) => ({
        ...row,
        title: row.content.title,
        isPublic: isPublic(row),
      })),
      next,
    },
  };
};

/** Stories in the feed. */
const mostEntries = 50;

/** The newest published stories. One that was taken down is in it no more. */
export const storyFeed: UseCase<typeof publicity.storyFeed> = async ({ at }) => {
  const { items } = await listRows<StoryRow>({
    index: 'lists',
    partition: publishedStories,
    descending: true,
    limit: mostEntries,
  });
  const entries = publishedIn(items);
  const [newest] = entries
    .map(({ updatedAt }) => updatedAt)
    .sort()
    .slice(-1);
  const { name, timezone } = settings();
  return {
    body: {
      id: derivedId('feed', 'stories'),
      name,
      // A feed has a time even while it has no entries: one that stays, so that its ETag does.
      updatedAt: newest ?? `${localYearOf(at, timezone)}-01-01T00:00:00.000Z`,
      entries,
    },
  };
};

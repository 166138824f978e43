import type { Fact } from '../../events/catalogue.ts';
import {
  type Channel,
  mostAuthors,
  type StatedFigure,
  type Story,
  type StoryContent,
} from '../../events/publicity.ts';
import { checkStatus, Rejection } from '../refusals/decision.ts';

/** Whether everybody may read it. */
export const isPublic = <
  S extends { readonly published: object | null; readonly withdrawal: unknown },
>(
  story: S,
): story is S & { readonly published: NonNullable<S['published']> } =>
  story.published !== null && story.withdrawal === null;

export type Draft = Pick<
  Story,
  'kind' | 'areaId' | 'theme' | 'organisationId' | 'createdOn' | 'content'
>;

export const begin = (draft: Draft, authorId: string): Fact<'StoryCreated'> => ({
  type: 'StoryCreated',
  data: {
    story: {
      ...draft,
      status: 'draft',
      authorIds: [authorId],
      approvedBy: null,
      returned: null,
      published: null,
      channels: [],
      withdrawal: null,
    },
  },
});

/** @throws Rejection `invalid-value` when there are too many */
const including = (authorIds: readonly string[], id: string): string[] => {
  const all = [...new Set([...authorIds, id])];
  if (all.length > mostAuthors)
    throw new Rejection('invalid-value', {
      zh: `一篇稿件的撰稿人不得超过 ${mostAuthors} 人；请另起一篇。`,
      en: `A story has ${mostAuthors} authors at most: begin another one.`,
    });
  return all;
};

/**
 * A new text, which has to be approved anew. Of a published story it becomes a correction. Whoever wrote anything of a
 * story stays its author: their words may be in every later text. Null when nothing changes.
 * @throws Rejection `illegal-transition` of one that was taken down, `invalid-value` when there are too many authors, and
 *   for another kind of one that is published: an exemplar has had its notice, and a story none
 */
export const revise = (
  story: Story,
  changes: Partial<Pick<Story, 'kind' | 'theme'>> & { readonly content: Partial<StoryContent> },
  authorId: string,
): Fact<'StoryRevised'> | null => {
  checkStatus(story, 'revise', 'draft', 'submitted', 'approved', 'published');
  if (story.published && changes.kind !== undefined && changes.kind !== story.kind)
    throw new Rejection(
      'invalid-value',
      { zh: '已发布的稿件不能改变类别。', en: 'The kind of a published story stays as it is.' },
      '#/kind',
    );
  const { content, ...rest } = changes;
  const next = { ...story, ...rest, content: { ...story.content, ...content } };
  if (JSON.stringify(next) === JSON.stringify(story)) return null;
  return {
    type: 'StoryRevised',
    data: {
      story: {
        ...next,
        status: 'draft',
        authorIds: including(story.authorIds, authorId),
        approvedBy: null,
        returned: null,
      },
    },
  };
};

/** @throws Rejection `illegal-transition` unless it is a draft, `invalid-value` when there are too many authors */
export const submit = (story: Story, authorId: string): Fact<'StorySubmitted'> => {
  checkStatus(story, 'submit', 'draft');
  return {
    type: 'StorySubmitted',
    data: {
      story: {
        ...story,
        status: 'submitted',
        authorIds: including(story.authorIds, authorId),
        returned: null,
      },
    },
  };
};

/** @throws Rejection `illegal-transition` unless it waits for approval, or to be published */
export const sendBack = (story: Story, reason: string): Fact<'StoryReturned'> => {
  checkStatus(story, 'return', 'submitted', 'approved');
  return {
    type: 'StoryReturned',
    data: {
      story: { ...story, status: 'draft', approvedBy: null, returned: reason },
      reason,
    },
  };
};

/** @throws Rejection `illegal-transition` unless it was handed in */
export const approve = (story: Story, approverId: string): Fact<'StoryApproved'> => {
  checkStatus(story, 'approve', 'submitted');
  return {
    type: 'StoryApproved',
    data: { story: { ...story, status: 'approved', approvedBy: approverId } },
  };
};

/** When something is published: the local date and the instant (RFC 3339). */
export interface Moment {
  readonly today: string;
  readonly now: string;
  /** The last day of a public notice that begins today. */
  readonly noticeUntil: string;
}

/** Whether a story is about the people whom it names: then it goes with the first of them. */
export const needsNames = (kind: Story['kind'], { standsWithoutNames }: StoryContent): boolean =>
  kind === 'exemplar' || !standsWithoutNames;

/** @throws Rejection `illegal-transition` unless it is approved and not published yet */
export const publish = (
  story: Story,
  figures: readonly StatedFigure[],
  { today, now, noticeUntil }: Moment,
): Fact<'StoryPublished'> => {
  checkStatus(story, 'publish', 'approved');
  if (story.published)
    throw new Rejection('illegal-transition', { status: 'published', action: 'publish' });
  return {
    type: 'StoryPublished',
    data: {
      story: {
        ...story,
        status: 'published',
        published: {
          content: story.content,
          figures: [...figures],
          unnamed: [],
          on: today,
          publishedAt: now,
          updatedAt: now,
          corrections: 0,
          correction: null,
          noticeUntil: story.kind === 'exemplar' ? noticeUntil : null,
          confirmedOn: null,
        },
      },
    },
  };
};

/**
 * Publishes an approved text in place of the one before. The notice of an exemplar begins anew, and it has to be
 * confirmed anew: people object to what it says, and to whom it names.
 * @throws Rejection `illegal-transition`
 */
export const correct = (
  story: Story,
  reason: string,
  figures: readonly StatedFigure[],
  { now, noticeUntil }: Moment,
): Fact<'StoryCorrected'> => {
  checkStatus(story, 'correct', 'approved');
  if (!story.published)
    throw new Rejection('illegal-transition', { status: 'approved', action: 'correct' });
  return {
    type: 'StoryCorrected',
    data: {
      story: {
        ...story,
        status: 'published',
        published: {
          ...story.published,
          ...(story.kind === 'exemplar' ? { noticeUntil, confirmedOn: null } : {}),
          content: story.content,
          figures: [...figures],
          unnamed: [],
          updatedAt: now,
          corrections: story.published.corrections + 1,
          correction: reason,
        },
      },
      reason,
    },
  };
};

/**
 * Confirms an exemplar after its public notice. Null when it is confirmed.
 * @param today the local date
 * @throws Rejection `illegal-transition` of another kind, or one that is not published as it stands; `notice-not-over`;
 *   `not-to-be-named` when it shows one of its people without a name, until it is corrected
 */
export const confirm = (story: Story, today: string): Fact<'ExemplarConfirmed'> | null => {
  checkStatus(story, 'confirm-exemplar', 'published');
  const { published, kind } = story;
  if (!published || published.noticeUntil === null)
    throw new Rejection('illegal-transition', { status: kind, action: 'confirm-exemplar' });
  if (published.confirmedOn !== null) return null;
  if (today <= published.noticeUntil)
    throw new Rejection('notice-not-over', { until: published.noticeUntil });
  const nameless = published.content.named.findIndex((id) => published.unnamed.includes(id));
  if (nameless >= 0) throw new Rejection('not-to-be-named', { n: nameless + 1 });
  return {
    type: 'ExemplarConfirmed',
    data: { story: { ...story, published: { ...published, confirmedOn: today } } },
  };
};

const mostChannels = 50;
const samePlace = (one: Channel, other: Channel): boolean =>
  one.kind === other.kind && one.on === other.on && one.url === other.url;

/**
 * Says where a published story appeared. The same place again replaces what was said of its reach. Null when nothing
 * changes.
 * @throws Rejection `illegal-transition`, `invalid-value` when there are too many
 */
export const addChannel = (story: Story, channel: Channel): Fact<'StoryChannelAdded'> | null => {
  if (!isPublic(story))
    throw new Rejection('illegal-transition', { status: story.status, action: 'channel' });
  const before = story.channels.find((each) => samePlace(each, channel));
  if (before?.reach === channel.reach) return null;
  const others = story.channels.filter((each) => each !== before);
  if (others.length >= mostChannels)
    throw new Rejection('invalid-value', {
      zh: `每篇最多登记 ${mostChannels} 个发布渠道。`,
      en: `A story has ${mostChannels} channels at most.`,
    });
  const byDay = [...others, channel].sort((one, other) =>
    one.on < other.on ? -1 : one.on > other.on ? 1 : 0,
  );
  return { type: 'StoryChannelAdded', data: { story: { ...story, channels: byDay } } };
};

/** Why a story goes that does not stand without the name of somebody who is not named any more. */
export const withoutConsent = '文中人物的署名同意已不再有效';

/** Takes a story down, or ends a draft. @throws Rejection `illegal-transition` when it was */
export const withdraw = (story: Story, reason: string): Fact<'StoryWithdrawn'> => {
  checkStatus(story, 'withdraw-story', 'draft', 'submitted', 'approved', 'published');
  return {
    type: 'StoryWithdrawn',
    data: { story: { ...story, status: 'withdrawn', withdrawal: reason }, reason },
  };
};

/** What became of a name since the publication: it stands, it was corrected, or the consent ended. */
type NameStanding = 'stands' | 'corrected' | 'ended';

/**
 * Takes a name out of a published story. A story that does not stand without names is taken down when a consent ended;
 * a corrected name leaves it, until the story is corrected. Null when there is nothing to take out.
 * @param now RFC 3339
 */
export const withdrawName = (
  story: Story,
  { volunteerId, standing }: { readonly volunteerId: string; readonly standing: NameStanding },
  now: string,
): Fact<'StoryNameWithdrawn' | 'StoryWithdrawn'> | null => {
  if (!isPublic(story) || standing === 'stands') return null;
  const { published } = story;
  const { content, unnamed } = published;
  if (!content.named.includes(volunteerId)) return null;
  if (standing === 'ended' && needsNames(story.kind, content))
    return withdraw(story, withoutConsent);
  if (unnamed.includes(volunteerId)) return null;
  return {
    type: 'StoryNameWithdrawn',
    data: {
      story: {
        ...story,
        published: { ...published, unnamed: [...unnamed, volunteerId], updatedAt: now },
      },
      volunteerId,
    },
  };
};

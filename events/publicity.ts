import * as z from 'zod';
import { aggregates } from './aggregates.ts';
import {
  actorId,
  areaId,
  define,
  localDate,
  reason,
  stringKinds,
  text,
  themeKey,
  uuid,
} from './envelope.ts';

/** What a text is: a report of what took place, a practice that others may copy, or of somebody to follow. */
const storyKinds = ['story', 'practice-note', 'exemplar'] as const;

/** Where a story appears, as people call it. */
export const channelKinds = {
  news: { zh: '新闻媒体', en: 'news media' },
  social: { zh: '社交媒体', en: 'social media' },
  video: { zh: '视频平台', en: 'video' },
  mobile: { zh: '移动终端', en: 'mobile' },
  led: { zh: '电子屏', en: 'LED screens' },
  banner: { zh: '横幅', en: 'banners' },
  meeting: { zh: '会议宣讲', en: 'meetings' },
  print: { zh: '印刷品', en: 'print' },
} as const;
type ChannelKind = keyof typeof channelKinds;

export const channel = z
  .object({
    kind: z.enum(Object.keys(channelKinds) as [ChannelKind, ...ChannelKind[]]).meta({
      id: 'ChannelKind',
      description:
        'Where a story appears: `news` media, `social` media, `video`, `mobile` apps and messages, `led` screens, `banner`s, a `meeting`, `print`.',
    }),
    on: localDate.describe('The day on which it appeared there.'),
    url: z
      .string()
      .max(500)
      .register(stringKinds, { kind: 'code' })
      .nullable()
      .describe('Its public https address; null where it has none.'),
    reach: z
      .int()
      .min(0)
      .max(1_000_000_000)
      .nullable()
      .describe(
        'How many people the channel says it reached: for information only. Nothing is ordered by it, and it is never summed.',
      ),
  })
  .meta({ id: 'StoryChannel', description: 'A place where a story appeared.' });
export type Channel = Readonly<z.infer<typeof channel>>;

/** The most people who may write one story. */
export const mostAuthors = 50;
/** The most figures, and the most people, that one text may refer to. */
export const mostFigures = 20;
export const mostNamed = 10;

export const storyContent = z
  .object({
    title: text(80),
    summary: text(200).describe('What lists and feeds show.'),
    text: text(5000).describe(
      'A paragraph a line. `{{metric|period|area|theme}}` stands for a figure, `{{name|n}}` for the name of the n-th of `named`.',
    ),
    named: z
      .array(uuid)
      .max(mostNamed)
      .describe('The volunteers whom the text names, by their ids. Their names are in no event.'),
    standsWithoutNames: z
      .boolean()
      .describe(
        'Whether the text can be shown without the names; if not, it is taken down with the first of them.',
      ),
  })
  .meta({ id: 'StoryContent', description: 'What a story says.' });
export type StoryContent = Readonly<z.infer<typeof storyContent>>;

export const statedFigure = z
  .object({
    metric: z
      .string()
      .min(1)
      .max(80)
      .register(stringKinds, { kind: 'code' })
      .describe('The name of a metric.'),
    period: z
      .string()
      .regex(/^\d{4}(-\d{2})?$/, '须为年或年月 / must be yyyy or yyyy-mm')
      .describe('A year or a month.'),
    areaId: areaId.nullable(),
    theme: themeKey.nullable(),
    value: z.number().describe('The figure when the text was published.'),
    closed: z
      .boolean()
      .describe(
        'Whether the period was closed then: a figure that changes after that is corrected.',
      ),
  })
  .meta({ id: 'StatedFigure', description: 'A figure as a published text stated it.' });
export type StatedFigure = Readonly<z.infer<typeof statedFigure>>;

export const publication = z
  .object({
    content: storyContent,
    figures: z.array(statedFigure).max(mostFigures),
    unnamed: z
      .array(uuid)
      .max(mostNamed)
      .describe(
        'Those of `named` whose consent ended since, or whose name was corrected: their names are not shown.',
      ),
    on: localDate.describe('The day of its first publication.'),
    publishedAt: z.iso.datetime().describe('When it was first published.'),
    updatedAt: z.iso.datetime().describe('When what it says last changed.'),
    corrections: z.int().min(0).describe('How often it was corrected.'),
    correction: reason.nullable().describe('Why it was corrected last; null when it never was.'),
    noticeUntil: localDate
      .nullable()
      .describe(
        'Of an exemplar: the last day of the public notice, which each correction begins anew; null of other kinds.',
      ),
    confirmedOn: localDate
      .nullable()
      .describe(
        'Of an exemplar: the day on which the district confirmed it after the notice; null until then, and again after a correction.',
      ),
  })
  .meta({ id: 'Publication', description: 'What of a story is published.' });
export type Publication = Readonly<z.infer<typeof publication>>;

export const story = z
  .object({
    kind: z.enum(storyKinds).meta({
      id: 'StoryKind',
      description:
        'A report of what took place, a practice that others may copy, or an `exemplar`: people or a team to follow, confirmed after a public notice.',
    }),
    areaId,
    theme: themeKey.nullable(),
    organisationId: uuid.describe('The organisation that tells it.'),
    createdOn: localDate.describe('The day on which it was begun.'),
    status: z.enum(['draft', 'submitted', 'approved', 'published', 'withdrawn']).meta({
      id: 'StoryStatus',
      description:
        'Where the newest text stands. While a correction is written, what is published stays as it is.',
    }),
    content: storyContent.describe('The newest text.'),
    authorIds: z
      .array(actorId)
      .max(mostAuthors)
      .describe(
        'Everybody who wrote or handed in a text of it, also an earlier one. None of them approves or confirms it.',
      ),
    approvedBy: actorId.nullable(),
    returned: reason
      .nullable()
      .describe('Why the newest text was sent back; null when it was not.'),
    published: publication.nullable(),
    channels: z.array(channel).max(50),
    withdrawal: reason.nullable().describe('Why it was taken down; null while it was not.'),
  })
  .meta({ id: 'StoryState', description: 'A story after an event.' });
export type Story = Readonly<z.infer<typeof story>>;

const content: StoryContent = {
  title: '义诊进社区 服务送到家门口',
  summary: '红旗社区举办义诊，医务志愿者为居民测血压、测血糖。',
  text: '十月，红旗社区举办义诊。\n本月共有{{participations|2025-10|hongqi-01|FREE_CLINIC}}参加服务，志愿者{{name|1}}连续三年参加。',
  named: ['0198c0de-0000-7000-8000-0000000000c1'],
  standsWithoutNames: true,
};

const draft: Story = {
  kind: 'story',
  areaId: 'hongqi-01',
  theme: 'FREE_CLINIC',
  organisationId: '0198c0de-0000-7000-8000-0000000000a1',
  createdOn: '2025-10-20',
  status: 'draft',
  content,
  authorIds: ['organiser-1'],
  approvedBy: null,
  returned: null,
  published: null,
  channels: [],
  withdrawal: null,
};
const submitted: Story = { ...draft, status: 'submitted' };
const approved: Story = { ...draft, status: 'approved', approvedBy: 'verifier-1' };
const published: Story = {
  ...approved,
  status: 'published',
  published: {
    content,
    figures: [
      {
        metric: 'participations',
        period: '2025-10',
        areaId: 'hongqi-01',
        theme: 'FREE_CLINIC',
        value: 53,
        closed: false,
      },
    ],
    unnamed: [],
    on: '2025-10-22',
    publishedAt: '2025-10-22T06:00:00.000Z',
    updatedAt: '2025-10-22T06:00:00.000Z',
    corrections: 0,
    correction: null,
    noticeUntil: null,
    confirmedOn: null,
  },
};
const about = published.published as Publication;

const storyEvent = <Extra extends z.ZodRawShape>(
  summary: { readonly en: string; readonly zh: string },
  extra: Extra,
  example: z.input<z.ZodObject<{ story: typeof story } & Extra>>,
) => define(aggregates.story, { summary, data: z.object({ story, ...extra }), example });

export const publicityEvents = {
  StoryCreated: storyEvent({ en: 'A story was begun', zh: '宣传稿件已起草' }, {}, { story: draft }),
  StoryRevised: storyEvent(
    { en: 'The text of a story was changed', zh: '宣传稿件已修改' },
    {},
    { story: { ...draft, theme: null } },
  ),
  StorySubmitted: storyEvent(
    { en: 'A story was handed in to be read by somebody else', zh: '宣传稿件已提交审核' },
    {},
    { story: submitted },
  ),
  StoryReturned: storyEvent(
    { en: 'A story was sent back to its authors', zh: '宣传稿件已退回修改' },
    { reason },
    { story: { ...draft, returned: '请核对活动日期' }, reason: '请核对活动日期' },
  ),
  StoryApproved: storyEvent(
    { en: 'A story was approved by somebody else than its authors', zh: '宣传稿件已审核通过' },
    {},
    { story: approved },
  ),
  StoryPublished: storyEvent(
    { en: 'A story was published', zh: '宣传报道已发布' },
    {},
    { story: published },
  ),
  StoryCorrected: storyEvent(
    { en: 'A published story was corrected', zh: '宣传报道已更正' },
    { reason },
    {
      story: {
        ...published,
        published: { ...about, corrections: 1, correction: '活动日期有误' },
      },
      reason: '活动日期有误',
    },
  ),
  ExemplarConfirmed: storyEvent(
    { en: 'An exemplar was confirmed after its public notice', zh: '先进典型公示期满，已确认' },
    {},
    {
      story: {
        ...published,
        kind: 'exemplar',
        published: { ...about, noticeUntil: '2025-10-29', confirmedOn: '2025-10-30' },
      },
    },
  ),
  StoryChannelAdded: storyEvent(
    { en: 'A published story appeared in a channel', zh: '宣传报道已登记发布渠道' },
    {},
    {
      story: {
        ...published,
        channels: [
          { kind: 'news', on: '2025-10-23', url: 'https://news.example.org/a', reach: null },
        ],
      },
    },
  ),
  StoryNameWithdrawn: storyEvent(
    { en: 'A published story names somebody no longer', zh: '宣传报道已撤下一人姓名' },
    { volunteerId: uuid },
    {
      story: {
        ...published,
        published: { ...about, unnamed: ['0198c0de-0000-7000-8000-0000000000c1'] },
      },
      volunteerId: '0198c0de-0000-7000-8000-0000000000c1',
    },
  ),
  StoryWithdrawn: storyEvent(
    { en: 'A story was taken down', zh: '宣传报道已撤回' },
    { reason },
    {
      story: { ...published, status: 'withdrawn', withdrawal: '内容有误' },
      reason: '内容有误',
    },
  ),
};

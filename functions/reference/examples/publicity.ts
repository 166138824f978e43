import { catalogue } from '../../../events/catalogue.ts';
import type { contracts } from '../contracts.ts';
import type { ExamplesOf } from './examples.ts';
import { ids, page } from './samples.ts';

const id = '0198c0de-0000-7000-8000-0000000000f9';
const { story: draft } = catalogue.StoryCreated.example;
const { story: submitted } = catalogue.StorySubmitted.example;
const { story: returned } = catalogue.StoryReturned.example;
const { story: approved } = catalogue.StoryApproved.example;
const { story: published } = catalogue.StoryPublished.example;
const { story: corrected } = catalogue.StoryCorrected.example;
const { story: inChannel } = catalogue.StoryChannelAdded.example;
const { story: confirmed } = catalogue.ExemplarConfirmed.example;
const { story: withdrawn } = catalogue.StoryWithdrawn.example;

const checkLimits = {
  zh: '机器核对只能发现常见写法，请审核人逐字核对。',
  en: 'A program finds common forms only: whoever approves the text has to read it.',
};
const found = { rawFigures: [], checkLimits };
const { title, summary, text, named } = draft.content;
const place = {
  kind: draft.kind,
  areaId: draft.areaId,
  theme: draft.theme,
  organisationId: ids.organisation,
};
const listed = {
  id,
  ...place,
  title,
  summary,
  publishedOn: '2025-10-22',
  publishedAt: '2025-10-22T06:00:00.000Z',
  updatedAt: '2025-10-22T06:00:00.000Z',
  corrections: 0,
  noticeUntil: null,
  confirmedOn: null,
  channels: inChannel.channels,
  version: 5,
};

export const publicity = {
  bodies: {
    createStory: { ...place, title, summary, text, named },
    reviseStory: { title: '义诊走进红旗社区' },
    returnStory: { reason: '请核对活动日期' },
    correctStory: { reason: '活动日期有误' },
    addChannel: { kind: 'news', on: '2025-10-23', url: 'https://news.example.org/a' },
    withdrawStory: { reason: '内容有误' },
  },
  answers: {
    createStory: {
      id,
      ...draft,
      version: 1,
      checkLimits,
      rawFigures: [
        {
          paragraph: 1,
          character: 12,
          text: '120人次',
          references: ['{{participations|2025-10|hongqi-01|FREE_CLINIC}}'],
        },
      ],
    },
    reviseStory: { id, ...draft, version: 2, ...found },
    submitStory: { id, ...submitted, version: 3, ...found },
    returnStory: { id, ...returned, version: 4, ...found },
    approveStory: { id, ...approved, version: 4, ...found },
    publishStory: { id, ...published, version: 5, ...found },
    correctStory: { id, ...corrected, version: 9, ...found },
    confirmExemplar: { id, ...confirmed, version: 6, ...found },
    addChannel: { id, ...inChannel, version: 6, ...found },
    withdrawStory: { id, ...withdrawn, version: 7, ...found },
    readStoryWork: { id, ...submitted, version: 3, ...found },
    listStoryWork: page({ id, ...submitted, title, isPublic: false, version: 3 }),
    listStories: page(listed),
    readStory: {
      ...listed,
      status: 'published' as const,
      withdrawal: null,
      correction: null,
      text: '十月，红旗社区举办义诊。\n本月共有53人次参加服务，志愿者雷小锋连续三年参加。',
      figures: [
        {
          reference: '{{participations|2025-10|hongqi-01|FREE_CLINIC}}',
          name: '参与志愿者人次',
          shown: '53人次',
          published: '53人次',
          standing: 'same' as const,
        },
      ],
    },
    storyFeed: {
      id: '5fd5139f-2187-80a0-82f2-3e3c1e721d90',
      name: 'demo',
      updatedAt: listed.updatedAt,
      entries: [listed],
    },
  },
} satisfies ExamplesOf<(typeof contracts)['publicity']>;

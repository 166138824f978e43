import * as z from 'zod';
import { areaId, themeKey, uuid } from '../../events/envelope.ts';
import { channel, mostNamed, story, storyContent } from '../../events/publicity.ts';
import { type Contract, month, pageOf, paging, route } from '../http/contract.ts';
import { officialTexts } from '../http/official-text.ts';
import { publicText } from '../people/public-text.ts';
import { listedStory, listedWork, shownStory, work } from './answers.ts';
import { publicUrl } from './public-url.ts';
import { masked, partsOf, referenceFaults } from './references.ts';

const byId = z.strictObject({ id: uuid });

/** A text of one line, in which nothing stands for a figure or a name. */
const plainLine = (max: number, what: string) =>
  publicText(max)
    .refine((text) => partsOf(text).every(({ kind }) => kind === 'words'), {
      message: '标题和摘要不得使用引用 / title and summary take no references',
    })
    .describe(what)
    .register(officialTexts, { max });

const mostCharacters = 5000;
const content = {
  title: plainLine(80, 'What it is called.'),
  summary: plainLine(200, 'What lists and feeds show.'),
  text: publicText(mostCharacters, masked)
    .describe(
      'A paragraph a line. `{{metric|period|area|theme}}` stands for a figure, as `{{participations|2025-10|hongqi-01}}`, `{{name|n}}` for the name of the n-th of `named`.',
    )
    .register(officialTexts, { max: mostCharacters }),
  named: z
    .array(uuid)
    .max(mostNamed)
    .refine((ids) => new Set(ids).size === ids.length, { message: '不得重复 / no repeats' })
    .describe('The volunteers whom the text names. Each must have agreed to be named.'),
  standsWithoutNames: storyContent.shape.standsWithoutNames,
};

/** Refuses placeholders that stand for nothing, each with its place. */
const checkReferences = (
  { text, named }: { readonly text: string; readonly named: readonly string[] },
  context: z.core.$RefinementCtx,
): void => {
  for (const { paragraph, character, zh, en } of referenceFaults(text, named.length).slice(0, 10))
    context.addIssue({
      code: 'custom',
      path: ['text'],
      message: `第${paragraph}段第${character}字处${zh} / paragraph ${paragraph}, character ${character}: ${en}`,
    });
};

const channelInput = z
  .strictObject({
    kind: channel.shape.kind,
    on: channel.shape.on,
    url: publicUrl.nullable().default(null),
    reach: channel.shape.reach.default(null),
  })
  .meta({ id: 'StoryChannelInput', description: 'A place where a story appeared.' });

const because = z.strictObject({ reason: publicText(200) });

const onStory = {
  access: 'token',
  params: byId,
  answer: work,
  versioned: true,
} as const;
const commandProblems = ['not-found', 'illegal-transition', 'stale-version'] as const;
const publishing = [
  ...commandProblems,
  'unknown-reference',
  'not-to-be-named',
  'figure-not-public',
  'invalid-value',
  'record-unreadable',
] as const;

export const publicity = {
  createStory: route({
    key: 'POST /stories',
    access: 'token',
    summary: {
      en: 'Begin a story, a practice note or an exemplar',
      zh: '起草宣传报道、经验做法或先进典型',
    },
    body: z
      .strictObject({
        kind: story.shape.kind,
        areaId,
        theme: themeKey.nullable().default(null),
        organisationId: uuid,
        ...content,
        named: content.named.default([]),
        standsWithoutNames: content.standsWithoutNames.default(true),
      })
      .superRefine(checkReferences),
    status: 201,
    answer: work,
    versioned: true,
    problems: ['unknown-reference', 'theme-not-planned'],
  }),
  reviseStory: route({
    key: 'PATCH /stories/{id}',
    ...onStory,
    summary: {
      en: 'Change the text; of a published story this begins a correction',
      zh: '修改稿件；已发布的即开始更正',
    },
    body: z
      .strictObject({
        kind: story.shape.kind,
        theme: story.shape.theme,
        title: content.title,
        summary: content.summary,
        text: content.text,
        named: content.named,
        standsWithoutNames: content.standsWithoutNames,
      })
      .partial()
      .refine((changes) => Object.keys(changes).length > 0, {
        message: '至少更改一项 / change at least one field',
      }),
    problems: [...commandProblems, 'invalid-value', 'theme-not-planned'],
  }),
  submitStory: route({
    key: 'POST /stories/{id}/submit',
    ...onStory,
    summary: { en: 'Hand it in to be read by somebody else', zh: '提交审核' },
    problems: publishing,
  }),
  returnStory: route({
    key: 'POST /stories/{id}/return',
    ...onStory,
    summary: { en: 'Send it back to its authors', zh: '退回修改' },
    body: because,
    problems: [...commandProblems, 'own-story'],
  }),
  approveStory: route({
    key: 'POST /stories/{id}/approve',
    ...onStory,
    summary: { en: 'Approve it; not by somebody who wrote it', zh: '审核通过（撰稿人除外）' },
    problems: [...publishing, 'own-story'],
  }),
  publishStory: route({
    key: 'POST /stories/{id}/publish',
    ...onStory,
    summary: {
      en: 'Publish an approved story; the public notice of an exemplar begins with it',
      zh: '发布稿件；先进典型自此公示',
    },
    problems: publishing,
  }),
  correctStory: route({
    key: 'POST /stories/{id}/correct',
    ...onStory,
    summary: {
      en: 'Publish an approved correction in place of the text before; of an exemplar the public notice begins anew',
      zh: '发布已审核的更正稿；先进典型须重新公示',
    },
    body: because,
    problems: publishing,
  }),
  confirmExemplar: route({
    key: 'POST /stories/{id}/confirm',
    ...onStory,
    summary: {
      en: 'Confirm an exemplar after its public notice; not by somebody who wrote it',
      zh: '公示期满后确认先进典型（撰稿人除外）',
    },
    problems: [...commandProblems, 'own-story', 'notice-not-over', 'not-to-be-named'],
  }),
  addChannel: route({
    key: 'POST /stories/{id}/channels',
    ...onStory,
    summary: { en: 'Say where a published story appeared', zh: '登记发布渠道' },
    body: channelInput,
    problems: [...commandProblems, 'invalid-value'],
  }),
  withdrawStory: route({
    key: 'POST /stories/{id}/withdraw',
    ...onStory,
    summary: { en: 'Take a story down, or end a draft', zh: '撤回稿件' },
    body: because,
    problems: commandProblems,
  }),
  listStoryWork: route({
    key: 'GET /story-drafts',
    access: 'token',
    summary: { en: 'All stories, newest first, for staff', zh: '稿件列表（工作人员）' },
    query: z.strictObject({
      status: story.shape.status.optional(),
      organisationId: uuid.optional(),
      areaId: areaId.optional(),
      ...paging,
    }),
    answer: pageOf(listedWork),
    problems: ['invalid-cursor'],
  }),
  readStoryWork: route({
    key: 'GET /story-drafts/{id}',
    ...onStory,
    summary: { en: 'A story with its newest text, for staff', zh: '查看稿件（工作人员）' },
    problems: ['not-found'],
  }),
  listStories: route({
    key: 'GET /stories',
    access: 'public',
    summary: { en: 'Published stories, newest first', zh: '宣传报道、经验做法与先进典型' },
    query: z.strictObject({
      month: month.optional().describe('Published in this month.'),
      kind: story.shape.kind.optional(),
      areaId: areaId.optional().describe('Of this area alone.'),
      theme: themeKey.optional(),
      ...paging,
    }),
    answer: pageOf(listedStory),
    also: ['text/html'],
    problems: ['invalid-cursor'],
  }),
  readStory: route({
    key: 'GET /stories/{id}',
    access: 'public',
    summary: { en: 'A published story', zh: '查看宣传报道' },
    params: byId,
    answer: shownStory,
    also: ['text/html'],
    problems: ['not-found'],
  }),
  storyFeed: route({
    key: 'GET /feeds/stories.atom',
    access: 'public',
    summary: { en: 'The newest published stories as a feed', zh: '宣传报道订阅源' },
    only: 'application/atom+xml',
    answer: z.object({
      id: uuid,
      name: z.string(),
      updatedAt: z.iso.datetime(),
      entries: z.array(listedStory),
    }),
  }),
} satisfies Contract;

import * as z from 'zod';
import { areaId, localDate, themeKey, uuid } from '../../events/envelope.ts';
import { channel, mostNamed, publication, story, storyContent } from '../../events/publicity.ts';
import { type Contract, month, pageOf, paging, route, words } from '../http/contract.ts';
import { officialTexts } from '../http/official-text.ts';
import { publicText } from '../people/public-text.ts';
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

const rawFigure = z
  .object({
    paragraph: z.int().min(1).describe('The paragraph, from 1.'),
    character: z.int().min(1).describe('The character in the paragraph, from 1.'),
    text: z.string().describe('The number with its measure word.'),
    references: z
      .array(z.string())
      .describe('References that say such a number, to be written in its place; often none.'),
  })
  .meta({
    id: 'RawFigure',
    description:
      'A number typed into a text that may be a figure: it would not be corrected with it.',
  });

/** A story as those see it who work on it. */
const work = z
  .object({
    id: uuid,
    ...story.shape,
    version: z.int(),
    rawFigures: z.array(rawFigure).describe('Numbers that may be figures. They do not hinder.'),
    checkLimits: words.describe('What the check of the text cannot know.'),
  })
  .meta({ id: 'StoryWork', description: 'A story as those see it who work on it.' });

const listedWork = z
  .object({
    id: uuid,
    ...story.omit({ content: true, published: true }).shape,
    title: storyContent.shape.title,
    isPublic: z.boolean().describe('Whether everybody may read a text of it.'),
    version: z.int(),
  })
  .meta({ id: 'ListedStoryWork', description: 'A story in the list of those who work on them.' });

const listed = {
  id: uuid,
  kind: story.shape.kind,
  areaId,
  theme: story.shape.theme,
  organisationId: uuid,
  title: storyContent.shape.title,
  summary: storyContent.shape.summary,
  publishedOn: localDate.describe('The day of its first publication.'),
  publishedAt: publication.shape.publishedAt,
  updatedAt: publication.shape.updatedAt,
  corrections: publication.shape.corrections,
  channels: z.array(channel).describe('In the order of their days.'),
  version: z.int(),
};
const listedStory = z
  .object(listed)
  .meta({ id: 'ListedStory', description: 'A published story in a list.' });

const shownFigure = z
  .object({
    reference: z.string().describe('As the author wrote it.'),
    name: z.string().describe('What the figure is.'),
    shown: z
      .string()
      .nullable()
      .describe('As the text shows it; null when it is not shown any more.'),
    published: z.string().describe('As it was when the text was published.'),
    standing: z.enum(['same', 'corrected', 'updated', 'not-shown']).meta({
      id: 'FigureStanding',
      description:
        '`corrected`: it changed after its period was closed. `updated`: its period was open when the text was published. `not-shown`: it is not published any more.',
    }),
  })
  .meta({ id: 'ShownFigure', description: 'A figure that a published text refers to.' });

const shownStory = z
  .object({
    ...listed,
    title: listed.title.nullable().describe('Null of one that was taken down.'),
    summary: listed.summary.nullable(),
    status: z.enum(['published', 'withdrawn']).meta({
      id: 'PublicationStatus',
      description: 'Whether a story can be read, or was taken down.',
    }),
    withdrawal: story.shape.withdrawal,
    correction: publication.shape.correction,
    text: z
      .string()
      .nullable()
      .describe('With figures and names as they are now; null of one that was taken down.'),
    figures: z.array(shownFigure),
  })
  .meta({ id: 'Story', description: 'A story as everybody may read it.' });

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
    summary: { en: 'Begin a story or a practice note', zh: '起草宣传报道或经验做法' },
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
    summary: { en: 'Publish an approved story', zh: '发布稿件' },
    problems: publishing,
  }),
  correctStory: route({
    key: 'POST /stories/{id}/correct',
    ...onStory,
    summary: {
      en: 'Publish an approved correction in place of the text before',
      zh: '发布已审核的更正稿',
    },
    body: because,
    problems: publishing,
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
    summary: { en: 'Published stories, newest first', zh: '宣传报道与经验做法' },
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

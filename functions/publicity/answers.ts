import * as z from 'zod';
import { areaId, localDate, uuid } from '../../events/envelope.ts';
import { channel, publication, story, storyContent } from '../../events/publicity.ts';
import { words } from '../http/contract.ts';

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
export const work = z
  .object({
    id: uuid,
    ...story.shape,
    version: z.int(),
    rawFigures: z.array(rawFigure).describe('Numbers that may be figures. They do not hinder.'),
    checkLimits: words.describe('What the check of the text cannot know.'),
  })
  .meta({ id: 'StoryWork', description: 'A story as those see it who work on it.' });

export const listedWork = z
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
  noticeUntil: publication.shape.noticeUntil,
  confirmedOn: publication.shape.confirmedOn,
  channels: z.array(channel).describe('In the order of their days.'),
  version: z.int(),
};
export const listedStory = z
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
    published: z
      .string()
      .nullable()
      .describe('As it was when the text was published; null when it is not shown any more.'),
    standing: z.enum(['same', 'corrected', 'updated', 'not-shown']).meta({
      id: 'FigureStanding',
      description:
        '`corrected`: it changed after its period was closed. `updated`: its period was open when the text was published. `not-shown`: it is not published any more.',
    }),
  })
  .meta({ id: 'ShownFigure', description: 'A figure that a published text refers to.' });

export const shownStory = z
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

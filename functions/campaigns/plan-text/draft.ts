import * as z from 'zod';
import { warningCodes } from './warning-codes.ts';

const span = z
  .object({
    start: z.int().min(0).describe('The first character.'),
    end: z.int().min(0).describe('The character after the last one.'),
  })
  .meta({
    id: 'PlanSpan',
    description: 'Where in the given text something was read, counted in UTF-16 units.',
    examples: [{ start: 0, end: 4 }],
  });

/** `yyyy-mm-dd`, or `mm-dd` while the year is open. */
const day = z
  .string()
  .regex(/^(?:\d{4}-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/)
  .describe('`yyyy-mm-dd`, or `mm-dd` while the year is open.');

const when = z
  .union([
    z.object({
      months: z.array(z.int().min(1).max(12)).min(1).describe('Calendar months, ascending.'),
    }),
    z.object({ dates: z.array(day).min(1).describe('Days.') }),
    z.object({ range: z.tuple([day, day]).describe('First and last day.') }),
    z.object({
      before: day.describe(
        'Done before this day, or by it where the text names the end of a month.',
      ),
    }),
    z.object({ lunar: z.string().describe('A day of the lunar calendar or 清明, as written.') }),
  ])
  .meta({ id: 'PlanWhen', description: 'When a theme is, as the text says it.' });

const words = z
  .object({ text: z.string().describe('As written.'), span })
  .meta({ id: 'PlanWords', description: 'Words of the text.' });

/** 牵头, 责任, 配合 or 参与. */
export const unitRole = z.enum(['lead', 'responsible', 'cooperating', 'participating']).meta({
  id: 'PlanUnitRole',
  description: '牵头, 责任, 配合 or 参与.',
});

const spans = z.array(span).describe('Where it was read.');

const theme = z
  .object({
    title: z.string().describe('The name of the activity, as written.'),
    span,
    when: when.nullable().describe('Null where the text names no month: a person must be asked.'),
    whenBasis: z.enum(['stated', 'order', 'inherited']).nullable().meta({
      id: 'PlanWhenBasis',
      description:
        'Stated at the theme; by its place in the order of the months; or taken from the time of the whole plan.',
    }),
    whenSpans: spans,
    content: words
      .nullable()
      .describe('What is done, in whole sentences of the text, up to 200 characters.'),
    audience: words.nullable().describe('For whom it is, as written.'),
    units: z.array(
      z
        .object({
          name: z.string().describe('As written.'),
          role: unitRole,
          span,
        })
        .meta({ id: 'PlanUnit', description: 'A unit that a theme names.' }),
    ),
    kind: z
      .enum(['activity', 'meeting', 'publicity', 'commendation', 'recruitment', 'key-day'])
      .meta({
        id: 'PlanThemeKind',
        description: 'What it is; a meeting and a commendation are no volunteer service.',
      }),
    sub: z
      .array(
        z
          .object({ title: z.string().describe('As written.'), span })
          .meta({ id: 'PlanPart', description: 'A part of a theme.' }),
      )
      .describe('Its parts, where the text lists them.'),
  })
  .meta({ id: 'PlanTheme', description: 'A theme that was read.' });

export const draft = z
  .object({
    year: z
      .int()
      .nullable()
      .describe('Null where the text does not say it, or contradicts itself.'),
    yearBasis: z.enum(['explicit', 'title', 'ordinal', 'conflict', 'placeholder', 'none']).meta({
      id: 'PlanYearBasis',
      description: 'What the year was read from, or why there is none.',
    }),
    yearSpans: spans,
    window: z
      .object({ first: day, last: day, span })
      .nullable()
      .describe('First and last day of the whole plan.'),
    title: words.nullable().describe('The title of the plan.'),
    slogan: words.nullable(),
    issuer: z
      .object({ name: z.string().describe('As written.'), span })
      .nullable()
      .describe('Whose plan it is.'),
    themes: z.array(theme),
    routines: z.array(
      z
        .object({
          title: z.string().describe('As written.'),
          recurrence: z
            .string()
            .describe('How often, as written; empty when the text does not say.'),
          span,
        })
        .meta({ id: 'PlanRoutine', description: 'A service without a month.' }),
    ),
    targets: z
      .array(
        z
          .object({
            text: z.string().describe('As written.'),
            value: z.number().nullable().describe('Null for a range.'),
            unit: z.string(),
            span,
          })
          .meta({ id: 'PlanTarget', description: 'A number that looks like a goal.' }),
      )
      .describe('Shown, and not taken into the campaign.'),
    notes: z
      .array(words)
      .describe('Headings that were not taken for themes: a person should look at them.'),
    warnings: z.array(
      z
        .object({
          code: z
            .enum(warningCodes)
            .meta({ id: 'PlanWarningCode', description: 'Explained in docs/plans.md.' }),
          span: span.optional(),
        })
        .meta({ id: 'PlanWarning', description: 'What a person must know of the text.' }),
    ),
  })
  .meta({
    id: 'PlanDraft',
    description: 'What was read from the text of a plan. Nothing is stored.',
  });

export type Draft = z.infer<typeof draft>;
export type DraftTheme = Draft['themes'][number];

import * as z from 'zod';
import { campaign, routine, theme } from '../../events/campaigns.ts';
import { unitRole } from './plan-text/draft.ts';

/** Characters of a text that is read at all; a plan of a year has a tenth of them. */
export const maxPlanCharacters = 100_000;

/** The most themes and routines of a campaign, and the most units of a theme. */
export const mostOf = { themes: 24, routines: 24, units: 20 } as const;

/** A plan in JSON. */
export const planText = z
  .strictObject({ text: z.string().describe('The text of the plan.') })
  .meta({ id: 'PlanText', description: 'The text of a plan.' });

/**
 * The body of `POST /campaigns` as far as the text gives it, under the names of the campaign model. What
 * is null is asked.
 */
export const proposal = z
  .object({
    year: campaign.shape.year.nullable(),
    title: z.string().nullable(),
    slogan: z.string(),
    themes: z.array(
      z
        .object({
          key: theme.shape.key,
          title: z.string(),
          months: z
            .array(z.int().min(1).max(12))
            .min(1)
            .nullable()
            .describe('The calendar months, ascending; null where a person must be asked.'),
          dates: z
            .array(z.string())
            .describe('The days, `yyyy-mm-dd`, where the text names days of a known year.'),
          audience: z.string().describe('For whom; empty where the text does not say.'),
          content: z.string().describe('What is done; empty where the text says no more.'),
          units: z.array(
            z
              .object({
                name: z.string(),
                role: unitRole,
              })
              .meta({ id: 'ProposedUnit', description: 'A unit, as a campaign takes it.' }),
          ),
        })
        .meta({ id: 'ProposedTheme', description: 'A theme, as a campaign takes it.' }),
    ),
    routines: z.array(routine),
  })
  .meta({
    id: 'ProposedCampaign',
    description: 'What POST /campaigns would take, once a person has filled in what is null.',
  });
export type Proposal = z.infer<typeof proposal>;

/** Beside the proposal, so that what is proposed has no field that `POST /campaigns` does not know. */
export const draftThemes = z
  .array(z.int().min(0))
  .describe(
    'For each theme of the proposal, in its order, its place among the themes of the draft, from 0.',
  );

export const question = z
  .object({
    pointer: z.string().describe('JSON Pointer into the proposal.'),
    code: z
      .enum([
        'YEAR',
        'TITLE',
        'MONTHS',
        'CONFIRM_MONTHS',
        'TOO_MANY',
        'NO_THEMES',
        'LEFT_OUT',
        'SHORTENED',
      ])
      .meta({ id: 'PlanQuestionCode', description: 'What a person must decide.' }),
  })
  .meta({
    id: 'PlanQuestion',
    description: 'What a person must decide before it becomes a campaign.',
  });
export type Question = z.infer<typeof question>;

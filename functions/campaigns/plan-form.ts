import * as z from 'zod';

const line = (max: number) => z.string().trim().max(max);
/** A theme without a title is one that the person has taken out. */
const theme = z.strictObject({
  key: line(40).optional(),
  title: line(80).optional(),
  months: z.array(z.coerce.number().int().min(1).max(12)).max(12).default([]),
  lead: line(200).default(''),
  audience: line(200).default(''),
  content: line(400).default(''),
});

/** The form in which a person mends a draft: its fields, and the text beside it, which is never stored. */
export const planForm = z
  .strictObject({
    text: z.string().max(100_000).default(''),
    year: z.coerce.number().int().min(2000).max(2999),
    title: line(120).min(1),
    slogan: line(120).default(''),
    themes: z.array(theme).min(1).max(30),
    routines: z
      .array(z.strictObject({ key: line(40).optional(), title: line(80).optional() }))
      .max(30)
      .default([]),
  })
  .superRefine(({ themes }, context) => {
    for (const [at, { title, months }] of themes.entries())
      if (title && months.length === 0)
        context.addIssue({
          code: 'custom',
          path: ['themes', at, 'months'],
          message: '请选择月份 / choose the months',
        });
  });

/** A draft as the page shows it, whoever read it. */
export interface PlanDraft {
  readonly year: number | null;
  readonly title: string;
  readonly slogan: string;
  readonly themes: readonly {
    readonly key: string;
    readonly title: string;
    readonly months: readonly number[];
    readonly lead: string;
    readonly audience: string;
    readonly content: string;
  }[];
  readonly routines: readonly { readonly key: string; readonly title: string }[];
}

/** A draft as the fields of its form. */
export const fieldsOfDraft = (
  { year, title, slogan, themes, routines }: PlanDraft,
  text: string,
): ReadonlyMap<string, readonly string[]> =>
  new Map<string, readonly string[]>([
    ['text', [text]],
    ['year', [year === null ? '' : String(year)]],
    ['title', [title]],
    ['slogan', [slogan]],
    ...themes.flatMap(({ months, ...each }, at): [string, readonly string[]][] => [
      ...Object.entries(each).map(([name, value]): [string, readonly string[]] => [
        `themes.${at}.${name}`,
        [value],
      ]),
      [`themes.${at}.months[]`, months.map(String)],
    ]),
    ...routines.flatMap((each, at) =>
      Object.entries(each).map(([name, value]): [string, readonly string[]] => [
        `routines.${at}.${name}`,
        [value],
      ]),
    ),
  ]);

import * as z from 'zod';
import { type Campaign, routine, theme, themeUnit } from '../../events/campaigns.ts';
import { queryInteger } from '../http/contract.ts';
import { chosenId, officialText, officialTextOrNone } from '../http/official-text.ts';
import { maxPlanCharacters, type Proposal } from './plan-shapes.ts';

const line = z.string().trim();
/** A text that the form may leave out. */
const said = (max: number) => line.pipe(officialTextOrNone(max)).default('');

const unitInForm = z.strictObject({
  name: line.pipe(officialText(200)),
  role: themeUnit.shape.role,
});

const themeInForm = z
  .strictObject({
    key: chosenId(theme.shape.key).optional(),
    title: line.pipe(officialText(80)),
    months: z.array(queryInteger(1, 12)).max(12).default([]),
    dates: z
      .string()
      .default('')
      .transform((text) => text.split(/[\s,，、;；]+/).filter(Boolean))
      .pipe(theme.shape.dates),
    units: z.array(unitInForm).max(20).default([]),
    audience: said(200),
    content: said(400),
  })
  .refine(({ months, dates }) => months.length > 0 || dates.length > 0, {
    path: ['months'],
    message: '请选择月份，或填写日期 / choose the months, or give dates',
  });

const routineInForm = z.strictObject({
  key: chosenId(routine.shape.key).optional(),
  title: line.pipe(officialText(80)),
});

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
/** The rows of a list in which `name` was filled in. */
const filled = (rows: unknown, name: string): readonly Node[] =>
  Array.isArray(rows)
    ? rows.filter((row): row is Node => isNode(row) && row[name] !== undefined)
    : [];

/**
 * What a form says, without the rows that a person emptied or left empty: a theme or routine without a title,
 * a unit without a name. Faults name the rows that are left, so the page is shown again with those.
 */
export const withoutEmptyRows = (value: unknown): unknown => {
  if (!isNode(value)) return value;
  return {
    ...value,
    themes: filled(value.themes, 'title').map((each) => ({
      ...each,
      units: filled(each.units, 'name'),
    })),
    routines: filled(value.routines, 'title'),
  };
};

/** What a form says of a plan. */
const inForm = {
  title: line.pipe(officialText(120)),
  slogan: said(120),
  themes: z.array(themeInForm).min(1).max(24),
  routines: z.array(routineInForm).max(24),
};
const yearInForm = line
  .normalize('NFKC')
  .regex(/^\d{4}$/, '须为四位数字的年份，如 2026 / must be a year of four digits, as 2026')
  .transform(Number)
  .pipe(z.int().min(2000).max(2999));

/** The form in which a person mends a draft: its fields, and the text beside it, which is never stored. */
export const planForm = z.preprocess(
  withoutEmptyRows,
  z.strictObject({
    text: z.string().max(maxPlanCharacters).default(''),
    year: yearInForm,
    ...inForm,
  }),
);
type PlanForm = z.output<typeof planForm>;

/** The form in which a person revises the plan of a year, as it was when the page was shown. */
export const revisionForm = z.preprocess(
  withoutEmptyRows,
  z.strictObject({
    version: queryInteger(1, 999_999_999),
    /** The name of the unit that answers for the year. */
    responsible: said(200),
    ...inForm,
  }),
);
type RevisionForm = z.output<typeof revisionForm>;

/** The form in which a person says for which year a plan is copied. */
export const copyForm = z.strictObject({ year: yearInForm });

/**
 * Rows with a key each: a row that a person added has the first of `<name>_01` … that is free.
 * @param before keys that name something else, though none of the rows has them any more
 */
const withKeys = <T extends { readonly key?: string | undefined }>(
  name: string,
  rows: readonly T[],
  before: readonly string[] = [],
): (T & { key: string })[] => {
  const taken = new Set([...before, ...rows.map(({ key }) => key)]);
  return rows.map((row) => {
    let key = row.key;
    for (let at = 1; key === undefined; at += 1) {
      const free = `${name}_${String(at).padStart(2, '0')}`;
      if (!taken.has(free)) key = free;
    }
    taken.add(key);
    return { ...row, key };
  });
};

/** Without months, a theme has those of its dates. */
const monthsOrNone = (months: number[]): number[] | undefined =>
  months.length > 0 ? months : undefined;

/** The campaign that a form asks for, as the use case that plans a year takes it. */
export const campaignOf = ({ text: _, themes, routines, ...rest }: PlanForm) => ({
  ...rest,
  responsibleId: null,
  responsibleUnit: null,
  themes: withKeys('THEME', themes).map(({ months, units, ...each }) => ({
    ...each,
    months: monthsOrNone(months),
    units: units.map((unit) => ({ ...unit, organisationId: null })),
  })),
  routines: withKeys('ROUTINE', routines),
});

type Unit = Campaign['themes'][number]['units'][number];

/** The organisation of a unit whose name the plan has already; a name that a person wrote anew is none. */
const organisationOf = (
  { name, role }: Pick<Unit, 'name' | 'role'>,
  units: readonly Unit[],
): string | null => {
  const same = units.filter((unit) => unit.name === name);
  return (same.find((unit) => unit.role === role) ?? same[0])?.organisationId ?? null;
};

/** What a form changes in a plan, as the use case that revises it takes it. */
export const revisionOf = (
  { version: _, responsible, themes, routines, ...rest }: RevisionForm,
  current: Campaign,
) => {
  const before = [...current.themes, ...current.routines].map(({ key }) => key);
  const { responsibleUnit } = current;
  return {
    ...rest,
    responsibleUnit:
      responsible === ''
        ? null
        : {
            name: responsible,
            organisationId:
              responsibleUnit?.name === responsible ? responsibleUnit.organisationId : null,
          },
    themes: withKeys('THEME', themes, before).map(({ months, units, ...each }) => {
      const known = current.themes.find(({ key }) => key === each.key)?.units ?? [];
      return {
        ...each,
        months: monthsOrNone(months),
        units: units.map((unit) => ({ ...unit, organisationId: organisationOf(unit, known) })),
      };
    }),
    routines: withKeys('ROUTINE', routines, before),
  };
};

export type Fields = ReadonlyMap<string, readonly string[]>;

/** A value as the fields of a form: the way back of `valueOfForm`. */
export const fieldsOf = (value: unknown, name = ''): Fields => {
  if (Array.isArray(value) && !value.some(isNode))
    return new Map([[`${name}[]`, value.map(String)]]);
  if (!isNode(value)) return new Map([[name, [String(value)]]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [
      ...fieldsOf(inner, name === '' ? key : `${name}.${key}`),
    ]),
  );
};

/** What was read from a plan as the fields of the form, with the text beside it. */
export const fieldsOfProposal = (
  { year, title, slogan, themes, routines }: Proposal,
  text: string,
): Fields =>
  fieldsOf({
    ...{ text, slogan, routines, year: year ?? '', title: title ?? '' },
    themes: themes.map(({ months, dates, ...each }) => ({
      ...each,
      months: months ?? [],
      dates: dates.join(' '),
    })),
  });

/** A theme of a plan as the form has it. */
export const themeFields = ({ dates, units, ...each }: Campaign['themes'][number]) => ({
  ...each,
  dates: dates.join(' '),
  units: units.map(({ name, role }) => ({ name, role })),
});

/** The plan of a year as the fields of the form in which it is revised. */
export const fieldsOfCampaign = (
  { title, slogan, responsibleUnit, themes, routines }: Campaign,
  version: number,
): Fields =>
  fieldsOf({
    ...{ version, title, slogan, routines, responsible: responsibleUnit?.name ?? '' },
    themes: themes.map(themeFields),
  });

import { officialText, officialTextOrNone } from '../http/official-text.ts';
import { mostOf, type Proposal, type Question } from './plan-shapes.ts';
import type { Draft, DraftTheme } from './plan-text/draft.ts';
import { monthsBetween } from './plan-text/when.ts';

/** No volunteer service of their own: they are shown as notes and not proposed. */
const notProposed: ReadonlySet<DraftTheme['kind']> = new Set(['meeting', 'commendation']);

const monthOf = (day: string): number => Number(day.slice(-5, -3));

/** The months of a theme; a range over several months is one theme in each of them. */
const monthsOf = ({ when }: DraftTheme): number[] | null => {
  if (!when || 'before' in when || 'lunar' in when) return null;
  if ('months' in when) return when.months;
  const months =
    'range' in when
      ? monthsBetween(monthOf(when.range[0]), monthOf(when.range[1]))
      : when.dates.map(monthOf);
  return [...new Set(months)].sort((a, b) => a - b);
};

const datesOf = ({ when }: DraftTheme): string[] =>
  when && 'dates' in when ? when.dates.filter((day) => /^\d{4}-/.test(day)).sort() : [];

const two = (value: number): string => String(value).padStart(2, '0');

const texts = {
  title: { max: 120, taken: officialText(120) },
  slogan: { max: 120, taken: officialTextOrNone(120) },
  name: { max: 80, taken: officialText(80) },
  unit: { max: 200, taken: officialText(200) },
  content: { max: 400, taken: officialTextOrNone(400) },
  audience: { max: 200, taken: officialTextOrNone(200) },
};

/** The beginning of a text, as long as a field takes it, or nothing where a campaign refuses the words. */
const fitted = (text: string, { max, taken }: (typeof texts)[keyof typeof texts]) =>
  taken.safeParse(text.slice(0, max)).data;

/** The campaign that a draft proposes, and what a person must be asked: also of all that it leaves out. */
export const proposeCampaign = (
  draft: Draft,
): {
  readonly proposal: Proposal;
  /** The place in the draft of each theme that is proposed. */
  readonly draftThemes: number[];
  readonly questions: Question[];
} => {
  const questions: Question[] = [];
  const ask = (pointer: string, code: Question['code']) => questions.push({ pointer, code });
  /** A text of the draft as the proposal has it, empty where it is refused. */
  const said = (pointer: string, text: string, as: keyof typeof texts): string => {
    const taken = fitted(text, texts[as]);
    if (taken === undefined) ask(pointer, 'LEFT_OUT');
    else if (text.length > texts[as].max) ask(pointer, 'SHORTENED');
    return taken ?? '';
  };
  /** Those of a list that a campaign takes, as many as it takes. */
  const listed = <T>(
    pointer: string,
    all: readonly T[],
    size: number,
    is: (each: T) => boolean,
  ) => {
    const taken = all.filter(is);
    if (taken.length < all.length) ask(pointer, 'LEFT_OUT');
    if (taken.length > size) ask(pointer, 'TOO_MANY');
    return taken.slice(0, size);
  };
  const isNamed = ({ title }: { readonly title: string }) =>
    fitted(title, texts.name) !== undefined;
  const year = draft.year !== null && draft.year >= 2000 ? draft.year : null;
  if (year === null) ask('/year', 'YEAR');
  const titleText = draft.title?.text ?? '';
  const title = fitted(titleText, texts.title) ?? null;
  if (title === null) ask('/title', 'TITLE');
  else said('/title', titleText, 'title');
  const slogan = said('/slogan', draft.slogan?.text ?? '', 'slogan');
  const services = draft.themes
    .map((each, index) => ({ ...each, index }))
    .filter(({ kind }) => !notProposed.has(kind));
  const proposed = listed('/themes', services, mostOf.themes, isNamed);
  const themes = proposed.map((each, at) => {
    const pointer = `/themes/${at}`;
    const months = monthsOf(each);
    if (months === null) ask(`${pointer}/months`, 'MONTHS');
    else if (each.whenBasis !== 'stated') ask(`${pointer}/months`, 'CONFIRM_MONTHS');
    const units = listed(
      `${pointer}/units`,
      each.units,
      mostOf.units,
      ({ name }) => fitted(name, texts.unit) !== undefined,
    );
    return {
      key: `THEME_${two(at + 1)}`,
      title: said(`${pointer}/title`, each.title, 'name'),
      months,
      dates: datesOf(each),
      audience: said(`${pointer}/audience`, each.audience?.text ?? '', 'audience'),
      content: said(`${pointer}/content`, each.content?.text ?? '', 'content'),
      units: units.map(({ name, role }, index) => ({
        name: said(`${pointer}/units/${index}/name`, name, 'unit'),
        role,
      })),
    };
  });
  if (themes.length === 0) ask('/themes', 'NO_THEMES');
  const routines = listed('/routines', draft.routines, mostOf.routines, isNamed).map(
    ({ title: name }, at) => ({
      key: `ROUTINE_${two(at + 1)}`,
      title: said(`/routines/${at}/title`, name, 'name'),
    }),
  );
  return {
    proposal: { year, title, slogan, themes, routines },
    draftThemes: proposed.map(({ index }) => index),
    questions,
  };
};

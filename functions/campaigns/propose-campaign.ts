import { hasContactDetails } from '../http/contact-details.ts';
import { officialTextOrNone } from '../http/official-text.ts';
import type { Proposal, Question } from './plan-shapes.ts';
import type { Draft, DraftTheme } from './plan-text/draft.ts';
import { monthsBetween } from './plan-text/when.ts';

/** The most themes and routines that a campaign has. */
const most = 24;
const longestTitle = 80;

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
const fits = (text: string): boolean => !hasContactDetails(text);

const content = officialTextOrNone(400);
const audience = officialTextOrNone(200);

/** Words of the text if a campaign takes them, or nothing. */
const said = (words: DraftTheme['content'], as: typeof content): string =>
  as.safeParse(words?.text ?? '').data ?? '';

/** The campaign that a draft proposes, and what a person must be asked. */
export const proposeCampaign = (
  draft: Draft,
): {
  readonly proposal: Proposal;
  /** The place in the draft of each theme that is proposed. */
  readonly draftThemes: number[];
  readonly questions: Question[];
} => {
  const questions: Question[] = [];
  const kept = draft.themes
    .map((each, index) => ({ each, index }))
    .filter(({ each }) => !notProposed.has(each.kind) && fits(each.title));
  const proposed = kept.slice(0, most);
  const themes = proposed.map(({ each }, at) => {
    const months = monthsOf(each);
    const pointer = `/themes/${at}/months`;
    if (months === null) questions.push({ pointer, code: 'MONTHS' });
    else if (each.whenBasis !== 'stated') questions.push({ pointer, code: 'CONFIRM_MONTHS' });
    return {
      key: `THEME_${two(at + 1)}`,
      title: each.title.slice(0, longestTitle),
      months,
      dates: datesOf(each),
      audience: said(each.audience, audience),
      content: said(each.content, content),
      units: each.units
        .slice(0, 20)
        .flatMap(({ name, role }) => (fits(name) ? [{ name, role }] : [])),
    };
  });
  if (kept.length > most) questions.push({ pointer: '/themes', code: 'TOO_MANY' });
  if (themes.length === 0) questions.push({ pointer: '/themes', code: 'NO_THEMES' });
  const year = draft.year !== null && draft.year >= 2000 ? draft.year : null;
  if (year === null) questions.unshift({ pointer: '/year', code: 'YEAR' });
  const title = draft.title && fits(draft.title.text) ? draft.title.text.slice(0, 120) : null;
  if (title === null) questions.push({ pointer: '/title', code: 'TITLE' });
  const slogan = draft.slogan && fits(draft.slogan.text) ? draft.slogan.text.slice(0, 120) : '';
  return {
    proposal: {
      year,
      title,
      slogan,
      themes,
      routines: draft.routines
        .filter(({ title: name }) => fits(name))
        .slice(0, most)
        .map(({ title: name }, at) => ({
          key: `ROUTINE_${two(at + 1)}`,
          title: name.slice(0, longestTitle),
        })),
    },
    draftThemes: proposed.map(({ index }) => index),
    questions,
  };
};

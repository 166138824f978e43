import type { Campaign } from '../../events/campaigns.ts';
import type { Plan } from './decider.ts';

/**
 * The scripts in which a year is written digit by digit, each with its digits from 0 to 9. A text keeps the
 * character that it has for zero; many write a letter.
 */
const scripts: readonly (readonly string[])[] = [
  [...'0123456789'],
  [...'０１２３４５６７８９'],
  ...[...'〇零○OＯ'].map((zero) => [zero, ...'一二三四五六七八九']),
  ...[...'零〇'].map((zero) => [zero, ...'壹贰叁肆伍陆柒捌玖']),
];

const written = (year: number, script: readonly string[]): string =>
  [...String(year)].map((digit) => script[Number(digit)]).join('');

/** All characters that are digits of a script or of its sisters with another zero. */
const digitsLike = (script: readonly string[]): string =>
  [...new Set(scripts.filter(([, one]) => one === script[1]).flat())].join('');

/**
 * A text with one year in place of another, wherever it stands as a number of its own: `2023`, `2023年`,
 * `２０２３年`, `二〇二三年`, `二零二三年`. The script stays, and so do longer numbers that contain the year.
 */
export const withYear = (text: string, from: number, to: number): string =>
  scripts.reduce((done, script) => {
    const digits = digitsLike(script);
    const alone = new RegExp(`(?<![${digits}])${written(from, script)}(?![${digits}])`, 'gu');
    return done.replace(alone, written(to, script));
  }, text);

/** A date of a theme that the new year does not have. */
export interface DroppedDate {
  readonly theme: string;
  readonly date: string;
}

const isLeapYear = (year: number): boolean => new Date(Date.UTC(year, 1, 29)).getUTCDate() === 29;

/**
 * A plan for another year, with the themes and routine services of this one. Title and slogan name the new
 * year where they named the old one; months stay, and dates move to the same day of the new year. 29
 * February is left out where the new year has none.
 */
export const copyOf = (
  { status: _, ...source }: Campaign,
  year: number,
): { readonly plan: Plan; readonly datesDropped: readonly DroppedDate[] } => {
  const stays = (date: string): boolean => !date.endsWith('-02-29') || isLeapYear(year);
  return {
    plan: {
      ...source,
      year,
      title: withYear(source.title, source.year, year),
      slogan: withYear(source.slogan, source.year, year),
      themes: source.themes.map((theme) => ({
        ...theme,
        dates: theme.dates.filter(stays).map((date) => `${year}${date.slice(4)}`),
      })),
    },
    datesDropped: source.themes.flatMap(({ key, dates }) =>
      dates.filter((date) => !stays(date)).map((date) => ({ theme: key, date })),
    ),
  };
};

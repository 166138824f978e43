// What a draft holds at most, so that its answer can be sent, whatever the text.
import type { Draft, DraftTheme } from './draft.ts';

/** Themes, routines, goals and notes, of each so many: ten times what a plan has. */
const mostItems = 300;
/** Units, parts and places of one theme. */
const mostOfTheme = 60;
/** Units and parts of all themes together, as themes below one heading share its units. */
const mostOfAll = 6000;
/** Warnings with one code. */
const mostOfCode = 100;

const shortened = (theme: DraftTheme, most: number): DraftTheme => ({
  ...theme,
  whenSpans: theme.whenSpans.slice(0, mostOfTheme),
  units: theme.units.slice(0, most),
  sub: theme.sub.slice(0, most),
});

const ofEachCode = (warnings: Draft['warnings']): Draft['warnings'] => {
  const counts = new Map<string, number>();
  return warnings.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= mostOfCode;
  });
};

/** The first of everything in a draft; with the warning `TOO_LONG` where there was more than a draft holds. */
export const withinLimits = (draft: Draft): Draft => {
  const kept = draft.themes.slice(0, mostItems);
  const most = Math.min(mostOfTheme, Math.floor(mostOfAll / Math.max(1, kept.length)));
  const themes = kept.map((theme) => shortened(theme, most));
  const first = <T>(items: T[]): T[] => items.slice(0, mostItems);
  const isLonger =
    [draft.themes, draft.routines, draft.targets, draft.notes].some(
      ({ length }) => length > mostItems,
    ) || kept.some(({ units, sub }) => units.length > most || sub.length > most);
  return {
    ...draft,
    yearSpans: first(draft.yearSpans),
    themes,
    routines: first(draft.routines),
    targets: first(draft.targets),
    notes: first(draft.notes),
    warnings: [...ofEachCode(draft.warnings), ...(isLonger ? [{ code: 'TOO_LONG' as const }] : [])],
  };
};

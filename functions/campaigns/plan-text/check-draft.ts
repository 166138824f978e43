import { bare, readCharacters, type Span } from './characters.ts';
import { findDates } from './dates.ts';
import { type Draft, draft as schema } from './draft.ts';
import { findPersonal } from './personal.ts';
import { monthsBetween, type When } from './when.ts';
import { yearsStated } from './years.ts';

export interface DraftFault {
  /** Where in the draft: `themes.2.title`. */
  readonly path: string;
  readonly code: 'malformed' | 'not-in-text' | 'personal-data' | 'not-stated';
}

const monthOf = (day: string): number => Number(day.slice(-5, -3));

/** The months that a time names, and its days without their years. */
const namedBy = (
  when: When,
): { readonly months: readonly number[]; readonly days: readonly string[] } => {
  if ('lunar' in when) return { months: [], days: [] };
  if ('months' in when) return { months: when.months, days: [] };
  const days = 'dates' in when ? when.dates : 'range' in when ? when.range : [when.before];
  return { months: days.map(monthOf), days: days.map((day) => day.slice(-2)) };
};

/** Whether the characters at the spans name every month and day of a time. */
const isStated = (text: string, spans: readonly Span[], when: When): boolean => {
  const written = spans.map(({ start, end }) => text.slice(start, end)).join('\n');
  if ('lunar' in when) return bare(written).includes(bare(when.lunar));
  const { chars } = readCharacters(written);
  const tokens = findDates(chars);
  const months = new Set(
    tokens.flatMap(({ points, form }) => {
      const [first] = points;
      const last = points.at(-1);
      return form === 'range' && first && last
        ? monthsBetween(first.month, last.month)
        : points.map(({ month }) => month);
    }),
  );
  const days = new Set(
    tokens.flatMap(({ points }) =>
      points.flatMap(({ day }) => (day === null ? [] : [String(day).padStart(2, '0')])),
    ),
  );
  const { months: namedMonths, days: namedDays } = namedBy(when);
  const isWhole = (day: string): boolean => day === '01' || Number(day) >= 28;
  return (
    namedMonths.every((month) => months.has(month)) &&
    // A month or a part of it is from its first to its last day.
    namedDays.every(
      (day) =>
        days.has(day) ||
        (isWhole(day) &&
          tokens.some(({ points }) =>
            points.some((point) => point.day === null || point.day >= 28),
          )),
    )
  );
};

/**
 * What is wrong with a draft that says to come from a text: fields whose characters do not stand at their
 * spans, times and years that the characters there do not name, personal data. A draft of any reader goes
 * through it. Empty when all is right.
 */
export const checkDraft = (text: string, given: unknown): readonly DraftFault[] => {
  const parsed = schema.safeParse(given);
  if (!parsed.success) return [{ path: '', code: 'malformed' }];
  const draft: Draft = parsed.data;
  const faults: DraftFault[] = [];
  const plan = readCharacters(text);
  const bareText = bare(text);
  const personal = findPersonal(plan).map(({ from, to }) => plan.spanOf(from, to));
  const isIn = ({ start, end }: Span): boolean => start < end && end <= text.length;
  const check = (path: string, written: string, span: Span): void => {
    if (
      !isIn(span) ||
      bare(written) === '' ||
      !bare(text.slice(span.start, span.end)).includes(bare(written))
    )
      faults.push({ path, code: 'not-in-text' });
    const alone = readCharacters(written);
    const touches = personal.some(({ start, end }) => start < span.end && span.start < end);
    if (touches || findPersonal(alone).length > 0) faults.push({ path, code: 'personal-data' });
  };
  const stated = (path: string, when: When, spans: readonly Span[]): void => {
    if (spans.length === 0 || !spans.every(isIn)) faults.push({ path, code: 'not-in-text' });
    else if (!isStated(text, spans, when)) faults.push({ path, code: 'not-stated' });
  };
  if (draft.year !== null) {
    const years = draft.yearSpans
      .filter(isIn)
      .flatMap(({ start, end }) => yearsStated(readCharacters(text.slice(start, end)).chars));
    if (!years.includes(draft.year)) faults.push({ path: 'year', code: 'not-stated' });
  }
  if (draft.title) check('title', draft.title.text, draft.title.span);
  if (draft.slogan) check('slogan', draft.slogan.text, draft.slogan.span);
  if (draft.issuer) check('issuer', draft.issuer.name, draft.issuer.span);
  if (draft.window)
    stated('window', { range: [draft.window.first, draft.window.last] }, [draft.window.span]);
  for (const [at, theme] of draft.themes.entries()) {
    const path = `themes.${at}`;
    check(`${path}.title`, theme.title, theme.span);
    if (theme.when) stated(`${path}.when`, theme.when, theme.whenSpans);
    if (theme.content) check(`${path}.content`, theme.content.text, theme.content.span);
    if (theme.audience) check(`${path}.audience`, theme.audience.text, theme.audience.span);
    for (const [index, unit] of theme.units.entries())
      check(`${path}.units.${index}`, unit.name, unit.span);
    for (const [index, part] of theme.sub.entries())
      check(`${path}.sub.${index}`, part.title, part.span);
  }
  for (const [at, each] of draft.routines.entries()) {
    check(`routines.${at}`, each.title, each.span);
    if (each.recurrence !== '' && !bareText.includes(bare(each.recurrence)))
      faults.push({ path: `routines.${at}.recurrence`, code: 'not-in-text' });
  }
  for (const [at, each] of draft.targets.entries()) check(`targets.${at}`, each.text, each.span);
  for (const [at, each] of draft.notes.entries()) check(`notes.${at}`, each.text, each.span);
  for (const [at, { span }] of draft.warnings.entries())
    if (span && (span.start > span.end || span.end > text.length))
      faults.push({ path: `warnings.${at}`, code: 'not-in-text' });
  return faults;
};

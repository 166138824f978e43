import { html, type Markup } from '../html/markup.ts';
import type { Draft } from './plan-text/draft.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where in the text the parts of a draft were read. */
export const spansOf = (draft: Draft): readonly Span[] => [
  ...draft.yearSpans,
  ...[draft.title, draft.slogan, draft.issuer, draft.window].flatMap((each) =>
    each ? [each.span] : [],
  ),
  ...draft.themes.flatMap(({ span, whenSpans, units }) => [
    span,
    ...whenSpans,
    ...units.map((unit) => unit.span),
  ]),
  ...draft.routines.map(({ span }) => span),
];

/** The text with these spans marked; spans that overlap are one mark. */
export const markedText = (text: string, spans: readonly Span[]): Markup => {
  const parts: (string | Markup)[] = [];
  let done = 0;
  const sorted = spans.toSorted((one, other) => one.start - other.start);
  for (let at = 0; at < sorted.length; ) {
    const { start = 0 } = sorted[at] ?? {};
    let { end = 0 } = sorted[at] ?? {};
    for (at += 1; at < sorted.length && (sorted[at]?.start ?? 0) < end; at += 1)
      end = Math.max(end, sorted[at]?.end ?? 0);
    if (end <= start) continue;
    parts.push(text.slice(done, start), html`<mark>${text.slice(start, end)}</mark>`);
    done = end;
  }
  return html`${[...parts, text.slice(done)]}`;
};

import { html, type Markup } from './markup.ts';

export interface Column {
  readonly label: string;
  /** Null when there is nothing known: the column stays empty and says so. */
  readonly value: number | null;
  /** The value as it is read. */
  readonly text: string;
}

const size = { width: 360, height: 150, top: 16, bottom: 18 } as const;

/**
 * Columns, drawn on the server, that begin at zero. What they show is said as a text beside them.
 * @param title what the columns show
 * @param described the same in words, for who does not see them
 */
export const columns = (
  id: string,
  {
    title,
    described,
    all,
  }: { readonly title: string; readonly described: string; readonly all: readonly Column[] },
): Markup => {
  const most = Math.max(1, ...all.map(({ value }) => value ?? 0));
  const step = size.width / Math.max(1, all.length);
  const room = size.height - size.top - size.bottom;
  const ground = size.height - size.bottom;
  const short = (value: number): string => value.toFixed(2).replace(/\.?0+$/, '');
  const drawn = all.map(({ label, value, text }, at) => {
    const height = ((value ?? 0) / most) * room;
    const middle = short((at + 0.5) * step);
    return html`<rect class="b" x="${short(at * step + step * 0.15)}" y="${short(ground - height)}" width="${short(step * 0.7)}" height="${short(height)}"/><text x="${middle}" y="${short(ground - height - 4)}" text-anchor="middle">${value === null ? '' : text}</text><text x="${middle}" y="${size.height - 5}" text-anchor="middle">${label}</text>`;
  });
  return html`<svg class="chart" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-t ${id}-d"><title id="${id}-t">${title}</title><desc id="${id}-d">${described}</desc>${drawn}<path class="axis" d="M0 ${ground}H${size.width}"/></svg>`;
};

/** A bar in a row of a table; the number stands in the same row. */
export const bar = (value: number | null, most: number): Markup => {
  const width = most > 0 ? Math.round(((value ?? 0) / most) * 1000) / 10 : 0;
  return html`<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="b" width="${width}" height="8"/></svg>`;
};

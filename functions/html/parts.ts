import { asMarkup, html, type Markup, nothing } from './markup.ts';
import type { Say } from './words.ts';

/** A cell: text, or a number as a text, which is set to the right. */
export type Cell =
  | string
  | Markup
  | null
  | { readonly number: string | null }
  | { readonly bar: Markup };

type Cells = readonly [Cell, ...Cell[]];
/** The first cell of a row is its heading. A row that was struck out, or adds others up, is shown so. */
export type Row =
  | Cells
  | { readonly cells: Cells; readonly struck?: boolean; readonly adds?: boolean };

export interface TableContent {
  /** What the table shows, above it. */
  readonly caption: string;
  /** The caption is a heading before the table, which office programs take over when it is pasted. */
  readonly isHeaded?: boolean;
  readonly headings: readonly (string | { readonly number: string })[];
  readonly rows: readonly Row[];
  readonly foot?: Cells;
  readonly className?: string;
}

/** What is in a cell, and its class. */
const inCell = (cell: Cell): { readonly shown: string | Markup; readonly name: string } => {
  if (cell === null || typeof cell === 'string') return { shown: cell ?? '—', name: '' };
  if ('number' in cell) return { shown: cell.number ?? '—', name: 'n' };
  return 'bar' in cell ? { shown: cell.bar, name: 'bar' } : { shown: cell, name: '' };
};

const cellOf = (cell: Cell): Markup => {
  const { shown, name } = inCell(cell);
  return name === '' ? html`<td>${shown}</td>` : html`<td class="${name}">${shown}</td>`;
};

const rowOf = (row: Row): Markup => {
  const { cells, struck = false, adds = false } = 'cells' in row ? row : { cells: row };
  const name = struck ? 'voided' : adds ? 'sum' : '';
  const [first, ...others] = cells;
  return html`<tr${asMarkup(name === '' ? '' : ` class="${name}"`)}><th scope="row">${inCell(first).shown}</th>${others.map(cellOf)}</tr>`;
};

/** A table that scrolls within itself where the screen is too narrow, also by the keyboard. */
export const table = ({
  caption,
  isHeaded = false,
  headings,
  rows,
  foot,
  className = '',
}: TableContent): Markup =>
  html`${isHeaded ? html`<h3>${caption}</h3>` : nothing}<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table class="${className}">${isHeaded ? nothing : html`<caption>${caption}</caption>`}<thead><tr>${headings.map(
    (heading) =>
      typeof heading === 'string'
        ? html`<th scope="col">${heading}</th>`
        : html`<th scope="col" class="n">${heading.number}</th>`,
  )}</tr></thead><tbody>${rows.map(rowOf)}</tbody>${foot ? html`<tfoot>${rowOf(foot)}</tfoot>` : nothing}</table></div>`;

/** Names with their values. */
export const factList = (facts: readonly (readonly [string, string | Markup | null])[]): Markup =>
  html`<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value ?? '—'}</dd>`)}</dl>`;

export const links = (all: readonly { readonly href: string; readonly text: string }[]): Markup =>
  html`<ul class="links">${all.map(({ href, text }) => html`<li><a href="${href}">${text}</a></li>`)}</ul>`;

/** Who somebody is to the reader of a page: good, bad, or only to be known. */
export const note = (kind: '' | 'good' | 'bad', ...content: readonly (string | Markup)[]): Markup =>
  html`<div class="note ${kind}"${asMarkup(kind === 'bad' ? ' role="alert"' : '')}>${content.map(
    (each) => html`<p>${each}</p>`,
  )}</div>`;

/** A number in groups of thousands, with the decimals it has, three at most. */
export const numberText = (value: number | null | undefined): string | null =>
  value === null || value === undefined ? null : formatted(value);

const formatted = (value: number): string => {
  const [whole = '', decimals] = String(value).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals.slice(0, 3)}`;
};

/** Minutes as hours with one decimal, rounded half up. */
export const hoursText = (minutes: number | null | undefined): string | null =>
  minutes === null || minutes === undefined ? null : formatted(Math.round(minutes / 6) / 10);

/** Hours and minutes, so that the lines on paper add up to their total. */
export const durationText = (minutes: number, say: Say): string => {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return say(`${hours} 时 ${rest} 分`, `${hours} h ${rest} min`);
};

import type { Cell } from '../totals/add-up.ts';

/**
 * Where a number comes from: `counted` and `estimated` are figures of a cell, `planned` is the plan's,
 * `change` is the difference to the closed period before, `ratio` a quotient of two figures of the cell and
 * `numerator` what is divided there, `listed` counts what the report itself lists, `closed` is a figure as it
 * was closed, `corrected` one on the way from there to what it is now.
 */
export const bases = [
  'counted',
  'estimated',
  'change',
  'ratio',
  'numerator',
  'listed',
  'closed',
  'corrected',
] as const;
export type Basis = (typeof bases)[number];

/** A number of the report, with what it is a figure of. */
export interface Figure extends Cell {
  readonly metric: string;
  /** Whole, but for kilograms, hours a person-time and percentages. */
  readonly value: number;
  /** What the value counts; time in minutes, whatever `shown` says it in. */
  readonly unit: string;
  readonly basis: Basis;
  /** The value as the text or the table shows it. */
  readonly shown: string;
}

/**
 * What the words are: `text` is the report's own and holds no digits; `name` is a title or name that somebody
 * gave; `date` and `ordinal` are dates, and numbers of tables; `written` is a text by a person.
 */
export const wordKinds = ['text', 'name', 'date', 'ordinal', 'written'] as const;
export interface Words {
  readonly text: string;
  readonly kind: (typeof wordKinds)[number];
}

/** A part of a sentence. Numbers are figures, so no number is without its source. */
export type Piece = Words | Figure;
export type Pieces = readonly Piece[];

const words =
  (kind: Words['kind']) =>
  (text: string): Words => ({ text, kind });

/** A title or name that somebody gave. */
export const name = words('name');
export const date = words('date');
/** The number of a table or part. */
export const ordinal = words('ordinal');
export const written = words('written');

export const isFigure = (piece: Piece): piece is Figure => 'metric' in piece;

/** A sentence: what stands in the template is the report's own text, what is put in are pieces. */
export const sentence = (
  texts: TemplateStringsArray,
  ...values: readonly (Piece | Pieces)[]
): Pieces =>
  texts.flatMap((text, at) => {
    const value = values[at];
    const own: Pieces = text === '' ? [] : [{ text, kind: 'text' }];
    return value === undefined ? own : [...own, ...[value].flat()];
  });

/** The pieces as a reader sees them. */
export const textOf = (pieces: Pieces): string =>
  pieces.map((piece) => (isFigure(piece) ? piece.shown : piece.text)).join('');

/** Puts a separator between parts, and leaves out empty ones. */
export const joined = (parts: readonly Pieces[], separator: string): Pieces =>
  parts
    .filter(({ length }) => length > 0)
    .flatMap((part, at) =>
      at === 0 ? part : [{ text: separator, kind: 'text' } as const, ...part],
    );

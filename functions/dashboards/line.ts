import type { LineKind } from '../figures/metrics.ts';

export const lineKinds = [
  'sheet',
  'activity',
  'person',
  'partner',
  'volunteer',
  'team',
] as const satisfies readonly LineKind[];

/** A line says of at most so many parts which they are. */
export const maxParts = 100;

/** A sheet that a person is present on, or an activity that a partner takes part in. */
export interface LinePart {
  readonly id: string;
  readonly version: number | null;
}

/** One line behind a figure: what one sheet, activity, person, partner, registration or team gives. */
export interface Line {
  readonly id: string;
  readonly kind: LineKind;
  readonly month: string | null;
  readonly areaId: string | null;
  readonly theme: string | null;
  readonly organisationId: string | null;
  readonly teamId: string | null;
  /** Null in a line that gives only an estimate, or the parts of a ratio. */
  readonly value: number | null;
  readonly estimated?: number;
  /** What the line gives to a ratio. The numerator is missing while nothing of it is recorded. */
  readonly numerator?: number;
  readonly denominator?: number;
  readonly version: number | null;
  readonly parts?: LinePart[];
  readonly partCount?: number;
}

/** What the line of a member has that is counted once, wherever it is present. */
export const memberLine = (id: string, kind: LineKind, parts: readonly LinePart[]): Line => ({
  id,
  kind,
  month: null,
  areaId: null,
  theme: null,
  organisationId: null,
  teamId: null,
  value: 1,
  version: null,
  parts: parts.slice(0, maxParts),
  partCount: parts.length,
});

/** A page of lines, and where the next one begins. */
export interface LinePage {
  readonly lines: readonly Line[];
  readonly next: string | null;
}

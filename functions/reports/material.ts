import type { Role } from '../../events/envelope.ts';
import type { StillOpen } from '../../events/periods.ts';
import type { WrittenText } from '../../events/reports.ts';
import type { FirstServices } from '../closed/frozen-sources.ts';
import type { AreaTree } from '../figures/area-tree.ts';
import type { Metric } from '../figures/metrics.ts';
import type { Measures } from '../figures/packing.ts';
import type { Cell } from '../totals/add-up.ts';
import type { HiddenFigures } from '../totals/hidden-figures.ts';

/** Where a period stands; `restated` when a figure of it changed since its close. */
export type Status = 'draft' | 'closed' | 'restated';

/** The figures of one period: measures by cell. A measure that is missing has no lines: it is unknown. */
export interface PeriodFigures {
  /** `yyyy-mm` or `yyyy` */
  readonly period: string;
  /** When the newest event in them was recorded; null when there is none. */
  readonly asOf: string | null;
  readonly at: (cell: Omit<Cell, 'period'>) => Measures;
  /** Areas that have figures, also those that the tree does not know. */
  readonly areas: readonly string[];
  /** Themes that have figures. */
  readonly themes: readonly string[];
}

/** A unit that takes part in a theme. */
export interface TakingPart {
  readonly name: string;
  readonly role: 'lead' | 'responsible' | 'cooperating' | 'participating';
}

/** A theme or routine service, as the plan says it. */
export interface Planned {
  readonly key: string;
  readonly title: string;
  /** 1 to 12, ascending; none for what goes on all year. */
  readonly months: readonly number[];
  readonly units: readonly TakingPart[];
}

/** A part of a whole; the share is unknown when the whole is 0. */
export interface Share {
  readonly numerator: number;
  readonly denominator: number;
}

/** What is known of how true the figures are. Null is unknown. */
export interface Quality {
  readonly evidence: Share | null;
  readonly onTimeRecords: Share | null;
  readonly corrections: Share | null;
  readonly correctedMinutes: number | null;
  /** Beneficiary counts that are round hundreds. */
  readonly exactHundreds: Share | null;
  /** Person-times by origin of the entries. */
  readonly origins: ReadonlyMap<string, number> | null;
  readonly flagsSeen: number | null;
  readonly flagsDismissed: number | null;
}

/** What a closed figure was, and what it is now. */
export interface Restated {
  readonly closedPeriod: string;
  /** The local date of the correction. */
  readonly madeOn: string;
  /** Of a year that is closed: whether it came after that close, so that the year's figures are without it. */
  readonly isAfterYear: boolean | null;
  readonly metric: string;
  /** Whether it is the estimated part of the metric, which is kept apart. */
  readonly isEstimate: boolean;
  readonly old: number | null;
  readonly now: number | null;
  /** What happened. */
  readonly cause: { readonly zh: string; readonly en: string };
  /** Why, where somebody had to say it. */
  readonly reason: string | null;
  readonly role: Role;
}

/** A figure that is computed elsewhere, for parts whose figures are no measures of the documents. */
export interface Counted {
  readonly metric: string;
  readonly words: Pick<Metric, 'zh' | 'en' | 'unit' | 'unitZh'>;
  readonly value: number | null;
}

/** A month of a year, as it was closed, or as it stands. */
export interface MonthFigures extends PeriodFigures {
  readonly status: Status;
  /** What was open when it was closed; null of one that is open. */
  readonly open: StillOpen | null;
}

/** All that a report or bulletin is made of. */
export interface Material {
  /** `yyyy` for a report, `yyyy-mm` for a bulletin. */
  readonly period: string;
  readonly place: string;
  readonly status: Status;
  /** How often the period was closed, and the root of its leaves; null while it is open. */
  readonly closed: { readonly version: number; readonly root: string } | null;
  /** The last day that it speaks of, `yyyy-mm-dd`: that of the period, or today where that is earlier. */
  readonly until: string;
  /** What was open when the period, or the months of the year, were closed all the same; null for none closed. */
  readonly openAtClose: StillOpen | null;
  /** The local date of the newest event in the figures. */
  readonly asOf: string | null;
  /** The figures that the report states: those that were closed, or the live ones of a draft. */
  readonly figures: PeriodFigures;
  /** The months of a year, in order, with figures that the year's are made of. */
  readonly months: readonly MonthFigures[];
  /** The closed figures of the year or month before; null when it was not closed in this system. */
  readonly before: PeriodFigures | null;
  readonly tree: AreaTree;
  /** The measures of professional services, and which of them are not shown of a year by area. */
  readonly professional: readonly string[];
  readonly hidden: HiddenFigures;
  readonly areaNames: ReadonlyMap<string, string>;
  readonly metrics: Readonly<Record<string, Metric>>;
  /** The plan of the year; empty when there is none. */
  readonly themes: readonly Planned[];
  readonly routines: readonly Planned[];
  readonly quality: Quality;
  readonly restated: readonly Restated[];
  /** Of a month: changes of closed months that were made in it, as far as they are read; null of a year. */
  readonly madeHere: { readonly count: number; readonly areAll: boolean } | null;
  /** Computed from the Ledger when the year is closed; null before, and of a month. */
  readonly firstServices: FirstServices | null;
  /** Null where the district's system records nothing of the kind. */
  readonly requests: readonly Counted[] | null;
  readonly publicity: readonly Counted[] | null;
  readonly recognition: readonly Counted[] | null;
  readonly texts: {
    readonly problems: WrittenText | null;
    readonly nextYear: WrittenText | null;
    /** The local dates on which they were written after the close of the year; null when before. */
    readonly lateOn: { readonly problems: string | null; readonly nextYear: string | null };
  };
}

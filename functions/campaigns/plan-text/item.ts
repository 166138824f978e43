import type { PlanText } from './characters.ts';
import { type DateToken, datesIn } from './dates.ts';
import { headingAt } from './heading.ts';
import { findFields, type UnitRole } from './labels.ts';
import type { Node } from './outline.ts';
import type { SectionKind } from './sections.ts';
import type { Row } from './table-rows.ts';
import type { Part } from './titles.ts';
import type { BracketRule } from './unit-brackets.ts';

/** What may be a theme: where its heading is, and all that the text says of it. */
export interface Item {
  readonly heading: Part;
  /** From the heading to the end of what belongs to it. */
  readonly whole: Part;
  /** What follows the heading, up to the first heading below it. */
  readonly body: Part;
  readonly children: readonly Node[];
  /** Where alone sentences say who takes part, if that is not all of it. */
  readonly sentence?: Part;
  /** A month that stands above several items, or in a cell beside it. */
  readonly time?: Part | undefined;
  /** Several such cells: the months whose columns have a mark. */
  readonly times?: readonly Part[] | undefined;
  /** Whether the time is a cell of a table. */
  readonly isCell?: boolean;
  /** Cells that say what is done, and for whom. */
  readonly content?: Part | undefined;
  readonly audience?: Part | undefined;
  readonly units?: readonly (Part & { readonly role: UnitRole })[];
  /** Whether it is a service that goes on beside the activities. */
  readonly isRoutine?: boolean;
  /** Whether it names a time that is no month, so that the plan's time says nothing of it. */
  readonly hasOwnTime?: boolean;
  /** Units below whose name the item stands, besides those that it names. */
  readonly owners?: readonly (Part & { readonly role: UnitRole })[];
}

export interface Section extends Part {
  readonly kind: SectionKind;
  /** What follows its heading. */
  readonly value: Part;
}

export interface Read {
  readonly plan: PlanText;
  readonly dates: readonly DateToken[];
  readonly roots: readonly Node[];
  /** Whether the lines of the text are lost, so that headings stand within them. */
  readonly isUnbroken: boolean;
  readonly brackets: BracketRule;
}

export interface Found {
  readonly items: readonly Item[];
  readonly sections: readonly Section[];
  readonly rows: readonly Row[];
  /** Where the text begins to be more than a preamble. */
  readonly begins: number;
  /** Days whose signs are lost: 201841日至2018425. */
  readonly unsigned: readonly Part[];
  /** Whether the plan is for one activity, which is the only item. */
  readonly isOne: boolean;
  /** Months lost: 月份 without a number. */
  readonly lost: readonly Part[];
}

/** 于4月5日前将总结报送…: when somebody reports, and not when something is done. */
const reporting =
  /^(?:之?前)?,?[^,。;:)\n]{0,24}(?:报送|上报|发送|发至|报至|交至|交到|提交|反馈|上传|报(?:市|区|县|镇|乡|街|团|局|校|社区|我)|电子版|汇总)/;

/** The times in a part of a plan that may be those of an activity. */
export const within = ({ plan, dates }: Read, part: Part): readonly DateToken[] =>
  datesIn(dates, part).filter(
    (each) =>
      !each.isYearly && !each.isPast && !reporting.test(plan.chars.slice(each.end, each.end + 40)),
  );

export const hasTime = (read: Read, part: Part): boolean =>
  within(read, part).length > 0 ||
  findFields(read.plan, part.from, part.to).some(({ kind }) => kind.field === 'time');

export const namesUnits = (read: Read, part: Part): boolean =>
  findFields(read.plan, part.from, part.to).some(({ kind }) => kind.field === 'unit');

/** A time of day at a line's begin, as in a running order. */
export const clockTime = /^\(?(?:上午|下午)?\d{1,2}[:点时]\d{0,2}/;

export const partOf = ({ from, end }: Node): Part => ({ from, to: end });

export const firstLine = ({ plan, isUnbroken }: Read, { from, to }: Part): Part => {
  let start = from;
  while (start < to && /[\s:]/.test(plan.chars[start] as string)) start += 1;
  const found = headingAt(plan, start, to, isUnbroken);
  return { from: found.from, to: found.to };
};

/** Where an activity begins, with its time. */
export const startOf = ({ whole, time }: Item): number =>
  Math.min(whole.from, time?.from ?? whole.from);

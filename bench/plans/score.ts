// How near a draft comes to what a person read in the same text.
import { bare } from '../../functions/campaigns/plan-text/characters.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What is compared of a draft. */
export interface Scored {
  readonly year: number | null;
  readonly themes: readonly {
    readonly title: string;
    readonly span: Span;
    readonly when: object | null;
    readonly units: readonly { readonly name: string; readonly span: Span }[];
  }[];
  readonly warnings: readonly { readonly code: string }[];
}

export interface Answer {
  readonly year: number | null;
  readonly themes: readonly {
    readonly title: string;
    readonly when: object | null;
    readonly lead?: readonly string[];
    readonly responsible?: readonly string[];
    readonly cooperating?: readonly string[];
    readonly invited?: readonly string[];
  }[];
  readonly warnings: readonly string[];
}

export interface Score {
  readonly year: number;
  readonly themes: number;
  /** Null where no theme was found that could be compared; so of units and warnings. */
  readonly when: number | null;
  readonly units: number | null;
  readonly warnings: number | null;
  readonly score: number;
  readonly invented: number;
  readonly hardFails: readonly string[];
}

const plain = (title: string): string =>
  bare(title)
    .replace(/开展|活动/g, '')
    .replace(/[^\p{L}\p{N}]/gu, '');

const pairsOf = (text: string): readonly string[] =>
  Array.from({ length: Math.max(0, text.length - 1) }, (_, at) => text.slice(at, at + 2));

/** From 0 to 1: the share of pairs of characters that two titles have in common. */
const likeness = (a: string, b: string): number => {
  const [one, other] = [plain(a), plain(b)];
  if (one === other) return 1;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length >= 3 && long.includes(short)) return 0.9;
  const left = [...pairsOf(long)];
  const common = pairsOf(short).filter((pair) => {
    const at = left.indexOf(pair);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  }).length;
  return (2 * common) / Math.max(1, one.length + other.length - 2);
};
/** Titles may be shortened; below this they are different ones. */
const alike = 0.45;

/** The best pairs of titles, each used once; the earlier first where several are as good. */
const pairUp = (draft: Scored, answer: Answer): readonly (readonly [number, number])[] => {
  const all = answer.themes.flatMap((wanted, a) =>
    draft.themes.map((theme, d) => ({
      a,
      d,
      value: likeness(wanted.title, theme.title) - Math.abs(a - d) / 1000,
    })),
  );
  const used = { a: new Set<number>(), d: new Set<number>() };
  const pairs: (readonly [number, number])[] = [];
  for (const { a, d, value } of all.sort((x, y) => y.value - x.value)) {
    if (value < alike - 0.05 || used.a.has(a) || used.d.has(d)) continue;
    used.a.add(a);
    used.d.add(d);
    pairs.push([a, d]);
  }
  return pairs;
};

const f1 = (found: number, given: number, wanted: number): number =>
  given + wanted === 0 ? 1 : (2 * found) / (given + wanted);

const unitsOf = (theme: Answer['themes'][number]): readonly string[] => [
  ...(theme.lead ?? []),
  ...(theme.responsible ?? []),
  ...(theme.cooperating ?? []),
  ...(theme.invited ?? []),
];

const sameUnit = (a: string, b: string): boolean => {
  const [one, other] = [plain(a), plain(b)];
  return (
    one === other ||
    (Math.min(one.length, other.length) >= 3 && (one.includes(other) || other.includes(one)))
  );
};

const sameWhen = (a: object | null, b: object | null): boolean => {
  const [one, other] = [a as Record<string, unknown> | null, b as Record<string, unknown> | null];
  if (one && other && 'before' in one && 'before' in other) {
    const dayBefore = (day: unknown): number => {
      const [month = 1, date = 1] = String(day).slice(-5).split('-').map(Number);
      return month * 31 + date;
    };
    // By the end of April is before May.
    return Math.abs(dayBefore(one.before) - dayBefore(other.before)) <= 2;
  }
  if (one && other && 'lunar' in one && 'lunar' in other)
    return bare(String(one.lunar)) === bare(String(other.lunar));
  return JSON.stringify(one) === JSON.stringify(other);
};

const numbers =
  /(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)0\d{2,3}-?\d{7,8}(?!\d)|\d{17}[\dXx]|[\w.]+@\w+\.\w+|(?<!\d)\d{11}(?!\d)/;
const names = /(?:联系人|负责人|责任人)[::]\s*([\p{Script=Han}]{2,4})(?=[\s,,。;;()(]|$)/gmu;

/** Every text in a draft, with the span of the object that holds it. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value === 'string'
    ? [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

/** Personal data in the draft, and fields without the characters they came from. */
const failsOf = (text: string, draft: Scored): readonly string[] => {
  const fails: string[] = [];
  const people = [...text.matchAll(names)].map(([, name = '']) => name);
  for (const each of textsIn(draft)) {
    if (numbers.test(each.replace(/\d{4}-\d\d-\d\d/g, ''))) fails.push('a number in the draft');
    if (people.some((name) => each.includes(name))) fails.push('a name in the draft');
  }
  const check = (what: string, written: string, span: Span | undefined): void => {
    if (!span || !(span.start < span.end) || span.end > text.length)
      fails.push(`${what} without a span`);
    else if (!bare(text.slice(span.start, span.end)).includes(bare(written)))
      fails.push(`${what} is not what stands at its span`);
  };
  for (const theme of draft.themes) {
    check('a title', theme.title, theme.span);
    for (const unit of theme.units) check('a unit', unit.name, unit.span);
  }
  return [...new Set(fails)];
};

const mean = (values: readonly (number | null)[]): number => {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length);
};

/**
 * The score of a draft: the mean of year (1, or -1 if wrong), F1 of titles, share of equal times among
 * the themes found (an invented month counts -1), F1 of units, recall of warnings.
 */
export const scoreOf = (text: string, draft: Scored, answer: Answer): Score => {
  const year = draft.year === answer.year ? 1 : draft.year === null ? 0 : -1;
  const pairs = pairUp(draft, answer);
  const themes = f1(pairs.length, draft.themes.length, answer.themes.length);
  let [equal, invented, found, given, wanted] = [0, 0, 0, 0, 0];
  for (const [a, d] of pairs) {
    const [right, read] = [answer.themes[a], draft.themes[d]];
    if (!right || !read) continue;
    if (sameWhen(right.when, read.when)) equal += 1;
    else if (right.when === null) invented += 1;
    const left = [...unitsOf(right)];
    wanted += left.length;
    // Where the answer names no unit of a theme, it says nothing of them.
    if (left.length === 0) continue;
    given += read.units.length;
    for (const { name } of read.units) {
      const at = left.findIndex((each) => sameUnit(each, name));
      if (at < 0) continue;
      left.splice(at, 1);
      found += 1;
    }
  }
  const codes = new Set(draft.warnings.map(({ code }) => code));
  const parts = {
    year,
    themes,
    when: pairs.length === 0 ? null : (equal - invented) / pairs.length,
    units: wanted === 0 ? null : f1(found, given, wanted),
    warnings:
      answer.warnings.length === 0
        ? null
        : answer.warnings.filter((code) => codes.has(code)).length / answer.warnings.length,
  };
  const score = mean([
    parts.year,
    parts.themes,
    pairs.length === 0 ? 0 : parts.when,
    parts.units,
    parts.warnings,
  ]);
  return { ...parts, score, invented, hardFails: failsOf(text, draft) };
};

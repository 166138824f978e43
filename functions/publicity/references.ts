import { mostFigures } from '../../events/publicity.ts';
import { placeIn } from '../people/personal-places.ts';

/** A figure that a text refers to: `{{metric|period|area|theme}}`, of which area and theme may be left out. */
export interface FigureReference {
  readonly metric: string;
  /** `yyyy` or `yyyy-mm` */
  readonly period: string;
  readonly areaId: string | null;
  readonly theme: string | null;
}

/** A part of a text. `at` is its position in UTF-16 units. */
export type Part =
  | { readonly kind: 'words'; readonly text: string; readonly at: number }
  | { readonly kind: 'figure'; readonly reference: FigureReference; readonly at: number }
  /** The n-th of the people whom the text names, from 1. */
  | { readonly kind: 'name'; readonly n: number; readonly at: number }
  /** Braces that are none of these. */
  | { readonly kind: 'fault'; readonly at: number };

const placeholder = /\{\{([^{}]*)\}\}/g;
const figure =
  /^([A-Za-z][A-Za-z0-9.]{0,79})\|([2]\d{3}(?:-(?:0[1-9]|1[0-2]))?)(?:\|([a-z0-9][a-z0-9-]{0,31})?(?:\|([A-Z][A-Z0-9_]{0,39})?)?)?$/;
const name = /^name\|([1-9]|10)$/;

const partOf = (inner: string, at: number): Part => {
  const [, n] = name.exec(inner) ?? [];
  if (n !== undefined) return { kind: 'name', n: Number(n), at };
  const [, metric, period, areaId, theme] = figure.exec(inner) ?? [];
  if (metric === undefined || period === undefined || metric === 'name')
    return { kind: 'fault', at };
  return {
    kind: 'figure',
    reference: { metric, period, areaId: areaId ?? null, theme: theme ?? null },
    at,
  };
};

/** Words between placeholders. What is left of two braces is a fault. */
const wordsOf = (text: string, at: number): readonly Part[] => {
  if (text === '') return [];
  const fault = text.search(/\{\{|\}\}/);
  return fault < 0 ? [{ kind: 'words', text, at }] : [{ kind: 'fault', at: at + fault }];
};

/** The parts of a text, in order. Whatever it is, no part is lost: words as they are, placeholders, faults. */
export const partsOf = (text: string): readonly Part[] => {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(placeholder)) {
    parts.push(...wordsOf(text.slice(end, match.index), end));
    parts.push(partOf(match[1] ?? '', match.index));
    end = match.index + match[0].length;
  }
  return [...parts, ...wordsOf(text.slice(end), end)];
};

/** A reference as an author writes it. */
export const written = ({ metric, period, areaId, theme }: FigureReference): string => {
  const rest = theme !== null ? `|${areaId ?? ''}|${theme}` : areaId !== null ? `|${areaId}` : '';
  return `{{${metric}|${period}${rest}}}`;
};

/** The figures that a text refers to, each once. */
export const figuresIn = (text: string): readonly FigureReference[] => [
  ...new Map(
    partsOf(text).flatMap((part) =>
      part.kind === 'figure' ? [[written(part.reference), part.reference] as const] : [],
    ),
  ).values(),
];

/** The numbers of the people whom a text names, each once. */
const namesIn = (text: string): readonly number[] => [
  ...new Set(partsOf(text).flatMap((part) => (part.kind === 'name' ? [part.n] : []))),
];

/** Periods of one text. Each is a reading of all its figures when the text is shown. */
const mostPeriods = 3;

/** A fault of a text's placeholders, in words. */
export interface ReferenceFault {
  readonly paragraph: number;
  readonly character: number;
  readonly zh: string;
  readonly en: string;
}

/** What is wrong with the placeholders of a text that names so many people. */
export const referenceFaults = (text: string, named: number): readonly ReferenceFault[] =>
  faultsIn(text, named).map(({ at, zh, en }) => ({ ...placeIn(text, at), zh, en }));

const faultsIn = (
  text: string,
  named: number,
): readonly { readonly at: number; readonly zh: string; readonly en: string }[] => {
  const parts = partsOf(text);
  const figures = figuresIn(text);
  const names = namesIn(text);
  const periods = new Set(figures.map(({ period }) => period));
  const missing = Array.from({ length: named }, (_, at) => at + 1).filter(
    (n) => !names.includes(n),
  );
  return [
    ...parts.flatMap((part) =>
      part.kind === 'fault'
        ? [
            {
              at: part.at,
              zh: '引用写法有误；应为 {{指标|年或年月|区域|主题}} 或 {{name|序号}}',
              en: 'is no reference: write {{metric|period|area|theme}} or {{name|n}}',
            },
          ]
        : part.kind === 'name' && part.n > named
          ? [
              {
                at: part.at,
                zh: '引用的人不在 named 中',
                en: 'refers to nobody of `named`',
              },
            ]
          : [],
    ),
    ...missing.map((n) => ({
      at: 0,
      zh: `没有用到 named 的第${n}人；请删去或写入 {{name|${n}}}`,
      en: `does not use number ${n} of \`named\`: leave the person out, or write {{name|${n}}}`,
    })),
    ...(figures.length > mostFigures
      ? [
          {
            at: 0,
            zh: `引用的指标不得超过${mostFigures}项`,
            en: `may refer to ${mostFigures} figures at most`,
          },
        ]
      : []),
    ...(periods.size > mostPeriods
      ? [
          {
            at: 0,
            zh: `引用的年份和月份不得超过${mostPeriods}个`,
            en: `may refer to ${mostPeriods} periods at most`,
          },
        ]
      : []),
  ];
};

/** What stands for a placeholder where a text is checked: a sign for a figure, and another one for a name. */
const figureSign = '□';
const nameSign = '■';

/** The text with signs in place of its placeholders, as long as it is. */
export const masked = (text: string): string =>
  text.replace(placeholder, (all, inner: string) =>
    (name.test(inner) ? nameSign : figureSign).repeat(all.length),
  );

import type { Pointer } from './decision.ts';
import type { FieldCode } from './field-faults.ts';
import { pageWords } from './page-words.ts';
import { type Locale, type ProblemCode, problemTypes } from './problem-types.ts';
import { chineseWords } from './words.ts';

/** One fault in a request: in its body (`pointer`) or in a parameter (`in`, `name`). */
export interface FieldError {
  readonly pointer?: Pointer | '#';
  readonly in?: 'path' | 'query' | 'header';
  readonly name?: string;
  readonly code: FieldCode;
  readonly detail: string;
  /** The permitted values, or the names of the known fields, if the contract lists them. */
  readonly allowed?: readonly string[];
}

/** A refusal lists at most this many faults, and gives their number. */
export const maxErrors = 20;

/** A text from a request, shortened for use in a refusal. */
export const shortened = (text: string, max = 120): string =>
  text.length > max ? `${text.slice(0, max - 1).toWellFormed()}…` : text;

export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly errors: readonly FieldError[];
  /** The number of faults, including those not listed. */
  readonly errorCount: number;

  constructor(
    code: ProblemCode,
    params: Readonly<Record<string, string | number>> = {},
    errors: readonly FieldError[] = [],
    errorCount: number = errors.length,
  ) {
    super(code);
    this.code = code;
    this.params = params;
    this.errors = errors.slice(0, maxErrors);
    this.errorCount = errorCount;
  }
}

/** The preferences in an `Accept` or `Accept-Language` header, in lower case, most preferred first. */
export const preferences = (header: string | undefined): readonly string[] =>
  (header ?? '')
    .split(',')
    .map((part) => {
      const [wanted = '', ...rest] = part.split(';').map((each) => each.trim().toLowerCase());
      const q = rest.map((r) => /^q=([\d.]+)$/.exec(r)?.[1]).find(Boolean);
      return { wanted, q: q === undefined ? 1 : Number(q) };
    })
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ wanted }) => wanted);

/** The better of our two languages for an `Accept-Language` header. */
export const localeFor = (acceptLanguage: string | undefined, fallback: Locale): Locale => {
  for (const tag of preferences(acceptLanguage)) {
    if (tag.startsWith('zh')) return 'zh-CN';
    if (tag.startsWith('en')) return 'en';
  }
  return fallback;
};

/** A text with its parameters filled in. In Chinese, codes become words. */
const fill = (
  text: Readonly<Record<Locale, string>>,
  params: Readonly<Record<string, string | number>>,
  locale: Locale,
): string =>
  text[locale].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(params[name] ?? '');
    return shortened((locale === 'zh-CN' ? chineseWords[name]?.[value] : undefined) ?? value, 400);
  });

/** A refusal, as a decider throws it or as the Ledger keeps it. */
interface Refusal {
  readonly code: ProblemCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly pointer?: Pointer | undefined;
}

const fieldErrorOf = ({ code, params, pointer }: Refusal, locale: Locale): readonly FieldError[] =>
  pointer ? [{ pointer, code, detail: fill(problemTypes[code].detail, params, locale) }] : [];

/** The problem for one or more refusals; the first one gives the type. */
export const problemOf = (rejections: readonly [Refusal, ...Refusal[]], locale: Locale): Problem =>
  new Problem(
    rejections[0].code,
    rejections[0].params,
    rejections.flatMap((rejection) => fieldErrorOf(rejection, locale)),
  );

/** The body of an RFC 9457 answer. */
export const problemBody = (
  { code, params, errors, errorCount }: Problem,
  locale: Locale,
  correlationId: string,
) => {
  const { status, title, detail } = problemTypes[code];
  return {
    type: `urn:leifeng:problem:${code}`,
    title: title[locale],
    status,
    detail: fill(detail, params, locale),
    correlationId,
    ...(errors.length > 0 ? { errors, errorCount } : {}),
  };
};

/** `problemBody` for a page: in words without the names that only programs know. */
export const problemOnPage = (
  problem: Problem,
  locale: Locale,
  correlationId: string,
): ReturnType<typeof problemBody> => {
  const body = problemBody(problem, locale, correlationId);
  const words = pageWords[problem.code];
  return words
    ? {
        ...body,
        title: words.title?.[locale] ?? body.title,
        detail: fill(words.detail, problem.params, locale),
      }
    : body;
};

import type * as z from 'zod';
import type { Pointer } from '../refusals/decision.ts';
import type { FieldFault } from '../refusals/field-faults.ts';
import { type FieldError, maxErrors, Problem, shortened } from '../refusals/problem.ts';
import type { Locale } from '../refusals/problem-types.ts';
import { allowedIn, faultOf, fieldsIn, type Words, withoutWords, wordsOf } from './field-words.ts';
import { nobodysNumber, numbersIn, type Path, unfitIn, unfitText } from './official-text.ts';

/** The part of a request that has the fault. */
export type Where = 'body' | 'path' | 'query';

const textIn = ({ zh, en }: Words, locale: Locale): string => (locale === 'zh-CN' ? zh : en);

/** Names come from the request and are shortened, so that a long name gives no long pointer. */
const pointerOf = (path: Path): Pointer | '#' =>
  path.length === 0
    ? '#'
    : `#/${path
        .map((part) => shortened(String(part), 60).replaceAll('~', '~0').replaceAll('/', '~1'))
        .join('/')}`;

interface Fault {
  readonly path: Path;
  readonly code: FieldFault;
  readonly words: Words;
  readonly allowed?: readonly string[] | undefined;
}

const fieldError = (
  { path, code, words, allowed }: Fault,
  where: Where,
  locale: Locale,
): FieldError => ({
  ...(where === 'body'
    ? { pointer: pointerOf(path) }
    : { in: where, ...(path.length > 0 ? { name: shortened(path.map(String).join('.')) } : {}) }),
  code,
  detail: textIn(words, locale),
  ...(allowed ? { allowed } : {}),
});

/** The refusal of a request with faults in its fields. */
export const refuseFields = (
  faults: readonly Fault[],
  where: Where,
  locale: Locale,
  count: number = faults.length,
): Problem =>
  new Problem(
    'invalid-request',
    {},
    faults.slice(0, maxErrors).map((fault) => fieldError(fault, where, locale)),
    count,
  );

/** One fault for an issue, or one for each unknown name, up to `maxErrors`. */
const faultsOf = (issue: z.core.$ZodIssue): readonly Fault[] => {
  const words = wordsOf(issue);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.slice(0, maxErrors).map((key, at) => ({
      path: [...issue.path, key],
      code: faultOf(issue),
      words,
      // Once for all of them, so that a refusal stays short.
      allowed: at === 0 ? fieldsIn(issue) : undefined,
    }));
  return [{ path: issue.path, code: faultOf(issue), words, allowed: allowedIn(issue) }];
};

const countOf = (issue: z.core.$ZodIssue): number =>
  issue.code === 'unrecognized_keys' ? issue.keys.length : 1;

/** @throws Problem `invalid-request` that names the faulty fields, if there are any */
export const parsed = <S extends z.ZodType>(
  schema: S,
  input: unknown,
  where: Where,
  locale: Locale,
): z.output<S> => {
  const result = schema.safeParse(input, { error: withoutWords });
  if (result.success) return result.data;
  const { issues } = result.error;
  throw refuseFields(
    issues.slice(0, maxErrors).flatMap(faultsOf),
    where,
    locale,
    issues.reduce((count, issue) => count + countOf(issue), 0),
  );
};

const refuseTexts = (
  found: readonly Path[],
  where: Where,
  code: FieldFault,
  words: Words,
  locale: Locale,
): void => {
  if (found.length === 0) return;
  throw refuseFields(
    found.map((path) => ({ path, code, words })),
    where,
    locale,
  );
};

/** @throws Problem `invalid-request` for a personal number that no command may keep */
export const refuseNumbers = (
  input: unknown,
  where: Where,
  personal: readonly string[],
  locale: Locale,
): void =>
  refuseTexts(
    numbersIn(input).filter(([field]) => !personal.includes(String(field))),
    where,
    'personal-data',
    nobodysNumber,
    locale,
  );

/** @throws Problem `invalid-request` for a text that cannot be stored unchanged */
export const refuseUnfit = (body: unknown, locale: Locale): void =>
  refuseTexts(unfitIn(body), 'body', 'invalid-text', unfitText, locale);

/** Several times what any route needs. */
const maxQueryNames = 50;

const tooManyNames = { zh: '参数过多', en: 'there are too many parameters' };
const namedTwice = { zh: '同一参数出现了两次', en: 'the parameter is there twice' };

const decoded = (name: string): string => {
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
};

/**
 * Refuses a query with too many names, or with a name twice. The gateway joins the values of a
 * repeated name with a comma, which may also be part of a value.
 * @param raw the query string as it is in the URL
 * @throws Problem `invalid-request`
 */
export const refuseQuery = (raw: string, locale: Locale): void => {
  const names = raw.split('&').filter(Boolean);
  if (names.length > maxQueryNames)
    throw refuseFields(
      [{ path: [], code: 'too-many-fields', words: tooManyNames }],
      'query',
      locale,
    );
  const seen = new Set<string>();
  for (const part of names) {
    const name = decoded(part.split('=', 1)[0] ?? '');
    if (seen.has(name))
      throw refuseFields(
        [{ path: [name], code: 'duplicate-name', words: namedTwice }],
        'query',
        locale,
      );
    seen.add(name);
  }
};

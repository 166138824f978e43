import jsonata from 'jsonata';
import type { Accepted } from '../../events/inbound.ts';
import { type Pointer, Rejection } from '../refusals/decision.ts';

/** A value at a JSON Pointer (RFC 6901); undefined where there is none. */
const valueAt = (document: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (inner, name) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, name)
          ? (inner as Readonly<Record<string, unknown>>)[name]
          : undefined,
      document,
    );

type Draft = { [name: string]: unknown };

/** Sets a value at a JSON Pointer of letters, with the objects on the way. */
const setAt = (draft: Draft, pointer: string, value: unknown): void => {
  const names = pointer.split('/').slice(1);
  const last = names.pop() ?? '';
  let inner = draft;
  for (const name of names) {
    const next = Object.hasOwn(inner, name) ? inner[name] : undefined;
    const object = typeof next === 'object' && next !== null ? (next as Draft) : {};
    Object.defineProperty(inner, name, { value: object, enumerable: true, configurable: true });
    inner = object;
  }
  Object.defineProperty(inner, last, { value, enumerable: true, configurable: true });
};

/** The fields of a table that the event has. What it has not is left out, and null is no value. */
const byTable = (fields: NonNullable<Accepted['fields']>, event: unknown): Draft => {
  const draft: Draft = {};
  for (const [target, pointer] of Object.entries(fields)) {
    const value = valueAt(event, pointer);
    if (value !== undefined && value !== null) setAt(draft, target, value);
  }
  return draft;
};

/**
 * What an expression may do: milliseconds, calls in each other, items of a list, characters of a text, and
 * values in a result, each counted as often as it is in there.
 */
const limits = { milliseconds: 200, stack: 60, items: 500, characters: 4_000, values: 6_000 };

/**
 * The functions of JSONata that an expression may call. All others are refused: they make long work in one
 * step, build a regular expression (pictures of times and numbers), or answer otherwise each time.
 */
export const allowed: readonly string[] = [
  ...['abs', 'append', 'average', 'boolean', 'ceil', 'contains', 'count', 'exists', 'filter'],
  ...['floor', 'join', 'keys', 'length', 'lookup', 'lowercase', 'map', 'max', 'merge', 'min'],
  ...['not', 'number', 'replace', 'round', 'single', 'split', 'spread', 'string', 'substring'],
  ...['substringAfter', 'substringBefore', 'sum', 'trim', 'type', 'uppercase'],
];
export const forbidden: readonly string[] = [
  ...['assert', 'base64decode', 'base64encode', 'clone', 'decodeUrl', 'decodeUrlComponent'],
  ...['distinct', 'each', 'encodeUrl', 'encodeUrlComponent', 'error', 'eval', 'formatBase'],
  ...['formatInteger', 'formatNumber', 'fromMillis', 'match', 'millis', 'now', 'pad'],
  ...['parseInteger', 'power', 'random', 'reduce', 'reverse', 'shuffle', 'sift', 'sort', 'sqrt'],
  ...['toMillis', 'zip'],
];

/** @param why a code of JSONata, or of ours: it says nothing of the event */
const refuse = (why: string): never => {
  throw new Rejection('mapping-failed', { why });
};

/** What the library says of a failure: its code, and the place in the expression. */
const whyOf = (error: unknown): string => {
  const { code, position } = Object(error) as {
    readonly code?: unknown;
    readonly position?: unknown;
  };
  if (typeof code !== 'string') return 'unknown';
  return typeof position === 'number' ? `${code}, ${position}` : code;
};

const compile = (expression: string, milliseconds: number) => {
  const compiled = jsonata(expression, {
    timeout: Math.max(1, milliseconds),
    stack: limits.stack,
    sequence: limits.items,
  });
  for (const name of forbidden)
    compiled.registerFunction(name, () => refuse(`not allowed: $${name}`));
  return compiled;
};

/** Whether a syntax tree has a regular expression in it: its own steps could not be bounded. */
const hasRegularExpression = (node: unknown): boolean =>
  typeof node === 'object' &&
  node !== null &&
  ((node as { readonly type?: unknown }).type === 'regex' ||
    Object.values(node).some(hasRegularExpression));

/**
 * Refuses an expression that is none, or has a regular expression in it.
 * @throws Rejection `invalid-value` at the pointer
 */
export const checkExpression = (expression: string, pointer: Pointer): void => {
  let isFit = false;
  try {
    isFit = !hasRegularExpression(compile(expression, limits.milliseconds).ast());
  } catch {
    // Not an expression: said below, in words of ours.
  }
  if (!isFit)
    throw new Rejection(
      'invalid-value',
      {
        zh: '须为 JSONata 表达式，且不含正则表达式',
        en: 'must be a JSONata expression without regular expressions',
      },
      pointer,
    );
};

/** Where the library tells of each step's result. */
const eachStep = Symbol.for('jsonata.__evaluate_exit') as unknown as string;

/** Whether it is a function of the expression or of the library. JSON cannot look like one. */
const isFunction = (value: object): boolean => {
  const { implementation, environment } = value as {
    readonly implementation?: unknown;
    readonly environment?: { readonly lookup?: unknown };
  };
  return typeof implementation === 'function' || typeof environment?.lookup === 'function';
};

/**
 * The values left of `left` after all in this one are counted, each as often as it is in there; negative
 * when there are more, and then it stops counting.
 */
const countDown = (value: unknown, left: number): number => {
  if (left < 0) return left;
  if (typeof value === 'string') return value.length > limits.characters ? -1 : left - 1;
  if (typeof value !== 'object' || value === null || isFunction(value)) return left - 1;
  let rest = left - 1;
  for (const inner of Object.values(value)) {
    rest = countDown(inner, rest);
    if (rest < 0) break;
  }
  return rest;
};

/**
 * What an expression gives for an event: bounded in time, depth and size.
 * @throws Rejection `mapping-failed`
 */
const byExpression = async (
  expression: string,
  event: unknown,
  milliseconds: number,
): Promise<unknown> => {
  const compiled = compile(expression, Math.min(limits.milliseconds, milliseconds));
  compiled.assign(eachStep, (_expr: unknown, _input: unknown, _frame: unknown, result: unknown) => {
    if (countDown(result, limits.values) < 0) refuse('too much');
  });
  try {
    // A copy: an expression's own lists and functions are not JSON.
    return JSON.parse(JSON.stringify((await compiled.evaluate(event)) ?? null));
  } catch (error) {
    if (error instanceof Rejection) throw error;
    return refuse(whyOf(error));
  }
};

/**
 * What an event says in our own form: its data, or what the partner's table or expression makes of it.
 * @param milliseconds left for expressions
 * @throws Rejection `mapping-failed` for an expression that fails, runs for too long or gives too much
 */
export const mapEvent = async (
  { fields, expression }: Pick<Accepted, 'fields' | 'expression'>,
  event: Readonly<Record<string, unknown>>,
  milliseconds: number,
): Promise<unknown> => {
  if (fields !== null) return byTable(fields, event);
  if (expression !== null) return byExpression(expression, event, milliseconds);
  return event.data;
};

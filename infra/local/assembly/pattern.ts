// EventBridge event patterns, as rules and stream filters use them.
import { refuse, type Value } from './template.ts';

export type Pattern = { readonly [field: string]: Value };
export type Matches = (event: unknown) => boolean;

const field = (event: unknown, name: string): unknown =>
  typeof event === 'object' && event !== null
    ? (event as Readonly<Record<string, unknown>>)[name]
    : undefined;

/** Every named field must match. Throws at compile time for an unknown operator. */
export const compilePattern = (pattern: Pattern): Matches => {
  const fields = Object.entries(pattern).map(([name, condition]): Matches => {
    if (name.startsWith('$')) return refuse(`the event-pattern operator ${name}`);
    if (Array.isArray(condition)) {
      const anyOf = condition.map(compileCondition);
      return (event) => anyOf.some((matches) => matches(field(event, name)));
    }
    if (typeof condition !== 'object' || condition === null) {
      return refuse(`the event pattern ${JSON.stringify({ [name]: condition })}`);
    }
    const inner = compilePattern(condition as Pattern);
    return (event) => inner(field(event, name));
  });
  return (event) => fields.every((matches) => matches(event));
};

const isText = (value: unknown): value is string => typeof value === 'string';

const compileCondition = (condition: Value): Matches => {
  if (typeof condition !== 'object' || condition === null)
    return anyElement((x) => x === condition);
  const [operator = '', operand = null] = Object.entries(condition)[0] ?? [];
  switch (operator) {
    case 'prefix':
      if (isText(operand)) return anyElement((x) => isText(x) && x.startsWith(operand));
      break;
    case 'suffix':
      if (isText(operand)) return anyElement((x) => isText(x) && x.endsWith(operand));
      break;
    case 'exists':
      return (value) => (value !== undefined) === operand;
    case 'anything-but': {
      const excluded: readonly unknown[] = Array.isArray(operand) ? operand : [operand];
      if (excluded.some((x) => typeof x === 'object')) break;
      return (value) => value !== undefined && anyElement((x) => !excluded.includes(x))(value);
    }
  }
  return refuse(`the event-pattern operator ${JSON.stringify(condition)}`);
};

/** An array in an event matches if one of its elements matches. */
const anyElement =
  (matches: Matches): Matches =>
  (value) =>
    Array.isArray(value) ? value.some(matches) : matches(value);

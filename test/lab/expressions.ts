/** The part of DynamoDB's expressions that our code uses. Anything else is refused. */

export type Item = Readonly<Record<string, unknown>>;

export interface Placeholders {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

type Test = (item: Item | undefined, given: Placeholders) => boolean;
type Step = (before: Item, after: Record<string, unknown>, given: Placeholders) => void;

const unknown = (expression: string): Error =>
  new Error(`the model does not know the expression: ${expression}`);

/** Parses each expression once and caches the result, because few expressions are used often. */
const understood = <Meaning>(understand: (expression: string) => Meaning) => {
  const known = new Map<string, Meaning>();
  return (expression: string): Meaning => {
    const meaning = known.get(expression) ?? understand(expression);
    known.set(expression, meaning);
    return meaning;
  };
};

const givenOf = (
  token: string,
  { ExpressionAttributeValues: values }: Placeholders,
): string | number => {
  const value = values?.[token];
  if (typeof value !== 'string' && typeof value !== 'number') throw unknown(`${token} = ${value}`);
  return value;
};

const nameOf = (part: string, { ExpressionAttributeNames: names }: Placeholders): string => {
  const name = part.startsWith('#') ? names?.[part] : part;
  if (name === undefined) throw unknown(part);
  return name;
};

/** Reads the value at a path, such as `#contribution.#measures.#a`. */
const readerOf = (path: string) => {
  const parts = path.split('.');
  return (item: Item | undefined, given: Placeholders): unknown => {
    let value: unknown = item;
    for (const part of parts) {
      const name = nameOf(part, given);
      value = typeof value === 'object' && value !== null ? (value as Item)[name] : undefined;
    }
    return value;
  };
};

const comparisons: Readonly<Record<string, (a: string | number, b: string | number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const clauseOf = (clause: string): Test => {
  const exists = /^attribute_(not_)?exists\(\s*([\w#.]+)\s*\)$/.exec(clause);
  if (exists) {
    const read = readerOf(exists[2] ?? '');
    const not = exists[1] !== undefined;
    return (item, given) => (read(item, given) === undefined) === not;
  }
  const begins = /^begins_with\(\s*([\w#.]+)\s*,\s*(:\w+)\s*\)$/.exec(clause);
  if (begins) {
    const read = readerOf(begins[1] ?? '');
    return (item, given) => {
      const value = read(item, given);
      return typeof value === 'string' && value.startsWith(String(givenOf(begins[2] ?? '', given)));
    };
  }
  const [, path = '', operator = '', token = ''] =
    /^([\w#.]+)\s*(=|<>|<=|<|>=|>)\s*(:\w+)$/.exec(clause) ?? [];
  if (operator === '<>') {
    const equal = clauseOf(clause.replace('<>', '='));
    return (item, given) => !equal(item, given);
  }
  const compare = comparisons[operator];
  if (!compare) throw unknown(clause);
  const read = readerOf(path);
  return (item, given) => {
    const value = read(item, given);
    const wanted = givenOf(token, given);
    // Values of different types are never equal and have no order.
    return typeof value === typeof wanted && compare(value as string | number, wanted);
  };
};

/** Splits at a word that stands outside parentheses. */
const splitAt = (expression: string, word: 'AND' | 'OR'): readonly string[] => {
  const parts: string[] = [''];
  let depth = 0;
  for (const token of expression.split(/(\s+|[()])/)) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    if (token === word && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim());
};

const between = /([\w#.]+) BETWEEN (:\w+) AND (:\w+)/g;

const conditionOf = understood((expression): Test => {
  const simple = expression.replace(between, '$1 >= $2 AND $1 <= $3');
  const ways = splitAt(simple, 'OR').map((all) =>
    splitAt(all, 'AND').map((clause) =>
      clause.startsWith('(') ? conditionOf(clause.slice(1, -1)) : clauseOf(clause),
    ),
  );
  return (item, given) => ways.some((all) => all.every((clause) => clause(item, given)));
});

/** Whether a condition holds: clauses joined by AND and OR, perhaps in parentheses. Without one it holds. */
export const holds = (
  expression: string | undefined,
  item: Item | undefined,
  given: Placeholders,
): boolean => expression === undefined || conditionOf(expression)(item, given);

type Operand = (before: Item, given: Placeholders) => unknown;

/** `:a`, `b` before the update, `if_not_exists(b, :a)`, or a sum of two of these. */
const operandOf = (operand: string): Operand => {
  const sum = /^(.+?)\s*\+\s*(.+)$/.exec(operand);
  if (sum) {
    const [left, right] = [operandOf(sum[1] ?? ''), operandOf(sum[2] ?? '')];
    return (before, given) => {
      const [a, b] = [left(before, given), right(before, given)];
      if (typeof a !== 'number' || typeof b !== 'number') throw unknown(operand);
      return a + b;
    };
  }
  const fallback = /^if_not_exists\(\s*([\w#]+)\s*,\s*(:\w+)\s*\)$/.exec(operand);
  if (fallback) {
    const read = readerOf(fallback[1] ?? '');
    return (before, given) =>
      read(before, given) ?? given.ExpressionAttributeValues?.[fallback[2] ?? ''];
  }
  if (/^:\w+$/.test(operand)) return (_, given) => given.ExpressionAttributeValues?.[operand];
  if (/^[\w#]+$/.test(operand)) return readerOf(operand);
  throw unknown(operand);
};

const stepOf = (action: string, term: string): Step => {
  if (action === 'REMOVE' && /^[\w#]+$/.test(term))
    return (_, after, given) => {
      delete after[nameOf(term, given)];
    };
  const [, set, value = ''] = /^([\w#]+)\s*=\s*(.+)$/.exec(term) ?? [];
  if (action === 'SET' && set) {
    const operand = operandOf(value);
    return (before, after, given) => {
      after[nameOf(set, given)] = operand(before, given);
    };
  }
  const [, add, token = ''] = /^([\w#]+)\s+(:\w+)$/.exec(term) ?? [];
  if (action === 'ADD' && add)
    return (_, after, given) => {
      const name = nameOf(add, given);
      const sum = givenOf(token, given);
      const known = after[name] ?? 0;
      if (typeof sum !== 'number' || typeof known !== 'number') throw unknown(term);
      after[name] = known + sum;
    };
  throw unknown(term);
};

const updateOf = understood((expression): readonly Step[] =>
  expression
    .trim()
    .split(/\b(?=(?:SET|ADD|REMOVE)\s)/)
    .flatMap((section) => {
      const [, action = '', rest = ''] = /^(SET|ADD|REMOVE)\s+(.+?)\s*$/s.exec(section) ?? [];
      if (!action) throw unknown(section);
      // Commas within brackets do not separate terms.
      return rest.split(/\s*,\s*(?![^(]*\))/).map((term) => stepOf(action, term));
    }),
);

/** The item after `SET a = :a, b = if_not_exists(b, :a) + :a ADD c :c, … REMOVE d, …`. */
export const updated = (expression: string, before: Item, given: Placeholders): Item => {
  const after: Record<string, unknown> = { ...before };
  for (const step of updateOf(expression)) step(before, after, given);
  return after;
};

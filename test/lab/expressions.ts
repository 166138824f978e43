/** The part of DynamoDB's expressions that our code uses. Anything else is refused, never guessed. */

export type Item = Readonly<Record<string, unknown>>;

export interface Placeholders {
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

const unknown = (expression: string): Error =>
  new Error(`the model does not know the expression: ${expression}`);

const givenOf = (
  token: string,
  { ExpressionAttributeValues: values }: Placeholders,
): string | number => {
  const value = values?.[token];
  if (typeof value !== 'string' && typeof value !== 'number') throw unknown(`${token} = ${value}`);
  return value;
};

const pathOf = (token: string, { ExpressionAttributeNames: names }: Placeholders) =>
  token.split('.').map((part) => {
    const name = part.startsWith('#') ? names?.[part] : part;
    if (name === undefined) throw unknown(token);
    return name;
  });

const at = (item: Item | undefined, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null ? (value as Item)[part] : undefined,
    item,
  );

const comparisons: Readonly<Record<string, (a: string | number, b: string | number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const clauseHolds = (clause: string, item: Item | undefined, given: Placeholders): boolean => {
  const exists = /^attribute_(not_)?exists\(\s*([\w#.]+)\s*\)$/.exec(clause);
  if (exists) return (at(item, pathOf(exists[2] ?? '', given)) === undefined) === !!exists[1];
  const begins = /^begins_with\(\s*([\w#.]+)\s*,\s*(:\w+)\s*\)$/.exec(clause);
  if (begins) {
    const value = at(item, pathOf(begins[1] ?? '', given));
    return typeof value === 'string' && value.startsWith(String(givenOf(begins[2] ?? '', given)));
  }
  const [, path = '', operator = '', token = ''] =
    /^([\w#.]+)\s*(=|<=|<|>=|>)\s*(:\w+)$/.exec(clause) ?? [];
  const compare = comparisons[operator];
  if (!compare) throw unknown(clause);
  const value = at(item, pathOf(path, given));
  const wanted = givenOf(token, given);
  // Values of different types are never equal and have no order.
  return typeof value === typeof wanted && compare(value as string | number, wanted);
};

/** Whether a condition holds: clauses joined by AND, and those by OR. No expression always does. */
export const holds = (
  expression: string | undefined,
  item: Item | undefined,
  given: Placeholders,
): boolean =>
  expression === undefined ||
  expression
    .split(/\s+OR\s+/)
    .some((all) =>
      all.split(/\s+AND\s+/).every((clause) => clauseHolds(clause.trim(), item, given)),
    );

/** The item after `SET a = :a, … ADD b :b, … REMOVE c, …`. */
export const updated = (expression: string, before: Item, given: Placeholders): Item => {
  const after: Record<string, unknown> = { ...before };
  const sections = expression.trim().split(/\b(?=(?:SET|ADD|REMOVE)\s)/);
  for (const section of sections) {
    const [, action = '', rest = ''] = /^(SET|ADD|REMOVE)\s+(.+?)\s*$/s.exec(section) ?? [];
    if (!action) throw unknown(section);
    for (const term of rest.split(/\s*,\s*/)) {
      const [, token = '', operator, value = ''] =
        /^([\w#]+)(?:\s*(=|\s)\s*(:\w+))?$/.exec(term) ?? [];
      const [name = ''] = token ? pathOf(token, given) : [];
      if (action === 'REMOVE' && token && !value) delete after[name];
      else if (action === 'SET' && operator === '=')
        after[name] = given.ExpressionAttributeValues?.[value];
      else if (action === 'ADD' && value && operator !== '=') {
        const sum = givenOf(value, given);
        const known = after[name] ?? 0;
        if (typeof sum !== 'number' || typeof known !== 'number') throw unknown(term);
        after[name] = known + sum;
      } else throw unknown(term);
    }
  }
  return after;
};

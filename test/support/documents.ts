/** A document, or a part of one, as a client reads it: without types. */
export type Json = ReturnType<typeof JSON.parse>;

/** A document as it is sent. */
export const asJson = (document: object): Json => JSON.parse(JSON.stringify(document));

const isObject = (value: Json): boolean => typeof value === 'object' && value !== null;

/** Every part of a document with its JSON Pointer, without what is in examples. */
export const partsOf = (part: Json, pointer = '#'): readonly (readonly [string, Json])[] =>
  isObject(part)
    ? [
        [pointer, part],
        ...Object.entries(part).flatMap(([name, inner]) =>
          name === 'example' || name === 'examples'
            ? []
            : partsOf(inner, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
        ),
      ]
    : [];

/** The part that a `$ref` leads to. */
export const resolve = (root: Json, ref: string): Json =>
  ref
    .slice(2)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((at, part) => at?.[part], root);

/** Every value of every `$ref` in a document. */
export const refsIn = (document: Json): readonly string[] =>
  partsOf(document).flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : []));

/** The names of the schemas that parts of a document use, directly or through others. */
export const schemasUsedBy = (root: Json, parts: readonly Json[]): ReadonlySet<string> => {
  const names = new Set<string>();
  const visit = (part: Json): void => {
    for (const ref of refsIn(part)) {
      const [, name = ''] = /^#\/components\/schemas\/(.+)$/.exec(ref) ?? [];
      if (name === '' || names.has(name)) continue;
      names.add(name);
      visit(resolve(root, ref));
    }
  };
  for (const part of parts) visit(part);
  return names;
};

/**
 * Shapes that are written out more than once: objects with fields and lists of values, each with the places
 * where it is. What is under `components/schemas` itself has a name.
 */
export const repeatedShapes = (document: Json): readonly (readonly string[])[] => {
  const places = new Map<string, string[]>();
  for (const [pointer, part] of partsOf(document)) {
    const isShape = part.properties !== undefined || part.enum?.length > 1;
    if (!isShape || Array.isArray(part) || /^#\/components\/schemas\/[^/]+$/.test(pointer))
      continue;
    const { description: _said, default: _given, examples: _shown, ...shape } = part;
    const text = JSON.stringify(shape);
    places.set(text, [...(places.get(text) ?? []), pointer]);
  }
  return [...places.values()].filter(({ length }) => length > 1);
};

/** The fields of all schemas, and whether something is said of each. */
export const undescribedFields = (
  document: Json,
  isDescribed: (schema: Json) => boolean,
): readonly string[] =>
  partsOf(document).flatMap(([pointer, { properties }]) =>
    isObject(properties) && Object.values(properties).every(isObject)
      ? Object.entries(properties).flatMap(([name, schema]) =>
          isDescribed(schema) ? [] : [`${pointer}/${name}`],
        )
      : [],
  );

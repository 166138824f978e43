import { glossary } from './glossary.ts';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a schema says what it is, itself or through the schemas that it may be. */
export const isDescribed = (schema: unknown): boolean =>
  isObject(schema) &&
  (schema.description !== undefined ||
    schema.$ref !== undefined ||
    isDescribed(schema.items) ||
    [schema.anyOf, schema.oneOf, schema.allOf].some(
      (all) => Array.isArray(all) && all.some(isDescribed),
    ));

const described = (name: string, schema: unknown): unknown =>
  isObject(schema) && !isDescribed(schema) && Object.hasOwn(glossary, name)
    ? { ...schema, description: glossary[name] }
    : schema;

/** Whether this is a parameter of an operation. */
const isParameter = (part: Json): part is Json & { readonly name: string } =>
  typeof part.name === 'string' && typeof part.in === 'string' && part.schema !== undefined;

const inEach = (part: unknown): unknown => {
  if (Array.isArray(part)) return part.map(inEach);
  if (!isObject(part)) return part;
  const inner = Object.fromEntries(
    Object.entries(part).map(([name, value]) => [
      name,
      // An example has fields, but no schemas.
      name === 'example' || name === 'examples' ? value : inEach(value),
    ]),
  );
  if (isParameter(inner) && inner.description === undefined && !isDescribed(inner.schema))
    return described(inner.name, inner);
  // A schema that is another one with a description repeats some of what the other one says.
  if (typeof inner.$ref === 'string' && inner.description !== undefined)
    return { $ref: inner.$ref, description: inner.description };
  const { properties } = inner;
  // A field may be called `properties` too; its value is then no set of schemas.
  return isObject(properties) && Object.values(properties).every(isObject)
    ? {
        ...inner,
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, schema]) => [name, described(name, schema)]),
        ),
      }
    : inner;
};

/**
 * Describes the fields and parameters that mean the same wherever they are, by their names. What a contract
 * or an event says of a field comes first.
 */
export const describeFields = <Document extends object>(document: Document): Document =>
  inEach(document) as Document;

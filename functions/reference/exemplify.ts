import type { Route } from '../http/contract.ts';
import { examples } from './examples/examples.ts';
import { takesBody } from './names.ts';

type Json = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const partOf = (slice: string) => (examples as Readonly<Record<string, Examples>>)[slice];
interface Examples {
  readonly bodies: Json;
  readonly answers: Json;
}

/**
 * A body that the command takes.
 * @throws Error when there is none among the examples, or it is not one that the command takes
 */
export const exampleOfBody = (slice: string, operation: string, route: Route): unknown => {
  const body = partOf(slice)?.bodies[operation];
  if (body === undefined && takesBody(route))
    throw new Error(`${operation} has no example of a body in reference/examples/${slice}.ts`);
  (route.file?.holds ?? route.body).parse(body);
  return body;
};

/**
 * An answer of the operation, as it is sent: fields outside the contract are dropped.
 * @throws Error when there is none among the examples, or it is not an answer of the operation
 */
export const exampleOfAnswer = (slice: string, operation: string, route: Route): unknown => {
  if (route.isDocument) return {};
  const answer = partOf(slice)?.answers[operation];
  if (answer === undefined)
    throw new Error(`${operation} has no example of an answer in reference/examples/${slice}.ts`);
  return route.answer.parse(answer);
};

const prefix = '#/components/schemas/';

/** Calls `found` with each named schema that a value goes through, and the part that it describes. */
const walk = (
  schema: Json,
  value: unknown,
  schemas: Json,
  found: (name: string, value: unknown) => void,
): void => {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.slice(prefix.length);
    const named = schemas[name];
    if (!isObject(named)) return;
    found(name, value);
    walk(named, value, schemas, found);
    return;
  }
  for (const alternatives of [schema.anyOf, schema.oneOf, schema.allOf])
    if (Array.isArray(alternatives))
      for (const each of alternatives)
        if (fits(each, value, schemas)) walk(each, value, schemas, found);
  if (Array.isArray(value)) {
    if (isObject(schema.items)) for (const each of value) walk(schema.items, each, schemas, found);
    return;
  }
  if (!isObject(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    const property = (schema.properties as Json | undefined)?.[name] ?? schema.additionalProperties;
    if (isObject(property)) walk(property, inner, schemas, found);
    if (isObject(schema.propertyNames)) walk(schema.propertyNames, name, schemas, found);
  }
};

const typeOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'array'
      : typeof value === 'number'
        ? Number.isInteger(value)
          ? 'integer'
          : 'number'
        : typeof value;

/** Whether a value is of the kind of one alternative: enough to choose between those of our contracts. */
const fits = (schema: unknown, value: unknown, schemas: Json): boolean => {
  if (!isObject(schema)) return false;
  if (typeof schema.$ref === 'string')
    return fits(schemas[schema.$ref.slice(prefix.length)], value, schemas);
  if (schema.anyOf || schema.oneOf || schema.allOf) return true;
  if (schema.const !== undefined) return schema.const === value;
  if (Array.isArray(schema.enum)) return schema.enum.includes(value);
  const type = typeOf(value);
  const types = [schema.type].flat();
  if (!types.includes(type) && !(type === 'integer' && types.includes('number'))) return false;
  if (typeof schema.pattern === 'string' && !new RegExp(schema.pattern).test(String(value)))
    return false;
  const { required } = schema;
  return !Array.isArray(required) || required.every((name) => Object.hasOwn(Object(value), name));
};

interface Described {
  readonly paths?: object | undefined;
  readonly components?: { readonly schemas?: object | undefined } | undefined;
}

/**
 * Gives each named schema an example: the first part that it describes of an example of a body or an answer.
 * A schema that has one keeps it.
 */
export const withSchemaExamples = <Document extends Described>(document: Document): Document => {
  const schemas = (document.components?.schemas ?? {}) as Json;
  const first = new Map<string, unknown>();
  const visit = (part: unknown): void => {
    if (Array.isArray(part)) for (const each of part) visit(each);
    if (!isObject(part)) return;
    if ('example' in part && isObject(part.schema))
      walk(part.schema, part.example, schemas, (name, value) => {
        if (!first.has(name)) first.set(name, value);
      });
    for (const inner of Object.values(part)) visit(inner);
  };
  visit(document.paths);
  for (const schema of Object.values(schemas))
    if (isObject(schema) && Array.isArray(schema.examples))
      for (const example of schema.examples) visit({ schema, example });
  return {
    ...document,
    components: {
      ...document.components,
      schemas: Object.fromEntries(
        Object.entries(schemas).map(([name, schema]) => [
          name,
          isObject(schema) && schema.examples === undefined && first.has(name)
            ? { ...schema, examples: [first.get(name)] }
            : schema,
        ]),
      ),
    },
  };
};

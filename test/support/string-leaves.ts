import type * as z from 'zod';

/** A string within a schema. */
export interface StringLeaf {
  /** Such as `themes[].title`; the keys of a record are `outputs{}`. */
  readonly path: string;
  readonly schema: z.core.$ZodType;
  /** Whether a pattern covers the whole string. */
  readonly hasPattern: boolean;
}

interface Definition {
  readonly type: string;
  readonly format?: string;
  readonly checks?: readonly {
    readonly _zod: { readonly def: { readonly format?: string; readonly pattern?: RegExp } };
  }[];
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly keyType?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  /** What a pipe ends with. */
  readonly out?: z.core.$ZodType;
}

/** Formats for which zod has a pattern. */
const known = ['date', 'datetime'];
/** Types that cannot hold free text. */
const harmless = ['enum', 'literal', 'number', 'int', 'boolean', 'null'];

const isWhole = (pattern: RegExp | undefined): boolean => /^\^.*\$$/s.test(pattern?.source ?? '');

/**
 * Every string of a schema, at any depth.
 * @throws Error for an unknown schema type, because it may hold a string
 */
export const stringLeaves = (schema: z.core.$ZodType, path = ''): readonly StringLeaf[] => {
  const definition = schema._zod.def as Definition;
  const { type, format, checks = [], shape, element, innerType, keyType, valueType } = definition;
  const inside = (inner: z.core.$ZodType | undefined, name: string) =>
    inner ? stringLeaves(inner, name) : [];
  if (type === 'string') {
    const hasPattern =
      known.includes(format ?? '') || checks.some(({ _zod }) => isWhole(_zod.def.pattern));
    return [{ path, schema, hasPattern }];
  }
  if (harmless.includes(type)) return [];
  if (shape)
    return Object.entries(shape).flatMap(([name, inner]) =>
      stringLeaves(inner, path ? `${path}.${name}` : name),
    );
  if (element) return inside(element, `${path}[]`);
  if (type === 'record')
    return [...inside(keyType, `${path}{}`), ...inside(valueType, `${path}{}`)];
  if (definition.options) return definition.options.flatMap((option) => inside(option, path));
  if (innerType) return inside(innerType, path);
  if (definition.out) return inside(definition.out, path);
  throw new Error(`${path}: a ${type} may hold a string`);
};

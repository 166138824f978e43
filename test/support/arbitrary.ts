import fc from 'fast-check';
import type * as z from 'zod';

/** The parts of a zod schema's definition that are read here. */
interface Definition {
  readonly type: string;
  readonly format?: string;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
  readonly element?: z.core.$ZodType;
  readonly innerType?: z.core.$ZodType;
  readonly keyType?: z.core.$ZodType;
  readonly valueType?: z.core.$ZodType;
  readonly options?: readonly z.core.$ZodType[];
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, string>>;
  readonly checks?: readonly { readonly _zod: { readonly def: Check } }[];
}

interface Check {
  readonly check: string;
  readonly value?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: RegExp;
}

const hexadecimal = fc.stringMatching(/^[0-9a-f]{24}$/);

/** A unique text, so that it can be searched for anywhere. */
export const uniqueText = hexadecimal.map((digits) => `文字${digits}`);

const isUuid = (pattern: RegExp): boolean => pattern.test('0198c0de-0000-7000-8000-0000000000a1');

const date = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

const textOf = ({ format }: Definition, checks: readonly Check[]): fc.Arbitrary<string> => {
  if (format === 'date') return date;
  const pattern = checks.find((check) => check.pattern)?.pattern;
  if (pattern) return isUuid(pattern) ? fc.uuid() : fc.stringMatching(pattern);
  const most = checks.find(({ check }) => check === 'max_length')?.maximum ?? 40;
  if (most < 26) throw new Error(`a text of ${most} characters is too short to be found again`);
  return uniqueText;
};

/**
 * Values that a schema accepts. Free texts and UUIDs are unique.
 * @throws Error for an unknown construct
 */
export const arbitraryOf = (schema: z.core.$ZodType): fc.Arbitrary<unknown> => {
  const definition = schema._zod.def as unknown as Definition;
  const checks = (definition.checks ?? []).map(({ _zod }) => _zod.def);
  const inner = (part: z.core.$ZodType | undefined): fc.Arbitrary<unknown> => {
    if (!part) throw new Error(`a ${definition.type} without its part`);
    return arbitraryOf(part);
  };
  switch (definition.type) {
    case 'object':
      return fc.record(
        Object.fromEntries(
          Object.entries(definition.shape ?? {}).map(([name, part]) => [name, inner(part)]),
        ),
      );
    case 'array': {
      const least = checks.find(({ check }) => check === 'min_length')?.minimum ?? 0;
      return fc.array(inner(definition.element), { minLength: least, maxLength: least + 2 });
    }
    case 'optional':
      return fc.option(inner(definition.innerType), { nil: undefined });
    case 'nullable':
      return fc.option(inner(definition.innerType));
    case 'record':
      return fc.dictionary(
        inner(definition.keyType) as fc.Arbitrary<string>,
        inner(definition.valueType),
        { maxKeys: 2 },
      );
    case 'union':
      return fc.oneof(...(definition.options ?? []).map(inner));
    case 'enum':
      return fc.constantFrom(...Object.values(definition.entries ?? {}));
    case 'literal':
      return fc.constantFrom(...(definition.values ?? []));
    case 'boolean':
      return fc.boolean();
    case 'number': {
      const bound = (name: string, otherwise: number): number =>
        checks.find(({ check }) => check === name)?.value ?? otherwise;
      return fc.integer({ min: bound('greater_than', 0), max: bound('less_than', 1000) });
    }
    case 'string':
      return textOf(definition, checks);
    default:
      throw new Error(`no values are made for a ${definition.type}`);
  }
};

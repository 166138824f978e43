import type { Disclosure } from './projection.ts';

/** Replaces a person's id by a pseudonym. */
export type Replace = (id: string) => Promise<string>;

/** How one field of a row may be shown. */
type Shown = Disclosure[string] | Disclosure;

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

const shownOf = async (value: unknown, shown: Shown, replace: Replace): Promise<unknown> => {
  if (shown === 'hidden') return undefined;
  if (value === null) return null;
  if (Array.isArray(value)) return Promise.all(value.map((item) => shownOf(item, shown, replace)));
  if (shown === 'person') return typeof value === 'string' ? replace(value) : undefined;
  if (shown === 'shown') return isScalar(value) ? value : undefined;
  return isScalar(value) ? undefined : disclosed(value as object, shown, replace);
};

/**
 * The declared fields of a row, each as its disclosure says, for readers who may not see personal
 * data. A field that is not declared, or is something else than was declared, is left out.
 */
export const disclosed = async (
  row: object,
  disclosure: Disclosure,
  replace: Replace,
): Promise<Record<string, unknown>> => {
  const entries = await Promise.all(
    Object.entries(row).map(async ([field, value]) => {
      const shown = Object.hasOwn(disclosure, field) ? disclosure[field] : 'hidden';
      return [field, await shownOf(value, shown ?? 'hidden', replace)] as const;
    }),
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
};

import type { Metric } from '../figures/metrics.ts';
import { disclosures } from '../slices.ts';
import type { Disclosure } from '../views/projection.ts';
import type { listLines } from './list-lines.ts';

type Line = Awaited<ReturnType<typeof listLines>>['items'][number];

/** Replaces a person's id by a pseudonym. */
export type Replace = (id: string) => Promise<string>;

/** `hours` of `hours.verified`. */
type KindOf<Sort extends string> = Sort extends `${infer Kind}.${string}` ? Kind : Sort;

/** For an undeclared kind, no field of the entry is shown, and the id is treated as a person's. */
const nothing: Disclosure = { id: 'person' };

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null;

const shownOf = async (
  value: unknown,
  shown: Disclosure[string] | Disclosure,
  replace: Replace,
): Promise<unknown> => {
  if (shown === 'hidden') return undefined;
  if (value === null) return null;
  if (Array.isArray(value)) return Promise.all(value.map((item) => shownOf(item, shown, replace)));
  if (shown === 'person') return typeof value === 'string' ? replace(value) : undefined;
  if (shown === 'shown') return isScalar(value) ? value : undefined;
  return isScalar(value) ? undefined : fieldsOf(value as object, shown, replace);
};

/** The declared fields of a row, each as its disclosure says. */
const fieldsOf = async (
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

/**
 * A line as shown to readers who may not see personal data: without names and free text. A presence
 * has no fields beside its place; its id counts as a person's unless the metric counts things.
 */
export const disclose = async (line: Line, metric: Metric, replace: Replace): Promise<Line> => {
  const { id, kind, entry } = line;
  if (kind === 'presence') {
    const isThing = metric.lines === 'presence' && metric.members === 'things';
    return isThing ? line : { ...line, id: await replace(id) };
  }
  const disclosure = Object.hasOwn(disclosures, kind)
    ? disclosures[kind as KindOf<Exclude<Metric['lines'], 'presence'>>]
    : nothing;
  return {
    ...line,
    id: disclosure.id === 'shown' ? id : await replace(id),
    entry: await fieldsOf(entry, disclosure, replace),
  };
};

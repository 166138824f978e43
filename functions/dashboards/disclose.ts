import type { Metric } from '../figures/metrics.ts';
import { disclosures } from '../slices.ts';
import type { Disclosure } from '../views/projection.ts';
import type { listLines } from './list-lines.ts';

type Line = Awaited<ReturnType<typeof listLines>>['items'][number];

/** Replaces an id of somebody by what stands for it. */
export type Replace = (id: string) => Promise<string>;

/** `hours` of `hours.verified`. */
type KindOf<Sort extends string> = Sort extends `${infer Kind}.${string}` ? Kind : Sort;

/** Of a kind that nobody declared, only the value is shown, and where and when it counts. */
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

/** The fields that are declared, as they are declared. */
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
 * A line as whoever may not know people sees it: it names nobody and has no free text in it. Who or
 * what is present says nothing but where; a person unless the metric says that it counts things.
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

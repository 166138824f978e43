import { disclosures } from '../disclosures.ts';
import type { LineKind } from '../figures/metrics.ts';
import { disclosed, type Replace } from '../views/disclose.ts';
import type { Disclosure } from '../views/projection.ts';
import type { Line } from './line.ts';

/** What the id of a line names, as the slice of its kind says. */
const byKind: Readonly<Record<LineKind, Disclosure>> = disclosures;

const fields = {
  kind: 'shown',
  month: 'shown',
  areaId: 'shown',
  theme: 'shown',
  organisationId: 'shown',
  teamId: 'shown',
  value: 'shown',
  estimated: 'shown',
  numerator: 'shown',
  denominator: 'shown',
  version: 'shown',
  parts: { id: 'shown', version: 'shown' },
  partCount: 'shown',
} satisfies Omit<Disclosure<Line>, 'id'>;

/**
 * A line as shown to readers who may not see personal data. The id of a line whose kind is not declared
 * is treated as a person's.
 */
export const disclose = async (line: Line, replace: Replace): Promise<Line> => {
  const isThing = Object.hasOwn(byKind, line.kind) && byKind[line.kind].id === 'shown';
  const id = isThing ? 'shown' : 'person';
  return (await disclosed(
    line,
    { ...fields, id } as unknown as Disclosure,
    replace,
  )) as unknown as Line;
};

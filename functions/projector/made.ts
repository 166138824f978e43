import type { Additions } from '../figures/counts.ts';
import type { Key } from '../figures/layout.ts';

type Item = Readonly<Record<string, unknown>>;

/** An item to put. It is made when it is put, since all of a year do not fit into memory twice. */
export interface Planned {
  readonly key: Key;
  readonly make: () => Item;
}

/** What facts come to: items to put, and numbers to add. */
export interface Made {
  readonly items: readonly Planned[];
  readonly additions: Additions;
}

/** @param of has the item's key */
export const planned = <Of extends Key>(of: Of, make: (of: Of) => Item): Planned => ({
  key: { pk: of.pk, sk: of.sk },
  make: () => make(of),
});

import { countsKey, every, type Key, keyName } from './layout.ts';

/** One place where somebody is present. */
export interface Presence {
  /** `yyyy-mm` */
  readonly month: string;
  readonly areaId: string;
  readonly areasAbove: readonly string[];
  readonly theme: string;
}

/** Numbers to add to items, by key and attribute. Those that cancel out are left out by `all`. */
export const createAdditions = () => {
  const items = new Map<string, { readonly key: Key; readonly by: Map<string, number> }>();
  return {
    add: ({ pk, sk }: Key, name: string, by: number): void => {
      const id = keyName({ pk, sk });
      const item = items.get(id) ?? { key: { pk, sk }, by: new Map<string, number>() };
      items.set(id, item);
      item.by.set(name, (item.by.get(name) ?? 0) + by);
    },
    all: (): readonly { readonly key: Key; readonly by: ReadonlyMap<string, number> }[] =>
      [...items.values()].flatMap(({ key, by }) => {
        const effective = [...by].filter(([, value]) => value !== 0);
        return effective.length > 0 ? [{ key, by: new Map(effective) }] : [];
      }),
  };
};
export type Additions = ReturnType<typeof createAdditions>;

/** Persons (`V`) or partners (`P`) in a theme, or in all of them (`*`). */
export type CountedKind = 'V' | 'P';
export const countAttribute = (kind: CountedKind, theme: string): string => `${kind}:${theme}`;

/**
 * Adds one member's part in the counts, `sign` times. A member counts once in each theme of an area.
 * `*` corrects the sum over the themes: 1 less their number. So an area's members are the sum of its
 * attributes. A node's `+` corrects the sum over the areas at or below it, for each theme and, under
 * `*`, for all themes: 1 less the number of areas. So a node's members are the members of its areas
 * and its `+`'s `*`; of one theme, that theme of its areas and of its `+`. All areas (`*`) are a node
 * above every area.
 */
export const addCounts = (
  additions: Additions,
  kind: CountedKind,
  presences: readonly Presence[],
  sign: 1 | -1,
): void => {
  const periods = new Map<string, Map<string, { above: readonly string[]; themes: Set<string> }>>();
  for (const { month, areaId, areasAbove, theme } of presences)
    for (const period of [month, month.slice(0, 4)]) {
      const areas = periods.get(period) ?? new Map();
      periods.set(period, areas);
      const area = areas.get(areaId) ?? { above: areasAbove, themes: new Set<string>() };
      areas.set(areaId, area);
      area.themes.add(theme);
    }
  for (const [period, areas] of periods) {
    const add = (node: string, below: boolean, theme: string, by: number): void => {
      if (by !== 0)
        additions.add(countsKey(period, node, below), countAttribute(kind, theme), sign * by);
    };
    const inside = new Map<string, Set<string>[]>();
    for (const [areaId, { above, themes }] of areas) {
      for (const theme of themes) add(areaId, false, theme, 1);
      add(areaId, false, every, 1 - themes.size);
      for (const node of [areaId, ...above, every])
        inside.set(node, [...(inside.get(node) ?? []), themes]);
    }
    for (const [node, all] of inside) {
      if (all.length < 2) continue;
      const times = new Map<string, number>();
      for (const themes of all)
        for (const theme of themes) times.set(theme, (times.get(theme) ?? 0) + 1);
      for (const [theme, number] of times) add(node, true, theme, 1 - number);
      add(node, true, every, 1 - all.length);
    }
  }
};

/** The difference when a member is present elsewhere than before. */
export const moveCounts = (
  additions: Additions,
  kind: CountedKind,
  before: readonly Presence[],
  after: readonly Presence[],
): void => {
  addCounts(additions, kind, before, -1);
  addCounts(additions, kind, after, 1);
};

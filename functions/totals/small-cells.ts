import type { AreaTree } from '../figures/area-tree.ts';
import { every } from '../figures/layout.ts';

/** Counts of people whom professionals helped: below this, a public figure of an area could be about one. */
const smallBelow = 5;

/** Whether a count is small. Nothing is not. */
const isSmall = (count: number): boolean => count > 0 && count < smallBelow;

/** What one area alone reported of a measure in one month for one theme. */
export interface BaseCell {
  readonly areaId: string;
  /** `yyyy-mm` */
  readonly month: string;
  readonly theme: string;
  readonly value: number;
}

/** A published figure of a measure: of an area with those below it or alone, of a month or the year. */
export interface Published {
  readonly areaId: string | null;
  readonly alone: boolean;
  /** `yyyy-mm` or `yyyy` */
  readonly period: string;
  readonly theme: string | null;
}

/** The figures of one measure in one year that are not published. */
export interface HiddenCells {
  readonly has: (cell: Published) => boolean;
}

/** A cell by its three coordinates: a node, `01` to `12` or every month, a theme or every theme. */
type Coordinates = readonly [node: string, month: string, theme: string];
const nameOf = (cell: Coordinates): string => cell.join('|');

const months = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'));

/** An area with all below it, and the area alone, are two nodes. */
const withBelow = (areaId: string): string => `${areaId}+`;

/** A prime whose square is a whole number that is still exact. */
const prime = 67_108_859;
const mod = (value: number): number => ((value % prime) + prime) % prime;
const inverse = (value: number): number => {
  let result = 1;
  let base = mod(value);
  for (let power = prime - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = mod(result * base);
    base = mod(base * base);
  }
  return result;
};

/**
 * Which unknowns have one value only, by linear equations between them: they are solved by Gauss-Jordan
 * elimination, with factors modulo a prime, which are exact.
 * @param equations the factors of unknowns, by name; other names are known and left out
 */
const determined = (
  unknowns: readonly string[],
  equations: readonly ReadonlyMap<string, number>[],
): ReadonlySet<string> => {
  const rows: Float64Array[] = equations.map((equation) =>
    Float64Array.from(unknowns, (name) => mod(equation.get(name) ?? 0)),
  );
  let solved = 0;
  for (let column = 0; column < unknowns.length && solved < rows.length; column += 1) {
    const found = rows.findIndex((row, at) => at >= solved && row[column] !== 0);
    const pivot = rows[found];
    if (!pivot) continue;
    [rows[found], rows[solved]] = [rows[solved] as Float64Array, pivot];
    const factor = inverse(pivot[column] ?? 1);
    for (let at = column; at < pivot.length; at += 1) pivot[at] = mod((pivot[at] ?? 0) * factor);
    for (const row of rows) {
      const times = row[column] ?? 0;
      if (row === pivot || times === 0) continue;
      for (let at = column; at < row.length; at += 1)
        row[at] = mod((row[at] ?? 0) - times * (pivot[at] ?? 0));
    }
    solved += 1;
  }
  return new Set(
    rows.slice(0, solved).flatMap((row) => {
      const columns = [...row.keys()].filter((at) => row[at] !== 0);
      return columns.length === 1 ? [unknowns[columns[0] ?? 0] ?? ''] : [];
    }),
  );
};

/** The time of solving grows with the third power of what is hidden. */
const maxHidden = 400;

/** How nodes add up: which make up a node, and which node each is a part of. */
const createNodes = (tree: AreaTree, used: ReadonlySet<string>) => {
  const parts = new Map<string, readonly string[]>();
  const wholes = new Map<string, string>();
  const put = (whole: string, of: readonly string[]): void => {
    parts.set(whole, of);
    for (const part of of) wholes.set(part, whole);
  };
  const visit = (areaId: string): void => {
    const children = tree.childrenOf(areaId);
    put(withBelow(areaId), [areaId, ...children.map(withBelow)]);
    for (const child of children) visit(child);
  };
  // An area that the tree does not know yet lies in no other.
  const top = [...tree.childrenOf(null), ...[...used].filter((areaId) => !tree.has(areaId)).sort()];
  put(every, top.map(withBelow));
  for (const areaId of top) visit(areaId);
  /** The node and all nodes that it is a part of. */
  const upwards = (node: string): readonly string[] => {
    const whole = wholes.get(node);
    return whole === undefined ? [node] : [node, ...upwards(whole)];
  };
  /** All areas together: `*`, and the one area that contains all others, if there is one. */
  const isEverything = (node: string): boolean =>
    node === every || (top.length === 1 && node === withBelow(top[0] ?? ''));
  return { parts, wholes, upwards, isEverything };
};

/**
 * The cells of a year that are not published of one measure. A figure by area from 1 to 4 is hidden; and
 * wherever a whole is the sum of its parts (by area, by month, by theme) and exactly one of them were
 * hidden, which a subtraction would show, another one is hidden too; and more of them, until none of the
 * small ones follows from all that is published. Figures of all areas together are always published. When
 * very much has to be hidden, no figure by area is published.
 */
export const hiddenCells = (base: readonly BaseCell[], tree: AreaTree): HiddenCells => {
  const nodes = createNodes(tree, new Set(base.map(({ areaId }) => areaId)));
  const themes = [...new Set(base.map(({ theme }) => theme))].sort();
  const values = new Map<string, number>();
  const cells = new Map<string, Coordinates>();
  for (const { areaId, month, theme, value } of base)
    for (const node of nodes.upwards(areaId))
      for (const when of [month.slice(5), every])
        for (const what of [theme, every]) {
          const cell = [node, when, what] as const;
          cells.set(nameOf(cell), cell);
          values.set(nameOf(cell), (values.get(nameOf(cell)) ?? 0) + value);
        }

  /** The sums that a cell is in: each a whole and its parts. */
  const sumsWith = ([node, month, theme]: Coordinates): readonly (readonly Coordinates[])[] => {
    const ofNodes = (whole: string): readonly Coordinates[] =>
      [whole, ...(nodes.parts.get(whole) ?? [])].map((each) => [each, month, theme]);
    const above = nodes.wholes.get(node);
    return [
      ...(above === undefined ? [] : [ofNodes(above)]),
      ...(nodes.parts.has(node) ? [ofNodes(node)] : []),
      [every, ...months].map((each): Coordinates => [node, each, theme]),
      [every, ...themes].map((each): Coordinates => [node, month, each]),
    ];
  };

  const hidden = new Map<string, Coordinates>();
  const waiting: Coordinates[] = [];
  const hide = (cell: Coordinates): void => {
    hidden.set(nameOf(cell), cell);
    waiting.push(cell);
  };
  const small = [...cells.values()].filter((cell) => {
    const value = values.get(nameOf(cell)) ?? 0;
    return !nodes.isEverything(cell[0]) && isSmall(value);
  });
  const hiddenIn = (sum: readonly Coordinates[]): number =>
    sum.filter((each) => hidden.has(nameOf(each))).length;
  /**
   * What is nothing is hidden only where there is nothing else. The fewer other sums would need another
   * hidden cell in turn, the better; then the smaller.
   */
  const costOf = (cell: Coordinates): readonly [number, number, number] => {
    const value = values.get(nameOf(cell)) ?? 0;
    const sums = sumsWith(cell).filter((sum) => hiddenIn(sum) === 0);
    return [value === 0 ? 1 : 0, sums.length, value];
  };
  const hideCheapest = (of: readonly Coordinates[]): boolean => {
    const [cheapest] = of
      .filter((each) => !nodes.isEverything(each[0]) && !hidden.has(nameOf(each)))
      .map((cell) => ({ cell, cost: costOf(cell) }))
      .sort(
        ({ cost: one }, { cost: other }) =>
          one[0] - other[0] || one[1] - other[1] || one[2] - other[2],
      );
    if (cheapest) hide(cheapest.cell);
    return cheapest !== undefined;
  };
  const hideSeconds = (): void => {
    for (let cell = waiting.shift(); cell; cell = waiting.shift())
      for (const sum of sumsWith(cell)) if (hiddenIn(sum) === 1) hideCheapest(sum);
  };
  /** Whether a small figure follows from what is published. */
  const foundOut = (): boolean => {
    const sums = new Map(
      [...hidden.values()].flatMap((cell) =>
        sumsWith(cell).map((sum) => [sum.map(nameOf).join(), sum] as const),
      ),
    );
    const equations = [...sums.values()].map(
      ([whole, ...parts]) =>
        new Map([
          ...parts.map((part) => [nameOf(part), 1] as const),
          [whole ? nameOf(whole) : '', -1] as const,
        ]),
    );
    const known = determined([...hidden.keys()], equations);
    return small.some((cell) => known.has(nameOf(cell)));
  };

  for (const cell of small) hide(cell);
  hideSeconds();
  let isBounded = hidden.size <= maxHidden;
  while (isBounded && foundOut()) {
    isBounded = hideCheapest([...hidden.values()].flatMap((each) => sumsWith(each).flat()));
    hideSeconds();
    isBounded &&= hidden.size <= maxHidden;
  }
  return {
    has: ({ areaId, alone, period, theme }) =>
      areaId !== null &&
      (isBounded
        ? hidden.has(
            nameOf([
              alone ? areaId : withBelow(areaId),
              period.length === 4 ? every : period.slice(5),
              theme ?? every,
            ]),
          )
        : alone || !nodes.isEverything(withBelow(areaId))),
  };
};

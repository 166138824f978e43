import type { AreaTree } from '../figures/area-tree.ts';
import { type CountedKind, countAttribute } from '../figures/counts.ts';
import { later } from '../figures/documents.ts';
import { every } from '../figures/layout.ts';
import type { Measures } from '../figures/packing.ts';
import { areasIn, type Documents } from './documents.ts';

/** The figures that are asked for: of an area or all, with what lies below it or alone, of a theme or all. */
export interface Cell {
  /** `yyyy-mm` or `yyyy` */
  readonly period: string;
  readonly areaId: string | null;
  /** The area alone, without the areas below it. */
  readonly alone: boolean;
  readonly theme: string | null;
}

/** What figures are made of. */
export interface Sources {
  readonly documents: Documents;
  /** Running figures by area. */
  readonly running: ReadonlyMap<string, Measures>;
  readonly tree: AreaTree;
}

/** Figures by metric. A missing one has no lines. */
export interface Part {
  readonly asOf: string;
  readonly figures: Measures;
}

/** Areas whose lines are added, and the node that corrects members counted in several of them. */
interface Node {
  readonly areas: readonly string[];
  readonly corrects: string | null;
}

const none: Measures = {};

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** The sum of an area's attributes of a kind: its members, of one theme or in all. */
const membersIn = (counted: Measures, kind: CountedKind, theme: string | null): number =>
  theme === null
    ? sum(
        Object.entries(counted).flatMap(([name, value]) =>
          name.startsWith(countAttribute(kind, '')) ? [value] : [],
        ),
      )
    : (counted[countAttribute(kind, theme)] ?? 0);

const partAt = (
  { documents, running }: Sources,
  { areas, corrects }: Node,
  theme: string | null,
): Part => {
  const figures: Record<string, number> = {};
  let asOf = '';
  const add = (measures: Measures): void => {
    for (const [name, value] of Object.entries(measures))
      figures[name] = (figures[name] ?? 0) + value;
  };
  for (const areaId of areas) {
    const area = documents.get(areaId);
    if (area) {
      asOf = later(asOf, area.asOf);
      for (const [name, measures] of area.themes)
        if (theme === null || theme === name) add(measures);
    }
    if (theme === null) add(running.get(areaId) ?? none);
  }
  const below = corrects === null ? none : (documents.get(corrects)?.below ?? none);
  const members = (kind: CountedKind): number =>
    sum(areas.map((areaId) => membersIn(documents.get(areaId)?.counted ?? none, kind, theme))) +
    (below[countAttribute(kind, theme ?? every)] ?? 0);
  const [persons, partners] = [members('V'), members('P')];
  if (persons > 0) figures.distinctVolunteers = persons;
  if (partners > 0) figures.partners = partners;
  return { asOf, figures };
};

/** The areas that a cell is about. Of all areas also those that the tree does not know yet. */
export const areasOf = (
  { documents, running, tree }: Sources,
  { areaId, alone }: Pick<Cell, 'areaId' | 'alone'>,
): readonly string[] => {
  if (areaId !== null) return alone ? [areaId] : tree.within(areaId);
  return [...new Set([...areasIn(documents), ...running.keys()])].sort();
};

/** The parts by area, and the figures they add up to. */
export interface AddedUp extends Part {
  readonly areas: ReadonlyMap<string, Part>;
  readonly themes: ReadonlyMap<string, Part>;
}

const withoutEmpty = (parts: readonly (readonly [string, Part])[]): ReadonlyMap<string, Part> =>
  new Map(parts.filter(([, { figures }]) => Object.keys(figures).length > 0));

/**
 * Adds up a cell and its parts. By area: each area directly below with all that lies below it, and the
 * area itself alone. By theme: each theme of the cell, unless one is asked for.
 */
export const addUp = (sources: Sources, cell: Cell): AddedUp => {
  const { documents, tree } = sources;
  const { areaId, alone, theme } = cell;
  const areas = areasOf(sources, cell);
  const whole: Node = { areas, corrects: alone ? null : (areaId ?? every) };
  const children = alone ? [] : tree.childrenOf(areaId);
  const inChildren = new Set(children.flatMap(tree.within));
  const nodes: readonly (readonly [string, Node])[] = [
    ...children.map((id) => [id, { areas: tree.within(id), corrects: id }] as const),
    ...areas
      .filter((id) => !inChildren.has(id))
      .map((id) => [id, { areas: [id], corrects: null }] as const),
  ];
  const themes = new Set(areas.flatMap((id) => [...(documents.get(id)?.themes.keys() ?? [])]));
  return {
    ...partAt(sources, whole, theme),
    areas: withoutEmpty(nodes.map(([id, node]) => [id, partAt(sources, node, theme)])),
    themes: withoutEmpty(
      theme === null ? [...themes].sort().map((id) => [id, partAt(sources, whole, id)]) : [],
    ),
  };
};

import { type AreaTree, readAreaTree } from '../figures/area-tree.ts';
import { runningKey, runningPartition } from '../figures/layout.ts';
import type { Measures } from '../figures/packing.ts';
import { runningFigures } from '../figures/running.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { Rejection } from '../refusals/decision.ts';
import { yearOf } from '../runtime/calendar.ts';
import { itemsAt, itemsOf } from '../views/views.ts';
import type { Cell, Sources } from './add-up.ts';
import type { Documents, Unit } from './documents.ts';
import { type ReadDocuments, readDocuments, readDocumentsOfUnit } from './read-documents.ts';

/** The tree of the year of a cell. @throws Rejection `not-found` when the area is unknown */
export const treeFor = async ({
  period,
  areaId,
}: Pick<Cell, 'period' | 'areaId'>): Promise<AreaTree> => {
  const tree = await readAreaTree(Number(yearOf(period)), areaId);
  if (areaId !== null && !tree.has(areaId))
    throw new Rejection('not-found', { what: 'area', id: areaId });
  return tree;
};

/** The only area whose documents a cell needs; null when it needs those of several. */
export const onlyArea = (tree: AreaTree, { areaId, alone }: Cell): string | null =>
  areaId !== null && (alone || tree.within(areaId).length === 1) ? areaId : null;

const readRunning = async (
  period: string,
  areaId: string | null,
): Promise<ReadonlyMap<string, Measures>> => {
  const items =
    areaId === null
      ? await itemsOf(runningPartition, {})
      : [...(await itemsAt([runningKey(areaId)])).values()];
  return new Map(items.map((item) => [String(item.sk), runningFigures(item, period)]));
};

const haveTheme = (documents: Documents, theme: string): boolean =>
  [...documents.values()].some(({ themes }) => themes.has(theme));

/**
 * Checks that there is a theme: in the year's campaign, or with figures anywhere in the district in that year, as one
 * that has left the campaign. What an area has makes no difference, neither to the answer nor to what is read for it:
 * else whoever asks would learn whether a theme whose figures are hidden there has any.
 * @param all the documents of all areas, where they were read
 * @throws Rejection `not-found`
 */
export const checkTheme = async (
  { theme, period }: Pick<Cell, 'theme' | 'period'>,
  all?: Documents,
): Promise<void> => {
  if (theme === null || (all && haveTheme(all, theme))) return;
  const year = yearOf(period);
  const campaign = await aggregate('campaign').stateNow(year, false);
  const planned = campaign ? [...campaign.themes, ...campaign.routines] : [];
  if (planned.some(({ key }) => key === theme)) return;
  const { documents } = await readDocuments(year, null);
  if (!haveTheme(documents, theme)) throw new Rejection('not-found', { what: 'theme', id: theme });
};

/**
 * Reads what the figures of a cell are made of: its documents by one query, and beside it the running
 * figures, which have no theme and no organisation.
 * @throws Rejection `not-found` for an unknown area or theme
 */
export const readSources = async (
  cell: Cell,
  unit: Unit | null,
): Promise<Sources & ReadDocuments> => {
  const tree = await treeFor(cell);
  const areaId = onlyArea(tree, cell);
  const hasRunning = cell.theme === null && unit === null;
  const [read, running] = await Promise.all([
    unit === null
      ? readDocuments(cell.period, areaId)
      : readDocumentsOfUnit(cell.period, areaId, unit),
    hasRunning ? readRunning(cell.period, areaId) : new Map<string, Measures>(),
  ]);
  await checkTheme(cell, areaId === null && unit === null ? read.documents : undefined);
  return { ...read, running, tree };
};

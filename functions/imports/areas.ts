import { areaId } from '../../events/envelope.ts';
import { type Area, parentIn } from '../../events/organisations.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { onceEach } from '../runtime/once.ts';
import { areaRows } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import { mayImportInto } from './policy.ts';
import { faultOf, type RowFault, unknownArea } from './row-faults.ts';

type Known = Area & { readonly id: string };

const readAreas = async (): Promise<readonly Known[]> => {
  const areas: Known[] = [];
  let cursor: string | undefined;
  do {
    const page = await listRows<Area>({ index: 'items', partition: areaRows, limit: 500, cursor });
    areas.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return areas;
};

const squeezed = (text: string): string => text.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '');

/** An office in place of the area it works for. */
const office = /(?:居民委员会|居委会|村民委员会|村委会|办事处)$/;
/** What lists leave out at the end of a community's name. */
const kind = /(?<=^.{2,})(?:社区|村)$/;

/**
 * Finds areas by id, and by name: as it is, after the names of areas that it lies in, with an office
 * for the area, or without 社区 or 村 at the end. Several areas may have the same name.
 * @param year the calendar year whose hierarchy the names follow
 */
export const areaFinder = (areas: readonly Known[], year: number) => {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const called = new Map<string, Known[]>();
  const short = new Map<string, Known[]>();
  const add = (names: Map<string, Known[]>, name: string, area: Known) =>
    names.set(name, [...(names.get(name) ?? []), area]);
  const parentOf = (area: Known): Known | undefined => byId.get(parentIn(area, year) ?? '');
  /** The names of areas that an area lies in, with any of them left out. */
  const above = (area: Known): readonly string[] => {
    const parent = parentOf(area);
    return parent ? above(parent).flatMap((names) => [names, names + parent.name]) : [''];
  };
  for (const area of areas)
    for (const names of above(area)) {
      const name = squeezed(names + area.name);
      add(called, name, area);
      if (kind.test(name)) add(short, name.replace(kind, ''), area);
    }
  const find = (text: string): readonly Known[] => {
    const exact = byId.get(text);
    if (exact) return [exact];
    const name = squeezed(text);
    const area = name.replace(office, '');
    return called.get(name) ?? called.get(area) ?? short.get(area) ?? [];
  };
  const liesIn = (area: Known | undefined, street: Known): boolean =>
    area !== undefined && (area.id === street.id || liesIn(parentOf(area), street));
  return { find, liesIn };
};

type Written = { readonly area: string; readonly street: string };

/** Whether an area with this id exists that may be too new for the Views. */
const isInLedger = async (text: string): Promise<boolean> =>
  areaId.safeParse(text).success && (await aggregate('area').stateNow(text)) !== undefined;

/** Finds the area of a row, where the actor may register people, or what is wrong with it. */
export const areaResolver = async (actor: Actor, otherwise: string | undefined) => {
  const areas = await readAreas();
  const { find, liesIn } = areaFinder(areas, actor.year);
  const unknown = (column: 'area' | 'street'): RowFault => {
    const kind = column === 'area' ? 'community' : 'subdistrict';
    const fitting = areas.filter((area) => area.kind === kind);
    const named = fitting.length > 0 ? fitting : areas;
    return unknownArea(
      column,
      named.map(({ name }) => name),
    );
  };
  const isLate = onceEach(isInLedger);
  const mayInto = onceEach(async (id) =>
    mayImportInto(actor, { inArea: await worksIn(actor, id) }),
  );
  const meant = ({ area, street }: Written): Known | RowFault => {
    const streets = find(street);
    if (street !== '' && streets.length === 0) return unknown('street');
    const wanted = area === '' && street === '' ? otherwise : area;
    if (wanted === undefined) return faultOf('area', 'area-required');
    const found = wanted === '' ? streets : find(wanted);
    const fitting =
      street === '' ? found : found.filter((each) => streets.some((other) => liesIn(each, other)));
    const [first, second] = fitting;
    if (second) return faultOf('area', 'ambiguous-area');
    return first ?? unknown('area');
  };
  const areaOf = async (written: Written): Promise<string | RowFault> => {
    const found = meant(written);
    const named = (written.area || otherwise) ?? '';
    const isNew = 'code' in found && written.street === '' && (await isLate(named));
    if ('code' in found && !isNew) return found;
    const id = 'code' in found ? named : found.id;
    return (await mayInto(id)) ? id : faultOf('area', 'area-not-yours');
  };
  return { areaOf, isArea: (text: string): boolean => find(text).length > 0 };
};

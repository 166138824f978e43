import { areaId } from '../../events/envelope.ts';
import type { Area } from '../../events/organisations.ts';
import { worksIn } from '../access/working-area.ts';
import type { Actor } from '../ledger/actor.ts';
import { aggregate } from '../ledger/aggregate.ts';
import { areaRows } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import { mayImportInto } from './policy.ts';
import { faultOf, type RowFault } from './row-faults.ts';

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

/**
 * Finds areas by id, by name, and by the parent area's name followed by their own. Several areas
 * may have the same name.
 */
export const areaFinder = (areas: readonly Known[]) => {
  const byId = new Map(areas.map((area) => [area.id, area]));
  const called = new Map<string, Known[]>();
  const call = (name: string, area: Known) => called.set(name, [...(called.get(name) ?? []), area]);
  for (const area of areas) {
    const parent = byId.get(area.parentId ?? '');
    call(squeezed(area.name), area);
    if (parent) call(squeezed(parent.name + area.name), area);
  }
  const find = (text: string): readonly Known[] => {
    const exact = byId.get(text);
    return exact ? [exact] : (called.get(squeezed(text)) ?? []);
  };
  const liesIn = (area: Known | undefined, street: Known): boolean =>
    area !== undefined && (area.id === street.id || liesIn(byId.get(area.parentId ?? ''), street));
  return { find, liesIn };
};

type Written = { readonly area: string; readonly street: string };

/** Whether an area with this id exists that may be too new for the Views. */
const isInLedger = async (text: string): Promise<boolean> =>
  areaId.safeParse(text).success && (await aggregate('area').stateNow(text)) !== undefined;

/** Finds the area of a row, where the actor may register people, or what is wrong with it. */
export const areaResolver = async (actor: Actor, otherwise: string | undefined) => {
  const { find, liesIn } = areaFinder(await readAreas());
  const late = new Map<string, Promise<boolean>>();
  const isLate = (text: string): Promise<boolean> => {
    const known = late.get(text) ?? isInLedger(text);
    late.set(text, known);
    return known;
  };
  const allowed = new Map<string, Promise<boolean>>();
  const mayInto = (id: string): Promise<boolean> => {
    const known =
      allowed.get(id) ?? worksIn(actor, id).then((inArea) => mayImportInto(actor, { inArea }));
    allowed.set(id, known);
    return known;
  };
  const meant = ({ area, street }: Written): Known | RowFault => {
    const streets = find(street);
    if (street !== '' && streets.length === 0) return faultOf('street', 'unknown-area');
    const wanted = area === '' && street === '' ? otherwise : area;
    if (wanted === undefined) return faultOf('area', 'required');
    const found = wanted === '' ? streets : find(wanted);
    const fitting =
      street === '' ? found : found.filter((each) => streets.some((other) => liesIn(each, other)));
    const [first, second] = fitting;
    if (second) return faultOf('area', 'ambiguous-area');
    return first ?? faultOf('area', 'unknown-area');
  };
  return async (written: Written): Promise<string | RowFault> => {
    const found = meant(written);
    const named = (written.area || otherwise) ?? '';
    const isNew = 'code' in found && written.street === '' && (await isLate(named));
    if ('code' in found && !isNew) return found;
    const id = 'code' in found ? named : found.id;
    return (await mayInto(id)) ? id : faultOf('area', 'area-not-yours');
  };
};

import type { Fact } from '../../events/catalogue.ts';
import type { Area, Organisation } from '../../events/organisations.ts';
import { Rejection } from '../refusals/decision.ts';
import { chineseFor } from '../refusals/words.ts';

const parentKind = { district: null, subdistrict: 'district', community: 'subdistrict' } as const;

/**
 * The parents by year after a command of `year`. A new area is where it is put from the beginning.
 * A move counts from the next 1 January, because the figures of a year have one hierarchy; it
 * replaces an earlier move of the same year.
 */
const parentsAfter = (
  state: Area | null,
  parentId: string | null,
  year: number,
): Area['parents'] => {
  if (!state) return [{ fromYear: 0, parentId }];
  const begun = state.parents.filter(({ fromYear }) => fromYear <= year);
  return begun.at(-1)?.parentId === parentId ? begun : [...begun, { fromYear: year + 1, parentId }];
};

/**
 * Defines or redefines an area; null when nothing changes. A community may move to another
 * subdistrict, but an area never changes its kind: the areas below it would then have a parent of
 * the wrong kind, or an area could contain itself.
 * @param year the local calendar year of the command
 * @throws Rejection `invalid-value` when the parent is not of the kind above, or the kind changes
 */
export const defineArea = (
  state: Area | null,
  area: Omit<Area, 'parents'>,
  parent: Area | null,
  year: number,
): Fact<'AreaDefined'> | null => {
  if (state && state.kind !== area.kind)
    throw new Rejection(
      'invalid-value',
      {
        zh: `区域级别已定为${chineseFor('kind', state.kind)}，不得更改；请另设区域。`,
        en: `It is a ${state.kind} and stays one; define another area instead.`,
      },
      '#/kind',
    );
  const expected = parentKind[area.kind];
  if ((parent?.kind ?? null) !== expected)
    throw new Rejection(
      'invalid-value',
      {
        zh: expected ? `上级区域须为${chineseFor('kind', expected)}。` : '区级区域没有上级。',
        en: expected ? `The parent must be a ${expected}.` : 'A district has no parent.',
      },
      '#/parentId',
    );
  const same =
    state?.kind === area.kind && state.name === area.name && state.parentId === area.parentId;
  if (same) return null;
  const parents = parentsAfter(state, area.parentId, year);
  return { type: 'AreaDefined', data: { area: { ...area, parents } } };
};

export const registerOrganisation = (
  organisation: Organisation,
): Fact<'OrganisationRegistered'> => ({ type: 'OrganisationRegistered', data: { organisation } });

/** Changes an organisation's name, kind or area; null when nothing changes. */
export const reviseOrganisation = (
  state: Organisation,
  changes: Partial<Omit<Organisation, 'id'>>,
): Fact<'OrganisationRevised'> | null => {
  const organisation = { ...state, ...changes };
  const { kind, name, areaId } = state;
  const same =
    kind === organisation.kind && name === organisation.name && areaId === organisation.areaId;
  return same ? null : { type: 'OrganisationRevised', data: { organisation } };
};

import type { Fact } from '../../events/catalogue.ts';
import type { Area, Organisation } from '../../events/organisations.ts';
import { Rejection } from '../refusals/decision.ts';
import { chineseFor } from '../refusals/words.ts';

const parentKind = { district: null, subdistrict: 'district', community: 'subdistrict' } as const;

/**
 * Defines or redefines an area; null when nothing changes. A community may move to another
 * subdistrict, but an area never changes its kind: the areas below it would then have a parent of
 * the wrong kind, or an area could contain itself.
 * @throws Rejection `invalid-value` when the parent is not of the kind above, or the kind changes
 */
export const defineArea = (
  state: Area | null,
  area: Area,
  parent: Area | null,
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
  return same ? null : { type: 'AreaDefined', data: { area } };
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

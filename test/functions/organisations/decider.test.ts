import { describe, expect, test } from '@jest/globals';
import { catalogue } from '../../../events/catalogue.ts';
import type { Area } from '../../../events/organisations.ts';
import {
  defineArea,
  registerOrganisation,
  reviseOrganisation,
} from '../../../functions/organisations/decider.ts';
import { rejectionOf } from '../../support/given.ts';

const district: Area = { id: 'demo', kind: 'district', name: '示范区', parentId: null };
const subdistrict: Area = { id: 'hongqi', kind: 'subdistrict', name: '红旗街道', parentId: 'demo' };
const community: Area = { id: 'h-01', kind: 'community', name: '红旗社区', parentId: 'hongqi' };
const { organisation } = catalogue.OrganisationRegistered.example;

describe('define an area', () => {
  test.each<[Area, Area | null]>([
    [district, null],
    [subdistrict, district],
    [community, subdistrict],
  ])('%o in the level above it', (area, parent) => {
    expect(defineArea(null, area, parent)).toEqual({ type: 'AreaDefined', data: { area } });
  });

  test.each<[string, Area, Area | null]>([
    ['a district in something', { ...district, parentId: 'hongqi' }, subdistrict],
    ['a subdistrict in nothing', { ...subdistrict, parentId: null }, null],
    ['a subdistrict in a subdistrict', subdistrict, subdistrict],
    ['a community in a district', community, district],
    ['a community in a community', community, community],
    ['a community in nothing', { ...community, parentId: null }, null],
  ])('%s is refused', (_, area, parent) => {
    expect(rejectionOf(() => defineArea(null, area, parent))).toEqual({
      code: 'invalid-value',
      pointer: '#/parentId',
    });
  });

  test('the same again changes nothing', () => {
    expect(defineArea(community, { ...community }, subdistrict)).toBeNull();
  });

  test.each<[string, Area, Area | null]>([
    ['name', { ...community, name: '新红旗社区' }, subdistrict],
    ['parent', { ...community, parentId: 'other' }, { ...subdistrict, id: 'other' }],
  ])('another %s is a new definition', (_, area, parent) => {
    expect(defineArea(community, area, parent)).toEqual({ type: 'AreaDefined', data: { area } });
  });

  test.each<[string, Area, Area, Area | null]>([
    ['a community', community, { ...community, kind: 'subdistrict', parentId: 'demo' }, district],
    ['one that others lie in', subdistrict, { ...community, id: 'hongqi' }, subdistrict],
    ['the district', district, { ...subdistrict, id: 'demo' }, district],
  ])('%s does not become an area of another kind', (_, state, area, parent) => {
    expect(rejectionOf(() => defineArea(state, area, parent))).toEqual({
      code: 'invalid-value',
      pointer: '#/kind',
    });
  });
});

test('an organisation is registered', () => {
  expect(registerOrganisation(organisation)).toEqual({
    type: 'OrganisationRegistered',
    data: { organisation },
  });
});

test('an organisation is revised; what stays the same is no event', () => {
  const revised = { ...organisation, name: '新名称' };
  expect(reviseOrganisation(organisation, { name: '新名称' })).toEqual({
    type: 'OrganisationRevised',
    data: { organisation: revised },
  });
  const { kind, name, areaId } = organisation;
  expect(reviseOrganisation(organisation, { kind, name, areaId })).toBeNull();
});

import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { catalogue } from '../../../events/catalogue.ts';
import { type Area, parentIn } from '../../../events/organisations.ts';
import {
  defineArea,
  registerOrganisation,
  reviseOrganisation,
} from '../../../functions/organisations/decider.ts';
import { rejectionOf } from '../../support/given.ts';

/** What a command gives: an area without its parents by year. */
type Given = Omit<Area, 'parents'>;
const district: Given = { id: 'demo', kind: 'district', name: '示范区', parentId: null };
const subdistrict: Given = {
  id: 'hongqi',
  kind: 'subdistrict',
  name: '红旗街道',
  parentId: 'demo',
};
const community: Given = { id: 'h-01', kind: 'community', name: '红旗社区', parentId: 'hongqi' };
const year = 2025;
/** The area as it is after its first definition. */
const defined = (area: Given): Area => ({
  ...area,
  parents: [{ fromYear: 0, parentId: area.parentId }],
});
const define = (state: Given | null, area: Given, parent: Given | null) =>
  defineArea(state && defined(state), area, parent && defined(parent), year);
const { organisation } = catalogue.OrganisationRegistered.example;

describe('define an area', () => {
  test.each<[Given, Given | null]>([
    [district, null],
    [subdistrict, district],
    [community, subdistrict],
  ])('%o in the level above it', (area, parent) => {
    expect(define(null, area, parent)).toEqual({
      type: 'AreaDefined',
      data: { area: defined(area) },
    });
  });

  test.each<[string, Given, Given | null]>([
    ['a district in something', { ...district, parentId: 'hongqi' }, subdistrict],
    ['a subdistrict in nothing', { ...subdistrict, parentId: null }, null],
    ['a subdistrict in a subdistrict', subdistrict, subdistrict],
    ['a community in a district', community, district],
    ['a community in a community', community, community],
    ['a community in nothing', { ...community, parentId: null }, null],
  ])('%s is refused', (_, area, parent) => {
    expect(rejectionOf(() => define(null, area, parent))).toEqual({
      code: 'invalid-value',
      pointer: '#/parentId',
    });
  });

  test('the same again changes nothing', () => {
    expect(define(community, { ...community }, subdistrict)).toBeNull();
  });

  test('another name is a new definition', () => {
    const area = { ...community, name: '新红旗社区' };
    expect(define(community, area, subdistrict)).toEqual({
      type: 'AreaDefined',
      data: { area: defined(area) },
    });
  });

  test('another parent counts from 1 January of the next year', () => {
    const area = { ...community, parentId: 'other' };
    const parents = [
      { fromYear: 0, parentId: 'hongqi' },
      { fromYear: 2026, parentId: 'other' },
    ];
    expect(define(community, area, { ...subdistrict, id: 'other' })).toEqual({
      type: 'AreaDefined',
      data: { area: { ...area, parents } },
    });
  });

  test('moves change nothing for the year of the command, nor for those before', () => {
    const step = fc.record({
      later: fc.nat(3),
      parentId: fc.constantFrom('a', 'b', 'c'),
      name: fc.constantFrom('红旗社区', '新红旗社区'),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        let now = 2020;
        let state = defined({ ...community, parentId: 'a' });
        for (const { later, parentId, name } of steps) {
          now += later;
          const parent = defined({ ...subdistrict, id: parentId });
          const fact = defineArea(state, { ...community, parentId, name }, parent, now);
          const after = fact?.data.area ?? state;
          for (let year = 2019; year <= now; year += 1)
            expect(parentIn(after, year)).toBe(parentIn(state, year));
          for (const year of [now + 1, now + 2, 9999]) expect(parentIn(after, year)).toBe(parentId);
          const years = after.parents.map(({ fromYear }) => fromYear);
          expect(years).toEqual([...new Set(years)].sort((a, b) => a - b));
          expect(years[0]).toBe(0);
          expect(after.parents.at(-1)?.parentId).toBe(after.parentId);
          state = after;
        }
      }),
    );
  });

  test.each<[string, Given, Given, Given | null]>([
    ['a community', community, { ...community, kind: 'subdistrict', parentId: 'demo' }, district],
    ['one that others lie in', subdistrict, { ...community, id: 'hongqi' }, subdistrict],
    ['the district', district, { ...subdistrict, id: 'demo' }, district],
  ])('%s does not become an area of another kind', (_, state, area, parent) => {
    expect(rejectionOf(() => define(state, area, parent))).toEqual({
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

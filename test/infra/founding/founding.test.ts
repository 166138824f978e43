import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseFounding } from '../../../infra/founding/founding.ts';
import { areas, organisations } from '../../../infra/season/town.ts';

const sample = readFileSync('docs/first-day.json', 'utf8');
const district = { id: 'tiexi', kind: 'district', name: '铁西区' };
const office = { kind: 'subdistrict-office', name: '办事处', areaId: 'tiexi' };

describe('a founding', () => {
  test('is read with what may be left out', () => {
    expect(parseFounding(JSON.stringify({ areas: [district] }))).toEqual({
      areas: [{ ...district, parentId: null }],
      organisations: [],
      campaigns: [],
    });
  });

  test('of the first day is a part of the sample town, so that the README shows real ids', () => {
    const first = parseFounding(sample);
    expect(areas).toEqual(expect.arrayContaining(first.areas));
    const known = organisations.map(({ key: _, ...organisation }) => organisation);
    expect(known).toEqual(expect.arrayContaining(first.organisations));
  });

  test.each<[object, string]>([
    [{}, 'areas: is missing'],
    [{ areas: [null] }, 'areas[0]: Invalid input'],
    [{ areas: [{}] }, 'areas[0].id: is missing'],
    [{ areas: 'tiexi' }, 'areas: Invalid input'],
    [{ areas: [] }, 'areas: Too small'],
    [{ areas: [{ id: 'tiexi', kind: 'district' }] }, 'areas[0].name (tiexi): is missing'],
    [{ areas: [{ ...district, kind: 'town' }] }, 'areas[0].kind (tiexi): Invalid option'],
    [{ areas: [{ ...district, id: 'Tiexi' }] }, 'areas[0].id (Tiexi): '],
    [{ areas: [{ ...district, name: '电话13800138000' }] }, 'areas[0].name (tiexi): '],
    [{ areas: [{ ...district, colour: 'red' }] }, 'areas[0] (tiexi): Unrecognized key: "colour"'],
    [{ areas: [district], organisation: [] }, 'the file: Unrecognized key: "organisation"'],
    [{ areas: [district, district] }, 'areas[1] (tiexi): tiexi is areas[0] already'],
    [
      { areas: [district], organisations: [office, office] },
      'organisations[1] (办事处): 办事处 in tiexi is organisations[0] already',
    ],
    [{ areas: [district], campaigns: [{ year: 2026 }] }, 'campaigns[0].plan (2026): '],
    [{ areas: [district], campaigns: [{ year: 26, plan: 'x' }] }, 'campaigns[0].year (26): '],
  ])('%j is refused, and the place is named', (founding, line) => {
    expect(() => parseFounding(JSON.stringify(founding))).toThrow(line);
  });

  test('has a line for each fault', () => {
    const wrong = { areas: [{}, { ...district, kind: 'town' }], colour: 1 };
    const lines = (() => {
      try {
        return String(parseFounding(JSON.stringify(wrong)));
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(lines.split('\n')).toHaveLength(5);
  });
});

import { expect, test } from '@jest/globals';
import { areaFinder } from '../../../functions/imports/areas.ts';

const area = (id: string, name: string, parentId: string | null) => ({
  id,
  name,
  parentId,
  parents: [{ fromYear: 0, parentId }],
  kind: 'community' as const,
});
const areas = [
  area('demo', '示范区', null),
  area('hongqi', '红旗街道', 'demo'),
  area('xinhua', '新华街道', 'demo'),
  area('hongqi-01', '和平社区', 'hongqi'),
  area('xinhua-01', '和平社区', 'xinhua'),
  area('xinhua-02', '新风社区', 'xinhua'),
];
const { find, liesIn } = areaFinder(areas, 2025);
const found = (text: string) => find(text).map(({ id }) => id);

test.each([
  ['hongqi-01', ['hongqi-01']],
  ['新风社区', ['xinhua-02']],
  [' 新 风社区\u200b', ['xinhua-02']],
  ['新华街道新风社区', ['xinhua-02']],
  ['新华街道 和平社区', ['xinhua-01']],
  ['和平社区', ['hongqi-01', 'xinhua-01']],
  ['新风', ['xinhua-02']],
  ['新风社区居委会', ['xinhua-02']],
  ['新风社区居民委员会', ['xinhua-02']],
  ['示范区新华街道新风社区', ['xinhua-02']],
  ['示范区 新风社区', ['xinhua-02']],
  ['新华街道新风', ['xinhua-02']],
  ['新华街道办事处', ['xinhua']],
  ['新华', []],
  ['外区新华街道新风社区', []],
  ['没有的社区', []],
  ['', []],
])('%j is %j', (text, ids) => {
  expect(found(text)).toEqual(ids);
});

test('of areas with one name the street office tells which', () => {
  const [street] = find('新华街道');
  if (!street) throw new Error('there is no such street office');
  expect(
    find('和平社区')
      .filter((each) => liesIn(each, street))
      .map(({ id }) => id),
  ).toEqual(['xinhua-01']);
});

test('a community that moves next year is still found where it lies this year', () => {
  const moving = areas.map((each) =>
    each.id === 'xinhua-02'
      ? {
          ...each,
          parentId: 'hongqi',
          parents: [...each.parents, { fromYear: 2026, parentId: 'hongqi' }],
        }
      : each,
  );
  const ids = (year: number, text: string) =>
    areaFinder(moving, year)
      .find(text)
      .map(({ id }) => id);
  expect(ids(2025, '新华街道新风社区')).toEqual(['xinhua-02']);
  expect(ids(2025, '红旗街道新风社区')).toEqual([]);
  expect(ids(2026, '红旗街道新风社区')).toEqual(['xinhua-02']);
});

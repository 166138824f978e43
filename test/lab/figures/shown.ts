import { pageOf, yearOf } from '../../../functions/figures/documents.ts';
import type { Measures } from '../../../functions/figures/packing.ts';
import { flaggedDaysOf, personYearOf } from '../../../functions/figures/person-year.ts';
import type { Projected } from '../../../functions/figures/projected.ts';
import { areas, type Facts } from './district.ts';
import { type Areas, type Figures, nodesOf } from './fold.ts';

type Item = Readonly<Record<string, unknown>>;

/** The figures that a set of items shows, and what is wrong with the items themselves. */
export const shownBy = (views: readonly Item[], above: Areas = areas) => {
  const figures = new Map<string, number>();
  const broken: string[] = [];
  const add = (name: string, value: number): void => {
    if (value !== 0) figures.set(name, (figures.get(name) ?? 0) + value);
  };
  const addMeasures = (period: string, areaId: string, theme: string, measures: Measures): void => {
    for (const node of nodesOf(areaId, above))
      for (const [name, value] of Object.entries(measures)) {
        add(`${period}|${node}|${theme}|${name}`, value);
        add(`${period}|${node}|*|${name}`, value);
      }
  };
  const seen = new Set<string>();
  for (const item of views) {
    const { pk, sk } = item as { readonly pk: string; readonly sk: string };
    if (pk === 'running')
      for (const [name, value] of Object.entries(item))
        if (typeof value === 'number') add(`running|${sk}|${name}`, value);
    if (!pk.startsWith('totals#')) continue;
    const [period = '', area = '', sort = ''] = sk.split('#');
    if (sort === 'p') {
      // An area's own counts stand for every node above it; a node's `+` corrects that node only.
      const isBelow = area.endsWith('+');
      for (const [name, value] of Object.entries(item)) {
        const [kind = '', theme = ''] = name.split(':');
        if (typeof value !== 'number' || !theme) continue;
        for (const node of isBelow ? [area.slice(0, -1)] : nodesOf(area, above)) {
          if (theme !== '*') add(`${period}|${node}|${theme}|${kind}`, value);
          if (!isBelow || theme === '*') add(`${period}|${node}|*|${kind}`, value);
        }
      }
    } else if (sort.startsWith('y')) {
      for (const { themes } of yearOf({ pk, sk }, item).pages.values())
        for (const [theme, measures] of themes) addMeasures(period, area, theme, measures);
    } else
      for (const [short, { theme, measures }] of pageOf({ pk, sk }, item).children) {
        addMeasures(period, area, theme, measures);
        const name = `${pk}|${period}|${area}|${sort.replace(/\d+$/, '')}|${short}`;
        if (seen.has(name)) broken.push(`a child in two pages: ${name}`);
        seen.add(name);
      }
  }
  return { figures, broken };
};

export const differences = (shown: Figures, wanted: Figures): readonly string[] =>
  [...new Set([...shown.keys(), ...wanted.keys()])].flatMap((name) => {
    const [have, want] = [shown.get(name) ?? 0, wanted.get(name) ?? 0];
    return have === want ? [] : [`${name}: shown ${have}, wanted ${want}`];
  });

/** What is wrong with the persons' years: each holds its person's newest entries, and is in the list. */
export const wrongYears = (views: readonly Item[], { sheets }: Facts): readonly string[] => {
  const wanted = new Map<string, string>();
  for (const { id, place, entries } of sheets.values())
    for (const { volunteerId, status, creditedMinutes, onDuty } of entries.values()) {
      const name = `${volunteerId}|${place.serviceDate.slice(0, 4)}`;
      wanted.set(`${name}|${id}`, `${status} ${creditedMinutes} ${onDuty} ${place.areaId}`);
    }
  const listed = new Set(
    views.flatMap(({ pk, id }) => {
      const [list, year] = String(pk).split('#');
      return list === 'persons' ? [`${id}|${year}`] : [];
    }),
  );
  const wrong: string[] = [];
  for (const item of views) {
    const [kind, id = ''] = String(item.pk).split('#');
    if (kind !== 'present' || id.startsWith('!')) continue;
    const year = String(item.sk);
    const person = personYearOf({ pk: String(item.pk), sk: year }, item);
    if (person.recountedWith.length > 0) wrong.push(`${id} ${year}: a recount is not finished`);
    if (person.entries.size > 0 && !listed.has(`${id}|${year}`)) wrong.push(`${id} is not listed`);
    const days = [...person.flaggedDays].join(' ');
    if (person.with === null && days !== [...flaggedDaysOf(id, new Map([[id, person]]))].join(' '))
      wrong.push(`${id} ${year}: the flagged days are ${days}`);
    for (const [sheetId, entry] of person.entries) {
      const { status, creditedMinutes, onDuty, areaId } = entry;
      const name = `${id}|${year}|${sheetId}`;
      if (wanted.get(name) !== `${status} ${creditedMinutes} ${onDuty} ${areaId}`)
        wrong.push(`the entry ${name} is not the newest`);
      wanted.delete(name);
    }
  }
  return [...wrong, ...[...wanted.keys()].map((name) => `the entry ${name} is missing`)];
};

/** What is wrong with the rows: each is the newest of its aggregate. */
export const wrongRows = (
  views: readonly Item[],
  events: readonly Projected[],
): readonly string[] => {
  const wanted = new Map<string, number>();
  for (const { event, projection } of events) if (projection.row) wanted.set(event.aggregate.id, 0);
  for (const { event } of events) {
    const { id, version } = event.aggregate;
    if (version > (wanted.get(id) ?? version)) wanted.set(id, version);
  }
  for (const { pk, id, version } of views)
    if (String(pk).startsWith('rows#') && wanted.get(String(id)) === version)
      wanted.delete(String(id));
  return [...wanted.keys()].map((id) => `the row ${id} is not the newest`);
};

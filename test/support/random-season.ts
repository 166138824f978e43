import fc from 'fast-check';
import type { Area } from '../../events/organisations.ts';
import { treeOf } from '../../functions/figures/area-tree.ts';
import { partitionOf, runningPartition } from '../../functions/figures/layout.ts';
import { runningFigures } from '../../functions/figures/running.ts';
import type { Cell, Sources } from '../../functions/totals/add-up.ts';
import { documentsIn } from '../../functions/totals/documents.ts';
import { areaIds, areas, type Facts, idOf } from '../lab/figures/district.ts';
import { fold } from '../lab/figures/fold.ts';
import { play } from '../lab/figures/history.ts';
import { createRandom } from '../lab/random.ts';

const thisYear = 2025;
/** The areas of the laboratory's district. */
export const tree = treeOf(
  Object.entries(areas).map(
    ([id, [parentId = null]]) => ({ id, parents: [{ fromYear: 0, parentId }] }) as unknown as Area,
  ),
  thisYear,
);

/** Activities are spread over two organisations, and some are a team's. */
export const unitOf = (activityId: string) => {
  const n = Number.parseInt(activityId.slice(-2), 16);
  return { organisationId: idOf('a', n % 2), teamId: n % 3 === 0 ? idOf('d', 9) : null };
};

type Item = Readonly<Record<string, unknown>>;

/** Nobody leaves before they come, which the laboratory's histories do not mind. */
const inOrder = (facts: Facts): Facts => ({
  ...facts,
  people: new Map(
    [...facts.people].map(([id, { spells, ...person }]) => [
      id,
      { ...person, spells: spells.filter(({ from, until }) => until === null || from <= until) },
    ]),
  ),
  teams: new Map(
    [...facts.teams].map(([id, { spells, ...team }]) => [
      id,
      { ...team, spells: spells.filter(({ from, until }) => until === null || from <= until) },
    ]),
  ),
});

/** A season of the laboratory, and how many pages its documents have. */
export const season = fc.record({
  facts: fc
    .tuple(fc.nat(), fc.constantFrom('pair', 'few', 'many'))
    .map(([seed, size]): Facts => inOrder(play(createRandom(seed, 'reading'), size))),
  pages: fc.constantFrom(1, 2, 4, 8),
});

export const itemsIn = (items: readonly Item[], period: string): readonly Item[] =>
  items.filter(({ pk, sk }) => pk === partitionOf(period) && String(sk).startsWith(`${period}#`));

/** What the figures of a period are made of, from the items of the Views. */
export const sourcesOf = (items: readonly Item[], period: string): Sources => ({
  documents: documentsIn(itemsIn(items, period)),
  running: new Map(
    items
      .filter(({ pk }) => pk === runningPartition)
      .map((item) => [String(item.sk), runningFigures(item, period)]),
  ),
  tree,
});

export const sumMetrics = [
  'activitiesPublished',
  'activitiesHeld',
  'participations',
  'partyMemberParticipations',
  'onDutyParticipations',
  'creditedMinutes',
  'pendingMinutes',
  ...['waiting', 'waitingSince', 'late', 'scan', 'selfDeclared', 'backEntry', 'imported'],
  ...['correctedEntries', 'correctedMinutes', 'withdrawn'],
  ...['beneficiaryReports', 'exactHundreds', 'exactHundredsEstimated', 'outcomesWithoutOutputs'],
  'beneficiaries',
  'beneficiariesEstimated',
  'outputs.binsWiped',
];
export const runningMetrics = [
  'volunteersRegistered',
  'registeredVolunteers',
  'teamsFormed',
  'teams',
];

/** The figures of a cell by the plain fold. With no areas above others, an area stands for itself alone. */
export const wantedOf = (facts: Facts) => {
  const folded = [fold(facts), fold(facts, {})] as const;
  return ({ period, areaId, alone, theme }: Cell): Readonly<Record<string, number>> => {
    const figures = folded[alone ? 1 : 0];
    const at = (name: string): number =>
      figures.get([period, areaId ?? '*', theme ?? '*', name].join('|')) ?? 0;
    const end = period.length === 4 ? `${period}-12` : period;
    const inside = areaId === null ? areaIds : alone ? [areaId] : tree.within(areaId);
    const stand = (kind: string, what: string, counts: (month: string) => boolean): number =>
      theme !== null
        ? 0
        : [...figures].reduce((sum, [name, value]) => {
            const [sort, area = '', attribute = ''] = name.split('|');
            const prefix = `${kind}.${what}.`;
            const isIt =
              sort === 'running' && inside.includes(area) && attribute.startsWith(prefix);
            return isIt && counts(attribute.slice(prefix.length)) ? sum + value : sum;
          }, 0);
    const until = (month: string): boolean => month <= end;
    const within = (month: string): boolean => month.startsWith(period);
    return {
      ...Object.fromEntries(sumMetrics.map((name) => [name, at(name)])),
      distinctVolunteers: at('V'),
      partners: at('P'),
      volunteersRegistered: stand('persons', 'new', within),
      registeredVolunteers: stand('persons', 'in', until) - stand('persons', 'out', until),
      teamsFormed: stand('teams', 'new', within),
      teams: stand('teams', 'in', until) - stand('teams', 'out', until),
    };
  };
};

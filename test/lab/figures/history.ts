import { type Entry, hoursOrigins } from '../../../events/participation.ts';
import type { Random } from '../random.ts';
import {
  type Activity,
  areaIds,
  createDistrict,
  type District,
  entryOf,
  idOf,
  themes,
} from './district.ts';

/** Over the turn of a year. */
export const months = ['2025-03', '2025-04', '2025-12', '2026-01'] as const;
const partners = [1, 2, 3].map((n) => idOf('d', n));

type Act = (district: District, random: Random) => void;

const some = <T>(random: Random, all: readonly T[], share: number): readonly T[] =>
  all.filter(() => random.chance(share));

const outcome = (random: Random) => {
  const basis = random.chance(0.5) ? '' : 'Estimated';
  const count = 10 * random.below(90);
  return {
    [`beneficiaries${basis}`]: count,
    [`beneficiaryReports${basis}`]: 1,
    ...(count > 0 && count % 100 === 0 ? { [`exactHundreds${basis}`]: 1 } : {}),
    'outputs.binsWiped': random.below(4),
  };
};

const activityOf = (random: Random): Omit<Activity, 'id' | 'status'> => ({
  month: random.pick(months),
  areaId: random.pick(areaIds),
  theme: random.pick(themes),
  partnerIds: some(random, partners, 0.4),
  measures: outcome(random),
});

const isOpen = (district: District, sheetId: string): boolean => {
  const { activityId } = district.sheets.get(sheetId)?.place ?? { activityId: '' };
  return district.activities.get(activityId)?.status !== 'cancelled';
};

const openSheet = (district: District, random: Random): string | undefined => {
  const open = [...district.sheets.keys()].filter((id) => isOpen(district, id));
  return open.length > 0 ? random.pick(open) : undefined;
};

const openActivity = (district: District, random: Random): Activity | undefined => {
  const open = [...district.activities.values()].filter(({ status }) => status !== 'cancelled');
  return open.length > 0 ? random.pick(open) : undefined;
};

const entriesOf = (district: District, sheetId: string): readonly Entry[] => [
  ...(district.sheets.get(sheetId)?.entries.values() ?? []),
];

const dayOf = (random: Random): string => `${random.pick(months)}-0${random.between(5, 7)}`;

const log: Act = (district, random) => {
  const activity = openActivity(district, random);
  if (!activity) return;
  const id = district.sheetOf(activity.id, dayOf(random));
  const there = district.sheets.get(id)?.entries;
  const unmerged = [...district.people.values()].filter(
    (person) => person.mergedInto === null && !there?.has(person.id),
  );
  const entries = some(random, unmerged, 0.5).map((person) => {
    const onDuty = random.chance(0.1);
    const minutes = onDuty ? 0 : random.pick([30, 90, 400, 900]);
    // Of everybody and every day another origin; a third comes late.
    const kind = Number.parseInt(person.id.slice(-2), 16) + Number(id.split('~')[1]?.slice(-2));
    return entryOf(person.id, {
      onDuty,
      attendedMinutes: minutes,
      creditedMinutes: minutes,
      tags: random.chance(0.3) ? ['party-member'] : [],
      origin: hoursOrigins[kind % hoursOrigins.length] ?? 'import',
      flags: kind % 3 === 0 ? ['late'] : [],
    });
  });
  if (entries.length > 0) district.enter(id, entries);
};

const verify: Act = (district, random) => {
  const id = openSheet(district, random);
  if (!id) return;
  const pending = entriesOf(district, id).filter(({ status }) => status === 'pending');
  const entries = some(random, pending, 0.8);
  if (entries.length > 0)
    district.enter(
      id,
      entries.map((entry) => ({ ...entry, status: 'verified' })),
    );
};

const correct: Act = (district, random) => {
  const id = openSheet(district, random);
  const entries = id ? entriesOf(district, id) : [];
  if (!id || entries.length === 0) return;
  const entry = random.pick(entries);
  const minutes = entry.onDuty ? 0 : random.pick([15, 45, 700]);
  district.enter(id, [
    {
      ...entry,
      attendedMinutes: minutes,
      creditedMinutes: minutes,
      status: random.pick(['pending', 'verified', 'rejected', 'voided']),
      objection: random.chance(0.2) ? { on: '2025-12-20', reason: '人数不符' } : null,
    },
  ]);
};

/** Two rows of the Ledger in one transaction: the entry is struck out here and logged there. */
const move: Act = (district, random) => {
  const id = openSheet(district, random);
  const entries = id ? entriesOf(district, id) : [];
  if (!id || entries.length === 0) return;
  const entry = random.pick(entries);
  const activityId = district.sheets.get(id)?.place.activityId ?? '';
  const other = district.sheetOf(activityId, dayOf(random));
  if (other === id || district.sheets.get(other)?.entries.has(entry.volunteerId)) return;
  district.enter(id, [{ ...entry, status: 'voided' }]);
  district.enter(other, [entry]);
};

const rootOf = (district: District, id: string): string => {
  const into = district.people.get(id)?.mergedInto;
  return into ? rootOf(district, into) : id;
};

const mergeOrUnmerge: Act = (district, random) => {
  const person = random.pick([...district.people.values()]);
  if (person.mergedInto !== null) {
    district.setPerson({ ...person, mergedInto: null });
    return;
  }
  const into = rootOf(district, random.pick([...district.people.keys()]));
  if (into !== person.id) district.setPerson({ ...person, mergedInto: into });
};

const changePerson: Act = (district, random) => {
  const person = random.pick([...district.people.values()]);
  const from = person.registeredIn ?? random.pick(months);
  const spells = random.pick([
    [{ from, until: null }],
    [{ from, until: '2025-12' }],
    [
      { from, until: '2025-12' },
      { from: '2026-01', until: null },
    ],
  ]);
  district.setPerson({
    ...person,
    areaId: random.pick(areaIds),
    registeredIn: from,
    spells,
  });
};

const changeTeam: Act = (district, random) => {
  const id = idOf('a', random.between(1, 3));
  const formedIn = district.teams.get(id)?.formedIn ?? random.pick(months);
  const until = random.pick([null, '2026-01']);
  district.setTeam({
    id,
    areaId: random.pick(areaIds),
    formedIn,
    spells: [{ from: formedIn, until }],
  });
};

const revise: Act = (district, random) => {
  const activity = openActivity(district, random);
  if (activity) district.setActivity({ ...activity, ...activityOf(random) });
};

const verifyActivity: Act = (district, random) => {
  const activity = openActivity(district, random);
  if (activity) district.setActivity({ ...activity, status: 'verified' });
};

/** Nothing of a cancelled activity counts: its sheets are voided in the same moment. */
const cancel: Act = (district, random) => {
  const activity = openActivity(district, random);
  if (!activity) return;
  district.setActivity({ ...activity, status: 'cancelled' });
  for (const { id, place } of [...district.sheets.values()]) {
    if (place.activityId !== activity.id) continue;
    const counting = entriesOf(district, id).filter(({ status }) =>
      ['pending', 'verified'].includes(status),
    );
    if (counting.length > 0)
      district.enter(
        id,
        counting.map((entry) => ({ ...entry, status: 'voided' })),
      );
  }
};

const acts: readonly (readonly [weight: number, act: Act])[] = [
  [20, log],
  [26, verify],
  [10, correct],
  [9, move],
  [12, mergeOrUnmerge],
  [5, changePerson],
  [2, changeTeam],
  [5, revise],
  [7, verifyActivity],
  [3, cancel],
];
const totalWeight = acts.reduce((sum, [weight]) => sum + weight, 0);

const pickAct = (random: Random): Act => {
  let left = random.below(totalWeight);
  for (const [weight, act] of acts) {
    left -= weight;
    if (left < 0) return act;
  }
  return log;
};

interface Size {
  readonly people: readonly [least: number, most: number];
  readonly activities: readonly [least: number, most: number];
  readonly acts: readonly [least: number, most: number];
  /** The share of merges that happen. */
  readonly merges: number;
}

/** How many people there are. Few meet more often; two of them meet everywhere before they merge. */
export const sizes = {
  pair: { people: [2, 2], activities: [3, 5], acts: [60, 140], merges: 0.15 },
  few: { people: [2, 4], activities: [1, 4], acts: [15, 80], merges: 1 },
  many: { people: [3, 14], activities: [1, 4], acts: [15, 80], merges: 1 },
} as const satisfies Readonly<Record<string, Size>>;

/** Plays a random history. */
export const play = (random: Random, size: keyof typeof sizes): District => {
  const district = createDistrict();
  const { people: range, activities, acts: steps, merges }: Size = sizes[size];
  const people = random.between(...range);
  for (let n = 0; n < people; n += 1) {
    const from = random.pick([null, ...months]);
    district.setPerson({
      id: idOf('c', n),
      areaId: random.pick(areaIds),
      mergedInto: null,
      registeredIn: from,
      spells: from === null ? [] : [{ from, until: null }],
    });
  }
  for (let n = random.between(...activities); n > 0; n -= 1)
    district.setActivity({ id: idOf('b', n), status: 'published', ...activityOf(random) });
  for (let n = random.between(...steps); n > 0; n -= 1) {
    const act = pickAct(random);
    if (act !== mergeOrUnmerge || random.chance(merges)) act(district, random);
  }
  return district;
};

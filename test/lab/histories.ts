import { volunteerTags } from '../../events/volunteers.ts';
import { derivedId } from '../../functions/runtime/ids.ts';
import { idOf } from '../support/samples.ts';
import type { LabCommand } from './commands.ts';
import { createRandom, type Random } from './random.ts';

/** Few areas, themes and days, so that commands meet. Days lie on both sides of months' and years' ends. */
export const areas = ['hongqi-01', 'hongqi-02', 'xinhua-01', 'hongqi'];
/** The area that each area lies in. */
export const parents: Readonly<Record<string, string | null>> = {
  demo: null,
  hongqi: 'demo',
  xinhua: 'demo',
  'hongqi-01': 'hongqi',
  'hongqi-02': 'hongqi',
  'xinhua-01': 'xinhua',
};
const themes = ['FREE_CLINIC', 'TRAFFIC_COURTESY'];
export const years = [2025, 2026];
export const organisations = [idOf('a', 1), idOf('a', 2), idOf('a', 3)];
/** The organisation whose verifier verifies the first organisation's entries. */
export const verifying = idOf('a', 4);
const days = ['2025-03-01', '2025-03-31', '2025-04-01', '2025-12-31', '2026-01-01'];
const endOfTime = Date.parse('2026-12-31T04:00:00Z');

/** Mostly short histories: they find most mistakes and cost little. Some mistakes need a long one. */
const lengths: readonly (readonly [number, number])[] = [
  ...Array.from({ length: 7 }, () => [3, 12] as const),
  ...Array.from({ length: 2 }, () => [8, 20] as const),
  [12, 36] as const,
];

/** The aggregates so far, by the ids that their first commands will give them. */
export interface Made {
  /** The volunteer whose entry was changed last. */
  last: string;
  readonly activities: Started[];
  readonly volunteers: string[];
  readonly entries: Entered[];
  /** The records that were merged into others. */
  readonly merged: string[];
}
interface Started {
  readonly id: string;
  startsOn: string;
}
/** The state of a line of a sheet if all commands on it were accepted, in their order. */
interface Entered {
  readonly activity: Started;
  readonly volunteerId: string;
  date: string;
  status: 'pending' | 'verified' | 'rejected' | 'voided';
  objected: boolean;
}

const sheetOf = ({ activity, date }: Entered): string => `${activity.id}~${date}~1`;

export type Asked = Pick<LabCommand, 'name' | 'body'> &
  Partial<Pick<LabCommand, 'id' | 'params' | 'volunteerId'>>;
type Change = 'verify' | 'correct' | 'object' | 'reject' | 'void';

/** The last day of an activity that begins then: figures are taken for 31 days of one year. */
const endOf = (startsOn: string): string => {
  const last = new Date(Date.parse(startsOn) + 30 * 86_400_000).toISOString().slice(0, 10);
  const yearsEnd = `${startsOn.slice(0, 4)}-12-31`;
  return last < yearsEnd ? last : yearsEnd;
};

/** A day of the activity, nearly always. */
const dayIn = (random: Random, { startsOn }: Started): string => {
  const fitting = days.filter((day) => day >= startsOn && day <= endOf(startsOn));
  return random.pick(random.chance(0.9) ? fitting : days);
};

const placeOf = (random: Random) => {
  const startsOn = random.pick(days);
  return {
    areaId: random.pick(areas),
    theme: random.pick(themes),
    startsOn,
    endsOn: endOf(startsOn),
  };
};

export const publish = (random: Random, made: Made, key: string): Asked => {
  const place = placeOf(random);
  made.activities.push({ id: derivedId('activity', key), startsOn: place.startsOn });
  return {
    name: 'publishActivity',
    body: {
      title: '义诊',
      content: '为居民测血压',
      ...place,
      organisationId: organisations[0],
      partnerIds: organisations.slice(1).filter(() => random.chance(0.5)),
      teamId: null,
      responsibleId: null,
      risk: { level: 'ordinary', notice: '站立时间较长', insurance: null },
    },
  };
};

export const register = (random: Random, made: Made, key: string): Asked => {
  const volunteerId = derivedId('volunteer', key);
  made.volunteers.push(volunteerId);
  const tags = volunteerTags.filter(() => random.chance(0.4));
  return {
    name: 'registerVolunteer',
    volunteerId,
    body: {
      areaId: random.pick(areas),
      tags,
      serviceCategories: [],
      consentVersion: '2025-03',
    },
  };
};

/** Enters people on the sheet of an activity's day; now and then somebody who is on it already. */
export const log = (
  random: Random,
  made: Made,
  size = random.chance(0.4) ? random.between(2, 5) : 1,
): Asked => {
  const activity = random.pick(made.activities);
  const date = dayIn(random, activity);
  const isOn = (volunteerId: string): boolean =>
    made.entries.some(
      (each) =>
        each.activity === activity && each.date === date && each.volunteerId === volunteerId,
    );
  const free = made.volunteers.filter((id) => !isOn(id));
  const among = free.length === 0 || random.chance(0.05) ? made.volunteers : free;
  const people = new Set(Array.from({ length: size }, () => random.pick(among)));
  const entries = [...people].map((volunteerId) => {
    made.entries.push({ activity, date, volunteerId, status: 'pending', objected: false });
    return random.chance(0.12)
      ? { volunteerId, onDuty: true, origin: 'back-entry' }
      : {
          volunteerId,
          onDuty: false,
          attendedMinutes: 120,
          creditedMinutes: random.between(1, 120),
          origin: 'back-entry',
        };
  });
  return { name: 'enterHours', id: activity.id, params: { date }, body: { entries } };
};

/** The commands that make sense for an entry; more common ones are listed more often. */
const sensible = ({ status, objected }: Entered): readonly Change[] => {
  if (status === 'pending')
    return ['verify', 'verify', 'verify', 'verify', 'correct', 'object', 'reject', 'void'];
  if (status === 'rejected') return ['correct', 'correct', 'object', 'void'];
  if (status === 'voided') return ['verify', 'correct', 'void'];
  return objected
    ? ['verify', 'verify', 'correct', 'correct', 'void']
    : ['correct', 'correct', 'correct', 'object', 'object', 'void'];
};
const changes: readonly Change[] = ['verify', 'correct', 'object', 'reject', 'void'];

export const anyChange = (random: Random, made: Made): Asked => {
  const open = made.entries.filter(({ status }) => status !== 'voided');
  const among = open.length > 0 && random.chance(0.95) ? open : made.entries;
  // Often another entry of the same person, because these meet in the projectors.
  const same = among.filter((each) => each.volunteerId === made.last && each.status === 'pending');
  const entry = random.pick(same.length > 0 && random.chance(0.7) ? same : among);
  return change(random, made, entry, random.pick(random.chance(0.9) ? sensible(entry) : changes));
};

/** The lines of a sheet that a command names: one, several, all but one, or all. */
const named = (random: Random, made: Made, entry: Entered, fits: (each: Entered) => boolean) => {
  const others = made.entries.filter(
    (each) => each !== entry && sheetOf(each) === sheetOf(entry) && fits(each),
  );
  const roll = random.next();
  const [left] = others;
  if (roll < 0.3) return { entries: 'all' as const, changed: [entry, ...others] };
  if (roll < 0.45 && left)
    return {
      entries: { allBut: [left.volunteerId] },
      changed: [entry, ...others.filter((each) => each !== left)],
    };
  const some = [entry, ...others.filter(() => random.chance(0.4))];
  return { entries: [...new Set(some.map(({ volunteerId }) => volunteerId))], changed: some };
};

export const change = (random: Random, made: Made, entry: Entered, kind: Change): Asked => {
  const { activity, volunteerId } = entry;
  const id = sheetOf(entry);
  made.last = volunteerId;
  const { entries, changed } = named(
    random,
    made,
    entry,
    ({ status }) => status === entry.status && kind !== 'object' && kind !== 'correct',
  );
  for (const each of changed) each.objected = false;
  switch (kind) {
    case 'verify':
      for (const each of changed) each.status = 'verified';
      return { name: 'verifyHours', id, body: { entries } };
    case 'correct': {
      entry.status = 'pending';
      // Possibly on another day: in another month, or another year if the activity was put off.
      const serviceDate = dayIn(random, activity);
      const minutes = { attendedMinutes: 120, creditedMinutes: random.between(1, 120) };
      const moved = random.chance(0.4) && serviceDate !== entry.date ? { serviceDate } : {};
      if (moved.serviceDate) entry.date = moved.serviceDate;
      return {
        name: 'correctHours',
        id,
        body: { entries: [{ volunteerId, ...minutes, ...moved }], reason: '更正' },
      };
    }
    case 'object':
      entry.objected = true;
      return {
        name: 'objectHours',
        id,
        volunteerId,
        body: { entries: [volunteerId], reason: '当天没有参加' },
      };
    case 'reject':
      for (const each of changed) each.status = 'rejected';
      return { name: 'rejectHours', id, body: { entries, reason: '不符' } };
    case 'void':
      for (const each of changed) each.status = 'voided';
      return { name: 'voidHours', id, body: { entries, reason: '重复' } };
  }
};

/** Two records are found to be of one person, or it was a mistake. */
export const merge = (random: Random, made: Made): Asked => {
  const done = random.chance(0.4) ? made.merged.at(-1) : undefined;
  if (done) return { name: 'unmergeVolunteer', id: done, body: { reason: '误合并' } };
  const id = random.pick(made.volunteers);
  const others = made.volunteers.filter((each) => each !== id);
  const intoId = random.pick(others.length > 0 ? others : made.volunteers);
  made.merged.push(id);
  return { name: 'mergeVolunteer', id, body: { intoId, reason: '同一人' } };
};

export const achieved = (random: Random) => ({
  beneficiaries: random.chance(0.7)
    ? { count: random.below(50), basis: random.pick(['counted', 'estimated']) }
    : null,
  outputs: random.chance(0.5) ? { healthHandbooks: random.below(30) } : {},
});

export const conduct = (random: Random, made: Made): Asked => {
  const activity = random.pick(made.activities);
  const { id } = activity;
  const roll = random.next();
  if (roll < 0.3) return { name: 'completeActivity', id, body: achieved(random) };
  if (roll < 0.55) return { name: 'verifyActivity', id, body: {} };
  if (roll < 0.6)
    return { name: 'correctActivity', id, body: { ...achieved(random), reason: '多录了一个零' } };
  if (roll < 0.63) return { name: 'rejectActivity', id, body: { reason: '人数不符' } };
  if (roll < 0.85) {
    const place = placeOf(random);
    activity.startsOn = place.startsOn;
    return { name: 'reviseActivity', id, body: place };
  }
  return { name: 'cancelActivity', id, body: { reason: '暴雨' } };
};

/** A sheet whose entries are verified at once and partly taken back: `step` 0, 1, 2 … */
export const sheet = (random: Random, made: Made, step: number): Asked => {
  if (step === 0) return log(random, made, random.between(2, 3));
  const waiting = made.entries.find(({ status }) => status === 'pending');
  if (waiting) return change(random, made, waiting, 'verify');
  return change(random, made, random.pick(made.entries), random.pick(['void', 'correct']));
};

/** The time of a command. People register on any of the days; all other commands come later. */
export const atOf = (random: Random, name: LabCommand['name'], index: number): number => {
  const registeredOn = Date.parse(`${random.pick(days)}T04:00:00Z`);
  return name === 'registerVolunteer' ? registeredOn : endOfTime + index * 1000;
};

/** The commands of a run: an activity, a volunteer, and then random commands. */
export const randomCommands = (seed: number): readonly LabCommand[] => {
  const random = createRandom(seed, 'commands');
  const made: Made = { last: '', activities: [], volunteers: [], entries: [], merged: [] };
  // Often several people, who meet on sheets and may be of one person.
  const people = random.pick([1, 1, 2, 3, 4]);
  const sheetEnds = random.chance(0.6) ? people + random.between(5, 7) : 0;
  const next = (index: number, key: string): Asked => {
    if (index === 0) return publish(random, made, key);
    if (index <= people) return register(random, made, key);
    if (index < sheetEnds) return sheet(random, made, index - people - 1);
    const roll = random.next();
    if (made.entries.length === 0 || roll < 0.25) return log(random, made);
    if (roll < 0.7) return anyChange(random, made);
    if (roll < (people > 1 ? 0.79 : 0.71)) return merge(random, made);
    if (roll < 0.9) return conduct(random, made);
    return roll < 0.95 ? register(random, made, key) : publish(random, made, key);
  };
  return Array.from({ length: random.between(...random.pick(lengths)) }, (_, index) => {
    const key = `k${index}`;
    const asked = next(index, key);
    return {
      ...{ key, at: atOf(random, asked.name, index), again: random.chance(0.1), pause: 0 },
      ...asked,
    };
  });
};

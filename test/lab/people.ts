import { volunteerTags } from '../../events/volunteers.ts';
import { derivedId } from '../../functions/runtime/ids.ts';
import type { LabCommand } from './commands.ts';
import { areas, atOf, change, log, type Made, organisations, publish } from './histories.ts';
import { createRandom, type Random } from './random.ts';

/** Few people, teams and telephones, so that commands meet. */
interface Town extends Made {
  /** People who registered themselves or confirmed. */
  readonly people: Person[];
  /** Records registered by others and not confirmed. */
  readonly waiting: string[];
  readonly teams: string[];
  /** The requested merges. */
  readonly merges: { readonly fromId: string; readonly intoId: string }[];
  /** Invitations and joinings of teams, newest first. */
  readonly bonds: { readonly teamId: string; readonly volunteerId: string }[];
}
interface Person {
  readonly id: string;
  /** The id that the person's token leads to. It is the record's id unless others registered them. */
  readonly token: string;
  /** Whether deactivation was requested, which can be reversed. */
  away: boolean;
}
type Asked = Omit<LabCommand, 'key' | 'at' | 'again' | 'pause'>;
type Way = (random: Random, town: Town, key: string) => Asked | undefined;

const phones = ['13800138001', '13800138002', '13800138003', '13800138004'];
const someone = (random: Random) => ({
  name: random.pick(['李雷', '韩梅梅', '王芳']),
  ...(random.chance(0.7) ? { phone: random.pick(phones) } : {}),
});

const registerSomeone: Way = (random, town, key) => {
  const id = derivedId('volunteer', key);
  const own = random.chance(0.75);
  if (own) {
    town.people.push({ id, token: id, away: false });
    town.volunteers.push(id);
  } else town.waiting.push(id);
  return {
    name: 'registerVolunteer',
    ...(own ? { volunteerId: id } : {}),
    body: {
      areaId: random.pick(areas),
      tags: volunteerTags.filter(() => random.chance(0.2)),
      serviceCategories: [],
      consentVersion: '2025-03',
      ...(random.chance(0.6) ? { person: someone(random) } : {}),
    },
  };
};

const confirm: Way = (random, town, key) => {
  const id = town.waiting.splice(random.below(town.waiting.length), 1)[0];
  if (id === undefined) return undefined;
  const token = derivedId('token', key);
  town.people.push({ id, token, away: false });
  town.volunteers.push(id);
  return { name: 'confirmVolunteer', id, volunteerId: token, body: { consentVersion: '2025-03' } };
};

const form: Way = (random, town, key) => {
  town.teams.push(derivedId('team', key));
  return {
    name: 'formTeam',
    body: {
      name: '义诊队',
      specialty: 'medical',
      areaId: random.pick(areas),
      organisationId: organisations[0],
      leaderId: random.chance(0.3) ? (random.pick(town.people)?.id ?? null) : null,
      joining: random.chance(0.7) ? 'open' : 'by-invitation',
    },
  };
};

const ofTeam: Way = (random, town) => {
  const id = random.pick(town.teams);
  if (random.chance(0.2)) return { name: 'dissolveTeam', id, body: { reason: '合并' } };
  const leaderId = random.chance(0.8) ? random.pick(town.people).id : null;
  return { name: 'reviseTeam', id, body: { leaderId } };
};

const join: Way = (random, town) => {
  const asked = random.chance(0.3) ? town.bonds[0] : undefined;
  const person =
    town.people.find(({ id }) => id === asked?.volunteerId) ?? random.pick(town.people);
  const teamId = asked?.teamId ?? random.pick(town.teams);
  town.bonds.unshift({ teamId, volunteerId: person.id });
  return random.chance(0.3)
    ? { name: 'joinTeam', id: teamId, body: { volunteerId: person.id } }
    : { name: 'joinTeam', id: teamId, volunteerId: person.token, body: {} };
};

const leave: Way = (random, town) => {
  const bond = town.bonds[0];
  if (!bond) return undefined;
  const { teamId, volunteerId } = bond;
  const { token } = town.people.find(({ id }) => id === volunteerId) ?? {};
  const more = { params: { volunteerId }, body: { reason: '多次缺席' } };
  return random.chance(0.5)
    ? { name: 'leaveTeam', id: teamId, ...more }
    : { name: 'leaveTeam', id: teamId, volunteerId: token, ...more };
};

/** Mostly the person who was last invited to a team or joined one. */
const personOf = (random: Random, town: Town): Person =>
  (random.chance(0.8)
    ? town.people.find(({ id }) => id === town.bonds[0]?.volunteerId)
    : undefined) ?? random.pick(town.people);

/** A correction that makes a person a child without a guardian's consent. */
const child = {
  birthDate: '2016-05-05',
  guardian: { name: '李强', phone: '13900139009', relation: 'parent' },
};

const go: Way = (random, town) => {
  const person = personOf(random, town);
  const { id, token } = person;
  const by = random.chance(0.5) ? { volunteerId: token } : {};
  const roll = random.next();
  person.away = roll >= 0.3 && roll < 0.54;
  if (roll < 0.3) return { name: 'eraseVolunteer', id, ...by, body: {} };
  if (roll < 0.42) return { name: 'deactivateVolunteer', id, ...by, body: { reason: '迁出' } };
  if (roll < 0.54) {
    const params = { purpose: 'service-record' };
    return { name: 'withdrawConsent', id, volunteerId: token, params, body: {} };
  }
  if (roll < 0.78) return { name: 'correctPerson', id, volunteerId: token, body: child };
  const intoId = random.pick(town.people).id;
  town.merges.push({ fromId: id, intoId });
  return { name: 'mergeVolunteer', id, body: { intoId, reason: '同一人' } };
};

/** The person whose record stays accepts a merge. */
const acceptIt: Way = (random, town) => {
  if (town.merges.length === 0) return undefined;
  const { fromId, intoId } = random.pick(town.merges);
  const { token } = town.people.find(({ id }) => id === intoId) ?? {};
  return { name: 'acceptMerge', id: intoId, volunteerId: token, body: { fromId, by: 'self' } };
};

const comeBack: Way = (random, town) => {
  const away = town.people.filter(({ away }) => away);
  if (away.length === 0) return undefined;
  const { id, token } = random.pick(away);
  if (random.chance(0.6)) return { name: 'reactivateVolunteer', id, volunteerId: token, body: {} };
  const body = { purpose: 'service-record', version: '2025-04', by: 'self' };
  return { name: 'giveConsent', id, volunteerId: token, body };
};

const correct: Way = (random, town) => {
  const { id, token } = personOf(random, town);
  const body = { phone: random.pick(phones) };
  return { name: 'correctPerson', id, volunteerId: token, body };
};

/** Rows of a list: some name the same person, and a few cannot be read. */
const rowsOf = (random: Random, size: number) =>
  Array.from({ length: size }, () => ({
    name: random.chance(0.9) ? random.pick(['赵敏', '钱进']) : '',
    phone: random.pick([...phones, '13700137005', '13700137006']),
  }));

const handIn: Way = (random, town) => {
  if (random.chance(0.4))
    return { name: 'importVolunteers', body: { rows: rowsOf(random, random.between(1, 4)) } };
  const people = ['甲', '乙', '丙', '丁', '戊', '己'];
  const chunks = Array.from({ length: random.pick([1, 2, 5, 6, 9]) }, () =>
    Array.from({ length: random.between(1, 2) }, () => {
      const name = random.pick(people);
      return { volunteerId: derivedId('listed', name), name, phone: random.pick(phones) };
    }),
  );
  const [first] = chunks[0] ?? [];
  if (first) town.waiting.push(first.volunteerId);
  return { name: 'handInList', body: { chunks } };
};

const serve: Way = (random, town, key) => {
  if (town.activities.length === 0) return publish(random, town, key);
  const waiting = town.entries.find(({ status }) => status === 'pending');
  if (!waiting || random.chance(0.4)) return log(random, town, 1);
  return change(random, town, waiting, 'verify');
};

const ways: readonly (readonly [number, Way])[] = [
  [24, join],
  [22, go],
  [8, comeBack],
  [10, acceptIt],
  [7, registerSomeone],
  [6, confirm],
  [5, leave],
  [5, form],
  [6, ofTeam],
  [7, correct],
  [6, handIn],
  [8, serve],
];
const weights = ways.reduce((sum, [weight]) => sum + weight, 0);
const anyWay = (random: Random): Way => {
  let roll = random.below(weights);
  for (const [weight, way] of ways) {
    if (roll < weight) return way;
    roll -= weight;
  }
  return join;
};

/**
 * The commands of a run with followers: two people and a team, often a person who joins and leaves it, and
 * then random commands.
 */
export const randomPeople = (seed: number): readonly LabCommand[] => {
  const random = createRandom(seed, 'people');
  const town: Town = {
    ...{ last: '', activities: [], volunteers: [], entries: [], merged: [] },
    ...{ people: [], waiting: [], teams: [], merges: [], bonds: [] },
  };
  const known = (key: string): Asked => {
    const id = derivedId('volunteer', key);
    town.people.push({ id, token: id, away: false });
    town.volunteers.push(id);
    const body = {
      ...{ areaId: random.pick(areas), tags: [], serviceCategories: [] },
      ...{ consentVersion: '2025-03', person: someone(random) },
    };
    return { name: 'registerVolunteer', volunteerId: id, body };
  };
  const register: Way = (_, __, key) => known(key);
  const begin: readonly Way[] = [
    ...[register, register, form],
    ...(random.chance(0.4) ? [join, go] : []),
  ];
  const next = (index: number, key: string): Asked => {
    const first = begin[index]?.(random, town, key);
    if (first) return first;
    for (;;) {
      const asked = anyWay(random)(random, town, key);
      if (asked) return asked;
    }
  };
  const [least, most] = random.pick([[4, 8] as const, [6, 12] as const, [8, 20] as const]);
  return Array.from({ length: random.between(least, most) }, (_, index) => {
    const key = `k${index}`;
    const asked = next(index, key);
    // Often at once, and sometimes after the effects of earlier commands.
    const pause = random.pick([0, 0, 150, 500, 900]);
    return { key, at: atOf(random, asked.name, index), again: random.chance(0.1), pause, ...asked };
  });
};

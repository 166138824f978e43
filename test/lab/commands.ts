import { volunteerTags } from '../../events/volunteers.ts';
import { cancelActivity } from '../../functions/activities/cancel-activity.ts';
import { completeActivity } from '../../functions/activities/complete-activity.ts';
import { publishActivity } from '../../functions/activities/publish-activity.ts';
import { reviseActivity } from '../../functions/activities/revise-activity.ts';
import { verifyActivity } from '../../functions/activities/verify-activity.ts';
import { correctHours } from '../../functions/participation/correct-hours.ts';
import { logHours, logHoursBatch } from '../../functions/participation/log-hours.ts';
import { rejectHours, verifyHours } from '../../functions/participation/verify-hours.ts';
import { voidHours } from '../../functions/participation/void-hours.ts';
import { derivedId } from '../../functions/shared/ids.ts';
import { registerVolunteer } from '../../functions/volunteers/register-volunteer.ts';
import { actor } from '../support/actors.ts';
import { idOf } from '../support/samples.ts';
import { createRandom, type Random } from './random.ts';

/** Small worlds, so that things meet: days on both sides of months and of the year. */
export const areas = ['hongqi-01', 'hongqi-02', 'xinhua'];
export const themes = ['FREE_CLINIC', 'TRAFFIC_COURTESY'];
export const years = [2025, 2026];
export const organisations = [idOf('a', 1), idOf('a', 2), idOf('a', 3)];
const days = ['2025-03-01', '2025-03-31', '2025-12-31', '2026-01-01'];
const endOfTime = Date.parse('2026-12-31T04:00:00Z');

const useCases = {
  publishActivity,
  reviseActivity,
  cancelActivity,
  completeActivity,
  verifyActivity,
  registerVolunteer,
  logHours,
  logHoursBatch,
  verifyHours,
  rejectHours,
  correctHours,
  voidHours,
};

/** A request somebody makes, as data: so that it can be printed, repeated and left out. */
export interface LabCommand {
  readonly name: keyof typeof useCases;
  /** Its Idempotency-Key. */
  readonly key: string;
  readonly id?: string;
  readonly body: object;
  readonly at: number;
  /** Sent again although it was answered. */
  readonly again: boolean;
}

const admin = actor('admin', null, 'district-admin');
const verifier = actor('verifier', 'another-organisation', 'verifier');

/** Sends a command to its use case; resolves with the version it made, or rejects as that does. */
export const run = ({ name, key, id, body, at }: LabCommand): Promise<unknown> =>
  (useCases[name] as (request: object) => Promise<unknown>)({
    params: { id },
    query: {},
    body,
    actor: /^(verify|reject)/.test(name) ? verifier : admin,
    at,
    correlationId: 'lab',
    idempotency: { key, hash: key },
    ifMatch: undefined,
  });

/** The things there are so far, by the ids their first commands will give them. */
interface Made {
  readonly activities: Started[];
  readonly volunteers: string[];
  readonly hours: Started[];
}
interface Started {
  readonly id: string;
  readonly startsOn: string;
}

/** A day the activity lasts, nearly always. */
const dayIn = (random: Random, { startsOn }: Pick<Started, 'startsOn'>): string => {
  const fitting = days.filter((day) => day >= startsOn && day.slice(0, 4) === startsOn.slice(0, 4));
  return random.pick(random.chance(0.9) ? fitting : days);
};

const placeOf = (random: Random) => {
  const startsOn = random.pick(days);
  return {
    areaId: random.pick(areas),
    theme: random.pick(themes),
    startsOn,
    endsOn: `${startsOn.slice(0, 4)}-12-31`,
  };
};

const entryOf = (random: Random, made: Made, activity: Started) => ({
  activityId: activity.id,
  volunteerId: random.pick(made.volunteers),
  serviceDate: dayIn(random, activity),
  attendedMinutes: 240,
  creditedMinutes: random.between(1, 240),
  origin: 'back-entry',
});

type Asked = Pick<LabCommand, 'name' | 'body'> & { readonly id?: string };

const publish = (random: Random, made: Made, key: string): Asked => {
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
      responsibleId: null,
      risk: { level: 'ordinary', notice: '站立时间较长', insurance: null },
    },
  };
};

const register = (random: Random, made: Made, key: string): Asked => {
  made.volunteers.push(derivedId('volunteer', key));
  const tags = volunteerTags.filter(() => random.chance(0.4));
  return {
    name: 'registerVolunteer',
    body: { areaId: random.pick(areas), tags, consentVersion: '2025-03' },
  };
};

const log = (random: Random, made: Made, key: string): Asked => {
  const size = random.chance(0.2) ? random.between(2, 6) : 1;
  const activity = random.pick(made.activities);
  const entries = Array.from({ length: size }, () => entryOf(random, made, activity));
  made.hours.push(
    ...entries.map((_, at) => ({ ...activity, id: derivedId('hours', key, String(at)) })),
  );
  return size === 1
    ? { name: 'logHours', body: entries[0] as object }
    : { name: 'logHoursBatch', body: { entries } };
};

const achieved = (random: Random) => ({
  beneficiaries: random.chance(0.7)
    ? { count: random.below(50), basis: random.pick(['counted', 'estimated']) }
    : null,
  outputs: random.chance(0.5) ? { healthHandbooks: random.below(30) } : {},
});

const change = (random: Random, made: Made): Asked => {
  const { id, startsOn } = random.pick(made.hours);
  const roll = random.next();
  if (roll < 0.5) return { name: 'verifyHours', id, body: {} };
  if (roll < 0.8)
    return {
      name: 'correctHours',
      id,
      body: {
        reason: '更正',
        serviceDate: dayIn(random, { startsOn }),
        creditedMinutes: random.between(1, 240),
      },
    };
  return { name: roll < 0.9 ? 'voidHours' : 'rejectHours', id, body: { reason: '不符' } };
};

const conduct = (random: Random, made: Made): Asked => {
  const { id } = random.pick(made.activities);
  const roll = random.next();
  if (roll < 0.35) return { name: 'completeActivity', id, body: achieved(random) };
  if (roll < 0.7) return { name: 'verifyActivity', id, body: {} };
  return roll < 0.85
    ? { name: 'reviseActivity', id, body: placeOf(random) }
    : { name: 'cancelActivity', id, body: { reason: '暴雨' } };
};

/** The commands of a run: an activity and a volunteer, then anything. */
export const randomCommands = (seed: number): readonly LabCommand[] => {
  const random = createRandom(seed, 'commands');
  const made: Made = { activities: [], volunteers: [], hours: [] };
  const next = (index: number, key: string): Asked => {
    if (index === 0) return publish(random, made, key);
    if (index === 1) return register(random, made, key);
    const roll = random.next();
    if (index === 2 || made.hours.length === 0 || roll < 0.3) return log(random, made, key);
    if (roll < 0.72) return change(random, made);
    if (roll < 0.88) return conduct(random, made);
    return roll < 0.94 ? register(random, made, key) : publish(random, made, key);
  };
  return Array.from({ length: random.between(12, 36) }, (_, index) => {
    const key = `k${index}`;
    const registeredOn = Date.parse(`${random.pick(days)}T04:00:00Z`);
    const asked = next(index, key);
    const at = asked.name === 'registerVolunteer' ? registeredOn : endOfTime + index * 1000;
    return { key, at, again: random.chance(0.1), ...asked };
  });
};

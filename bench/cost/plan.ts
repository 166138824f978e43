// The commands of a district's month, with clerk and time, made from a seed.
import type { Activity } from '../../events/activities.ts';
import type { Volunteer } from '../../events/volunteers.ts';
import { idIn } from '../../functions/runtime/ids.ts';
import {
  activity as sampleActivity,
  volunteer as sampleVolunteer,
} from '../../test/support/samples.ts';
import { type Random, seeded } from '../random.ts';

export interface Entry {
  readonly activityId: string;
  readonly volunteerId: string;
  readonly serviceDate: string;
  readonly attendedMinutes: number;
  readonly origin: 'leader-roll';
}

export type Command = { readonly at: number; readonly organisationId: string } & (
  | { readonly kind: 'log' | 'batch'; readonly entries: readonly Entry[] }
  /** On the entry that the command at this index created. */
  | { readonly kind: 'correct' | 'void' | 'verify'; readonly target: number }
);

export interface Plan {
  readonly commands: readonly Command[];
  readonly activities: ReadonlyMap<string, Activity>;
  readonly volunteers: ReadonlyMap<string, Volunteer>;
}

export interface PlanOptions {
  readonly seed: number;
  /** Hours entries logged. */
  readonly logs: number;
  readonly communities: number;
  /** Commands a second in the whole district. */
  readonly rate: number;
  /** Entries in one sheet; 1 for single commands. */
  readonly sheet: number;
  /** Shares (0–1) of commands that change an earlier entry. */
  readonly correct: number;
  readonly void: number;
  readonly verify: number;
}

const themes = ['FREE_CLINIC', 'CIVILIZED_COMMUNITY', 'GREEN_DELIVERY', 'TRAFFIC_GUIDANCE'];
/** The morning of 2025-11-02, when October's hours are entered. */
const start = Date.UTC(2025, 10, 2, 1);
const volunteersEach = 80;

export const createPlan = (options: PlanOptions): Plan => {
  const random: Random = seeded(options.seed);
  const activities = new Map<string, Activity>();
  const volunteers = new Map<string, Volunteer>();
  const areaOf = (community: number): string => `hongqi-${String(community).padStart(2, '0')}`;
  const organisationOf = (community: number): string =>
    idIn('hongqi', 'organisation', String(community));

  /** The roll of a new activity of a community. */
  const roll = (community: number): Entry[] => {
    const activityId = idIn('hongqi', 'activity', String(activities.size));
    const day = `2025-10-${String(random.int(1, 31)).padStart(2, '0')}`;
    const organisationId = organisationOf(community);
    activities.set(activityId, {
      ...sampleActivity,
      theme: random.pick(themes),
      areaId: areaOf(community),
      organisationId,
      recordingUnitId: organisationId,
      startsOn: day,
      endsOn: day,
    });
    const minutes = random.int(6, 24) * 10;
    const people = new Set<number>();
    const size = random.int(8, 40);
    while (people.size < size) people.add(random.int(1, volunteersEach));
    return [...people].map((person) => {
      const volunteerId = idIn('hongqi', 'volunteer', areaOf(community), String(person));
      volunteers.set(volunteerId, {
        ...sampleVolunteer,
        areaId: areaOf(community),
        tags: person % 4 === 0 ? ['party-member'] : [],
      });
      const attendedMinutes = minutes - (random.next() < 0.2 ? 30 : 0);
      return { activityId, volunteerId, serviceDate: day, attendedMinutes, origin: 'leader-roll' };
    });
  };

  /** A clerk enters one activity after another, at about two seconds an entry. */
  const clerks = Array.from({ length: Math.max(1, Math.ceil(options.rate / 2)) }, () => ({
    community: 0,
    left: [] as Entry[],
  }));
  const nextEntries = () => {
    const clerk = random.pick(clerks);
    const entries: Entry[] = [];
    while (entries.length < options.sheet) {
      if (clerk.left.length === 0) {
        // All entries of a sheet belong to one community.
        if (entries.length === 0) clerk.community = random.int(1, options.communities);
        clerk.left = roll(clerk.community);
      }
      entries.push(...clerk.left.splice(0, options.sheet - entries.length));
    }
    const organisationId = activities.get(entries[0]?.activityId ?? '')?.organisationId ?? '';
    if (options.sheet > 1) clerk.left = [];
    return { entries, organisationId };
  };

  const commands: Command[] = [];
  const open: number[] = [];
  let at = start;
  for (let logged = 0; logged < options.logs; ) {
    at += random.wait(options.rate) * 1000;
    const chance = random.next();
    const kind =
      chance < options.correct
        ? 'correct'
        : chance < options.correct + options.void
          ? 'void'
          : chance < options.correct + options.void + options.verify
            ? 'verify'
            : 'log';
    if (kind !== 'log' && open.length > 0) {
      const place = random.int(0, open.length - 1);
      const target = open[place] ?? 0;
      if (kind !== 'correct') open.splice(place, 1);
      const { organisationId } = commands[target] as Command;
      commands.push({ at: Math.round(at), kind, target, organisationId });
      continue;
    }
    const { entries, organisationId } = nextEntries();
    logged += entries.length;
    if (options.sheet === 1) open.push(commands.length);
    const logs = options.sheet === 1 ? 'log' : 'batch';
    commands.push({ at: Math.round(at), kind: logs, entries, organisationId });
  }
  return { commands, activities, volunteers };
};

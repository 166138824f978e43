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
  readonly volunteerId: string;
  readonly attendedMinutes: number;
  readonly origin: 'leader-roll';
}

export type Command = { readonly at: number; readonly organisationId: string } & (
  | {
      readonly kind: 'log' | 'roll';
      readonly activityId: string;
      readonly date: string;
      readonly entries: readonly Entry[];
    }
  /** On the entries that the command at this index made. */
  | { readonly kind: 'correct' | 'void' | 'verify' | 'verify-roll'; readonly target: number }
);

export interface Plan {
  /**
   * A roll of everybody in each community, verified, which comes before what is counted: people serve
   * many times a year.
   */
  readonly before: readonly Command[];
  readonly commands: readonly Command[];
  readonly activities: ReadonlyMap<string, Activity>;
  readonly volunteers: ReadonlyMap<string, Volunteer>;
}

export interface PlanOptions {
  readonly seed: number;
  /** Entries logged. */
  readonly logs: number;
  readonly communities: number;
  /** Commands a second in the whole district. */
  readonly rate: number;
  /** Whether each roll is entered by one command; otherwise each entry is. */
  readonly rolls: boolean;
  /** Shares (0–1) of commands that change what an earlier command entered. */
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

  interface Roll {
    readonly activityId: string;
    readonly date: string;
    readonly organisationId: string;
    readonly left: Entry[];
  }
  /** The roll of a new activity of a community: by default of twenty to forty people. */
  const newRoll = (
    community: number,
    {
      date = `2025-10-${String(random.int(1, 31)).padStart(2, '0')}`,
      size = random.int(20, 40),
    }: { readonly date?: string; readonly size?: number } = {},
  ): Roll => {
    const activityId = idIn('hongqi', 'activity', String(activities.size));
    const organisationId = organisationOf(community);
    activities.set(activityId, {
      ...sampleActivity,
      theme: random.pick(themes),
      areaId: areaOf(community),
      organisationId,
      recordingUnitId: organisationId,
      startsOn: date,
      endsOn: date,
    });
    const minutes = random.int(6, 24) * 10;
    const people = new Set<number>();
    while (people.size < size) people.add(random.int(1, volunteersEach));
    const left = [...people].map((person): Entry => {
      const volunteerId = idIn('hongqi', 'volunteer', areaOf(community), String(person));
      volunteers.set(volunteerId, {
        ...sampleVolunteer,
        areaId: areaOf(community),
        tags: person % 4 === 0 ? ['party-member'] : [],
      });
      const attendedMinutes = minutes - (random.next() < 0.2 ? 30 : 0);
      return { volunteerId, attendedMinutes, origin: 'leader-roll' };
    });
    return { activityId, date, organisationId, left };
  };

  /** A clerk enters one roll after another, at about two seconds an entry. */
  const clerks: { roll: Roll | undefined }[] = Array.from(
    { length: Math.max(1, Math.ceil(options.rate / 2)) },
    () => ({ roll: undefined }),
  );
  const next = () => {
    const clerk = random.pick(clerks);
    if (!clerk.roll || clerk.roll.left.length === 0)
      clerk.roll = newRoll(random.int(1, options.communities));
    const { left, ...where } = clerk.roll;
    return { ...where, entries: left.splice(0, options.rolls ? left.length : 1) };
  };

  const communities = Array.from({ length: options.communities }, (_, at) => at);
  const before: readonly Command[] = [
    ...communities.map((at): Command => {
      const roll = newRoll(at + 1, { date: '2025-09-20', size: volunteersEach });
      return { at: start - 2, kind: 'roll', ...roll, entries: roll.left };
    }),
    ...communities.map((at): Command => {
      const organisationId = organisationOf(at + 1);
      return { at: start - 1, kind: 'verify-roll', target: at, organisationId };
    }),
  ];

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
      const name = kind === 'verify' && options.rolls ? 'verify-roll' : kind;
      commands.push({ at: Math.round(at), kind: name, target, organisationId });
      continue;
    }
    const entered = next();
    logged += entered.entries.length;
    open.push(commands.length);
    commands.push({ at: Math.round(at), kind: options.rolls ? 'roll' : 'log', ...entered });
  }
  return { before, commands, activities, volunteers };
};

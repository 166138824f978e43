import type { DomainEvent } from '../../events/catalogue.ts';
import { listLines } from '../../functions/dashboards/list-lines.ts';
import { readDashboard } from '../../functions/dashboards/read-dashboard.ts';
import {
  activity,
  entry,
  eventOf,
  idOf,
  place,
  sheetFact,
  sheetIdOf,
  volunteer,
} from '../support/samples.ts';
import type { Machine, Outcome } from './machine.ts';
import type { Random } from './random.ts';

/**
 * A month whose events all precede the run. Its figures must be the same at every read, so a figure that is
 * missing for a moment shows here.
 */
const period = '2025-06';
const today = '2025-07-01';
const serviceDate = `${period}-14`;
export const quietArea = 'quiet';
export const quietOrganisation = activity.organisationId;
const areaId = quietArea;
const minutes = [90, 150];
const should: Readonly<Record<string, number>> = {
  activitiesPublished: 1,
  activitiesHeld: 1,
  participations: minutes.length,
  distinctVolunteers: minutes.length,
  creditedMinutes: 240,
};

const at = { ...place, activityId: idOf('b', 1), areaId, areasAbove: [], serviceDate };
const lines = minutes.map((creditedMinutes, n) => ({
  ...entry,
  volunteerId: idOf('c', n),
  tags: [],
  creditedMinutes,
  attendedMinutes: creditedMinutes,
  status: 'verified' as const,
  verifiedBy: ['verifier'],
}));

export const quietMonth: readonly DomainEvent[] = [
  eventOf(
    {
      type: 'ActivityVerified',
      data: {
        activity: {
          ...activity,
          areaId,
          startsOn: serviceDate,
          endsOn: serviceDate,
          status: 'verified',
          partnerIds: [],
        },
      },
    },
    { id: idOf('b', 1) },
  ),
  ...lines.map(({ volunteerId: id }) =>
    eventOf(
      {
        type: 'VolunteerRegistered',
        data: { volunteer: { ...volunteer, areaId, registeredOn: serviceDate } },
      },
      { id },
    ),
  ),
  eventOf(sheetFact('HoursVerified', lines, { at }), { id: sheetIdOf(at) }),
];

const cell = { period, areaId: null, alone: false, theme: null };

/** The wrong figures of the month; none if a read failed. */
const missing = async (): Promise<readonly string[]> => {
  const { metrics } = await readDashboard(cell, today);
  const lines = await listLines({
    cell,
    today,
    metric: 'creditedMinutes',
    limit: 100,
    cursor: undefined,
  });
  const listed = lines.items.reduce((sum, { value }) => sum + (value ?? 0), 0);
  return [
    ...Object.entries(should).flatMap(([name, value]) =>
      metrics[name]?.value === value ? [] : [`${name} is ${metrics[name]?.value}, not ${value}`],
    ),
    ...(listed === should.creditedMinutes ? [] : [`lines add up to ${listed}`]),
  ];
};

/** A reader that checks the month now and then, and reports wrong figures. */
export const createReader = (machine: Machine, random: Random, mistake: (line: string) => void) => {
  let reads = 0;
  const look = (): void =>
    machine.invoke(`reader ${++reads}`, missing, (outcome: Outcome) => {
      for (const line of 'value' in outcome ? (outcome.value as readonly string[]) : [])
        mistake(`a reader of ${period} sees that ${line}`);
    });
  return {
    /** Schedules some checks within the next steps. */
    watch: (looks: number, steps: number): void => {
      for (let n = 0; n < looks; n += 1) machine.later(random.between(1, steps), look);
    },
    reads: (): number => reads,
  };
};

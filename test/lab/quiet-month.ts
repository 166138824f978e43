import type { DomainEvent } from '../../events/catalogue.ts';
import { listLines } from '../../functions/dashboards/list-lines.ts';
import { readDashboard } from '../../functions/dashboards/read-dashboard.ts';
import { activity, eventOf, hours, idOf } from '../support/samples.ts';
import type { Machine, Outcome } from './machine.ts';
import type { Random } from './random.ts';

/**
 * A month in which all has been said before the run begins. Whatever happens beside it, whoever
 * reads it sees the same: a figure that is missing for a moment is missing here.
 */
const period = '2025-06';
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
  ...minutes.map((creditedMinutes, n) =>
    eventOf(
      {
        type: 'HoursVerified',
        data: {
          hours: {
            ...hours,
            activityId: idOf('b', 1),
            volunteerId: idOf('c', n),
            areaId,
            serviceDate,
            creditedMinutes,
            attendedMinutes: creditedMinutes,
            status: 'verified',
            verifiedBy: 'verifier',
          },
        },
      },
      { id: idOf('d', n) },
    ),
  ),
];

/** What of the month is not as it should be; nothing when a read was refused. */
const missing = async (): Promise<readonly string[]> => {
  const { metrics } = await readDashboard({ period, areaId: null, theme: null });
  const lines = await listLines({ period, metric: 'creditedMinutes', limit: 100 });
  const listed = lines.items.reduce((sum, { value }) => sum + (value ?? 0), 0);
  return [
    ...Object.entries(should).flatMap(([name, value]) =>
      metrics[name]?.value === value ? [] : [`${name} is ${metrics[name]?.value}, not ${value}`],
    ),
    ...(listed === should.creditedMinutes ? [] : [`lines add up to ${listed}`]),
  ];
};

/** Somebody who looks at the month now and then, and says when a figure is not there. */
export const createReader = (machine: Machine, random: Random, mistake: (line: string) => void) => {
  let reads = 0;
  const look = (): void =>
    machine.invoke(`reader ${++reads}`, missing, (outcome: Outcome) => {
      for (const line of 'value' in outcome ? (outcome.value as readonly string[]) : [])
        mistake(`a reader of ${period} sees that ${line}`);
    });
  return {
    /** Some looks in the steps that come. */
    watch: (looks: number, steps: number): void => {
      for (let n = 0; n < looks; n += 1) machine.later(random.between(1, steps), look);
    },
    reads: (): number => reads,
  };
};

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { catalogue, type DomainEvent } from '../../events/catalogue.ts';
import type { Entry, Place } from '../../events/participation.ts';
import { dynamodb } from '../../functions/runtime/dynamodb.ts';
import {
  activity,
  entry,
  eventOf,
  idOf,
  place,
  sheetFact,
  sheetIdOf,
  volunteer,
} from './samples.ts';

/** Appends events to the Ledger, as commands leave them there. */
export const append = async (events: readonly DomainEvent[]): Promise<void> => {
  for (const { aggregate, ...event } of events)
    await dynamodb.send(
      new PutCommand({
        TableName: process.env.LEDGER_TABLE,
        Item: { pk: `${aggregate.type}#${aggregate.id}`, version: aggregate.version, event },
      }),
    );
};

export const numbers = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, n) => n);

const areaOf = (n: number): string => `area-${n % 3}`;
export const partnerId = idOf('a', 1);

const person = (n: number, state: object = {}, version = 1): DomainEvent =>
  eventOf(
    {
      type: 'VolunteerConfirmed',
      data: {
        volunteer: {
          ...volunteer,
          areaId: areaOf(n),
          status: 'active',
          confirmedOn: '2025-02-01',
          ...state,
        },
      },
    } as never,
    { id: idOf('c', n), version },
  );

/** Person n turns out to be the same as person `into`. */
export const merged = (n: number, into: number): DomainEvent =>
  eventOf(
    {
      type: 'VolunteerMerged',
      data: {
        volunteer: {
          ...volunteer,
          areaId: areaOf(n),
          status: 'merged',
          confirmedOn: '2025-02-01',
          mergedInto: idOf('c', into),
        },
        intoId: idOf('c', into),
        reason: '同一人两次注册',
      },
    } as never,
    { id: idOf('c', n), version: 2 },
  );

export const verifiedActivity = (n: number): DomainEvent =>
  eventOf(
    {
      type: 'ActivityVerified',
      data: {
        activity: {
          ...activity,
          areaId: areaOf(n),
          startsOn: dateOf(n),
          endsOn: dateOf(n),
          status: 'verified',
          partnerIds: [partnerId],
        },
      },
    } as never,
    { id: idOf('b', n) },
  );

const organisation = (id: string): DomainEvent =>
  eventOf(
    {
      type: 'OrganisationRegistered',
      data: { organisation: { id, kind: 'residents-committee', name: '居委会', areaId: 'area-0' } },
    } as never,
    { id },
  );

const area = (id: string): DomainEvent => {
  const { example } = catalogue.AreaDefined;
  return eventOf(
    {
      type: 'AreaDefined',
      data: {
        ...example,
        area: { ...example.area, id, parentId: null, parents: [{ fromYear: 0, parentId: null }] },
      },
    } as never,
    { id },
  );
};

const dateOf = (n: number): string =>
  n % 4 === 3 ? '2024-12-12' : n % 2 === 0 ? '2025-04-12' : '2025-05-12';

export const placeOf = (n: number): Place => ({
  ...place,
  activityId: idOf('b', n),
  areaId: areaOf(n),
  areasAbove: ['town'],
  serviceDate: dateOf(n),
});
const sheetId = (n: number): string => sheetIdOf(placeOf(n));

const lines = (n: number, people: number, state: Partial<Entry> = {}): readonly Entry[] =>
  numbers(people).map((p) => ({
    ...entry,
    volunteerId: idOf('c', (n + p) % 9),
    creditedMinutes: 60 + n,
    ...state,
  }));

/** A sheet of three people, as it was logged. */
export const logged = (n: number): DomainEvent =>
  eventOf(sheetFact('HoursLogged', lines(n, 3), { at: placeOf(n) }), { id: sheetId(n) });

/** Two of the three are verified. */
export const verified = (n: number): DomainEvent => {
  const all = lines(n, 3);
  const two = lines(n, 2, { status: 'verified', verifiedBy: ['verifier-1'] });
  return eventOf(
    sheetFact('HoursVerified', two, { at: placeOf(n), all: [...two, ...all.slice(2)] }),
    {
      id: sheetId(n),
      version: 2,
    },
  );
};

const team = (): DomainEvent =>
  eventOf(
    {
      type: 'TeamFormed',
      data: {
        team: {
          ...catalogue.TeamFormed.example.team,
          areaId: 'area-0',
          organisationId: partnerId,
          leaderId: idOf('c', 3),
        },
      },
    } as never,
    { id: idOf('a', 9) },
  );

/** A district's events: its areas, nine people, two of them one person, a team, twelve activities and their sheets. */
export const season = (): readonly DomainEvent[] => [
  ...['area-0', 'area-1', 'area-2', 'town'].map(area),
  organisation(place.organisationId),
  organisation(partnerId),
  ...numbers(9).map((n) => person(n)),
  merged(1, 5),
  team(),
  ...numbers(12).map(verifiedActivity),
  ...numbers(12).flatMap((n) => (n % 3 === 0 ? [logged(n)] : [logged(n), verified(n)])),
];

import type { DomainEvent } from '../../events/catalogue.ts';
import type { Certificate } from '../../events/recognition.ts';
import type { Commendation, Evaluation, Training } from '../../events/records.ts';
import type { Membership } from '../../events/teams.ts';
import type { UseCase } from '../http/serve.ts';
import { load } from '../ledger/ledger.ts';
import { asOwnerSees, countedWith } from '../people/own-record.ts';
import { type Leave, personKey, readSealed } from '../people/people.ts';
import { readSalt } from '../people/proof-salts.ts';
import { shownStar } from '../people/shown-star.ts';
import { saysOfOthers } from '../people/shown-version.ts';
import { withoutSelfIds } from '../people/shown-volunteer.ts';
import { starsOf } from '../people/stars.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { queryItems } from '../runtime/dynamodb.ts';
import { peopleTable, settings } from '../runtime/settings.ts';
import { certificateRows, membershipRows } from '../views/keys.ts';
import { listRows } from '../views/views.ts';
import { readPerson } from './basic-block.ts';
import type { records } from './contract.ts';
import { openRecord } from './open-record.ts';
import { all, readEntries, readHours } from './read-blocks.ts';

/** Hours on a page. With all other data this is far below the size limit of a function's answer. */
const hoursPerPage = 500;

interface PersonalItem {
  readonly pk: string;
  readonly sk: string;
  readonly key?: unknown;
  readonly fields?: unknown;
}

/** Every item of the person's partition except the person's own record. Sealed items are opened. */
const readPersonal = async (volunteerId: string) => {
  const { pk, sk } = personKey(volunteerId);
  const items = (await queryItems({
    TableName: peopleTable(),
    KeyConditionExpression: 'pk = :pk',
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
  })) as unknown as readonly PersonalItem[];
  const others = items.filter((item) => item.sk !== sk);
  const opened = [];
  // One by one, because each sealed item needs a call of KMS.
  for (const { pk: _, sk: place, key, fields, ...attributes } of others) {
    const sealed = key === undefined ? undefined : await readSealed({ pk, sk: place });
    opened.push({ ...attributes, ...sealed?.fields, place });
  }
  return opened;
};

type ListedCertificate = Omit<Certificate, 'entries' | 'records'> & { readonly entryCount: number };

/** The rows of which there are few: the teams of the person, and the certificates. */
const readRows = async (volunteerId: string) => {
  const everything = { index: 'items', limit: all } as const;
  const [memberships, certificates] = await Promise.all([
    listRows<Membership>({ partition: membershipRows(volunteerId), ...everything }),
    listRows<ListedCertificate>({ partition: certificateRows(volunteerId), ...everything }),
  ]);
  return { memberships: memberships.items, certificates: certificates.items };
};

/** All data about the person other than hours. */
const readHeld = async (volunteerId: string, leave: Leave) => {
  const everything = { limit: all };
  const [person, personal, salt, entries, trainings, commendations, evaluations, rows, stars] =
    await Promise.all([
      readPerson(leave),
      readPersonal(volunteerId),
      readSalt(volunteerId),
      load({ type: 'volunteer', id: volunteerId }),
      readEntries<Training>(volunteerId, 'training', everything),
      readEntries<Commendation>(volunteerId, 'commendation', everything),
      readEntries<Evaluation>(volunteerId, 'evaluation', everything),
      readRows(volunteerId),
      starsOf(volunteerId),
    ]);
  return {
    person,
    personal: [...personal, ...(salt === undefined ? [] : [{ place: 'proof', salt }])],
    events: entries.map(({ event }) => event),
    trainings: trainings.items,
    commendations: commendations.items,
    evaluations: evaluations.items,
    ...rows,
    stars: stars.map(({ state, ...star }) => ({ ...star, ...shownStar(state) })),
  };
};

/** The record's events, without `selfId` and, for its person, what they say of other people's records. */
const shownEvents = (events: readonly DomainEvent[], isOwner: boolean) =>
  events
    .filter((event) => !isOwner || !saysOfOthers(event))
    .map((event, at) => {
      // The versions that its person is shown elsewhere too.
      const aggregate = isOwner ? { ...event.aggregate, version: at + 1 } : event.aggregate;
      if (!('volunteer' in event.data)) return { ...event, aggregate };
      const { volunteer } = event.data;
      const shown = withoutSelfIds(isOwner ? asOwnerSees(volunteer) : volunteer);
      return { ...event, aggregate, data: { ...event.data, volunteer: shown } };
    });

/** Exports all data about a person. Later pages have hours only. */
export const exportVolunteer: UseCase<typeof records.exportVolunteer> = async (request) => {
  const { actor, at, params, query } = request;
  const { volunteer, reader, leave } = await openRecord({
    actor,
    at,
    params,
    query,
    what: 'export',
    staff: ['district-admin'],
  });
  const isOwner = reader === 'own';
  const [held, hours] = await Promise.all([
    query.cursor ? null : readHeld(params.id, leave),
    readHours(countedWith(params.id, volunteer, { own: reader === 'own' }), {
      limit: hoursPerPage,
      cursor: query.cursor,
    }),
  ]);
  const events = held ? shownEvents(held.events, isOwner) : [];
  return {
    body: {
      volunteerId: params.id,
      on: localDateOf(at, settings().timezone),
      held: held && {
        ...held,
        events,
        volunteer: {
          ...(isOwner ? asOwnerSees(volunteer) : volunteer),
          version: events.length,
        },
      },
      hours: hours.hours.map(({ areasAbove: _, ...entry }) => entry),
      next: hours.next,
    },
  };
};

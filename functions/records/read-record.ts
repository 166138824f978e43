import type { Commendation, Evaluation, Training } from '../../events/records.ts';
import type { Request } from '../http/request.ts';
import { countedWith } from '../people/own-record.ts';
import { starsOf } from '../people/stars.ts';
import { localDateOf } from '../runtime/calendar.ts';
import { settings } from '../runtime/settings.ts';
import { basicBlock, readPerson } from './basic-block.ts';
import type { records } from './contract.ts';
import { openRecord } from './open-record.ts';
import {
  commendationRow,
  evaluationRow,
  readEntries,
  readHours,
  readNames,
  serviceLine,
  trainingRow,
} from './read-blocks.ts';
import type { Block } from './record-answer.ts';

/** What the route of the API and the pages ask for alike. */
type Asked = Pick<Request<typeof records.readRecord>, 'params' | 'query' | 'actor' | 'at'>;

/** The granted stars of a record, by level. */
const grantedStars = async (volunteerId: string) =>
  (await starsOf(volunteerId)).flatMap(({ state: { status, level, grantedOn, review } }) =>
    status === 'granted' && grantedOn !== null
      ? [{ level, grantedOn, underReview: review !== null }]
      : [],
  );

/**
 * Reads a service record: one query for each block, in parallel, one read of the personal fields
 * one request for the names of ids, and five for the stars. The number of requests does not depend on the record's
 * length.
 */
export const readRecord = async (request: Asked) => {
  const { id } = request.params;
  const { cursor, limit, block = cursor ? 'service' : undefined } = request.query;
  const { actor, at, params, query } = request;
  const { volunteer, reader, leave } = await openRecord({
    actor,
    at,
    params,
    query,
    what: 'record',
    staff: ['district-admin', 'organiser'],
  });
  const page = { limit, cursor };
  const asked = <T>(name: Block, read: () => Promise<T>): Promise<T> | null =>
    block === undefined || block === name ? read() : null;
  const [person, service, trainings, commendations, evaluations, stars] = await Promise.all([
    block === undefined ? readPerson(leave) : null,
    asked('service', () => readHours(countedWith(id, volunteer, { own: reader === 'own' }), page)),
    asked('trainings', () => readEntries<Training>(id, 'training', page)),
    asked('commendations', () => readEntries<Commendation>(id, 'commendation', page)),
    asked('evaluations', () => readEntries<Evaluation>(id, 'evaluation', page)),
    block === undefined ? grantedStars(id) : null,
  ]);
  const hours = service?.hours ?? [];
  const entries = [
    ...(trainings?.items ?? []),
    ...(commendations?.items ?? []),
    ...(evaluations?.items ?? []),
  ];
  const names = await readNames({
    activities: [...hours, ...(evaluations?.items ?? [])].flatMap((each) => each.activityId ?? []),
    organisations: [...hours, ...entries].map(({ organisationId }) => organisationId),
    areas: [
      ...hours.map(({ areaId }) => areaId),
      ...(block === undefined ? [volunteer.areaId] : []),
    ],
  });
  return {
    body: {
      volunteerId: id,
      status: volunteer.status,
      mergedInto: volunteer.mergedInto,
      mergedFrom: volunteer.mergedFrom.map((each) => each.id),
      on: localDateOf(at, settings().timezone),
      basic:
        block === undefined ? basicBlock(person, volunteer, names, reader !== 'organiser') : null,
      service: service && {
        items: hours.map((each) => serviceLine(each, names)),
        next: service.next,
        totals: service.totals,
      },
      trainings: trainings && {
        items: trainings.items.map((each) => trainingRow(each, names)),
        next: trainings.next,
      },
      commendations: commendations && {
        items: commendations.items.map((each) => commendationRow(each, names)),
        next: commendations.next,
      },
      stars,
      evaluations: evaluations && {
        items: evaluations.items.map((each) => evaluationRow(each, names)),
        next: evaluations.next,
      },
    },
  };
};

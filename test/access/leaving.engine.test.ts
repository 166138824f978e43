import '../support/tables.ts';

import { beforeAll, describe, expect, test } from '@jest/globals';
import { apis } from '../../functions/reference/contracts.ts';
import { type Ask, ask } from '../support/http-event.ts';
import { freshTables } from '../support/tables.ts';
import { admin, foundTown } from '../support/town.ts';
import {
  mergeAnother,
  must,
  newSubject,
  openPlace,
  type Place,
  registerAnother,
  registerOneself,
  type Town,
  teamOf,
} from './place.ts';
import { requests } from './requests.ts';
import { table } from './table.ts';

// No follower runs here: what ends with a record has to end with its event.

/**
 * What people may do with their own record, and whether they may once it is deactivated. `kept` are
 * the rights of the data; `lost` are those of who takes part.
 */
const rights: Readonly<Record<string, 'kept' | 'lost'>> = {
  'GET /volunteers/{id}': 'kept',
  'PATCH /volunteers/{id}': 'kept',
  'DELETE /volunteers/{id}': 'kept',
  'GET /volunteers/{id}/person': 'kept',
  'PATCH /volunteers/{id}/person': 'kept',
  'POST /volunteers/{id}/consents': 'kept',
  'DELETE /volunteers/{id}/consents/{purpose}': 'kept',
  // It is deactivated already.
  'POST /volunteers/{id}/deactivate': 'lost',
  'POST /volunteers/{id}/reactivate': 'kept',
  'POST /volunteers/{id}/accept-merge': 'kept',
  'GET /volunteers/{id}/access-log': 'kept',
  'GET /volunteers/{id}/notices': 'kept',
  'POST /volunteers/{id}/calendar': 'kept',
  'DELETE /volunteers/{id}/calendar': 'kept',
  'GET /volunteers/{id}/record': 'kept',
  'GET /volunteers/{id}/export': 'kept',
  'GET /volunteers/{id}/proofs': 'kept',
  // What somebody served stays served.
  'POST /volunteers/{id}/certificates': 'kept',
  'GET /volunteers/{id}/certificates': 'kept',
  'POST /certificates/{id}/withdraw': 'kept',
  'GET /certificates/{id}/document': 'kept',
  'GET /certificates/{id}/sealed-file': 'kept',
  'GET /volunteers/{id}/stars': 'kept',
  'GET /hours · volunteer': 'kept',
  'GET /sheets/{id}': 'kept',
  'POST /sheets/{id}/object': 'kept',
  'POST /activities/{id}/sheets/{date}/entries · self-declared': 'lost',
  'POST /teams/{id}/members': 'lost',
  'GET /teams/{id}/members': 'lost',
  'DELETE /teams/{id}/members/{volunteerId}': 'kept',
};

let town: Town;
const sliceOf = new Map(
  apis.flatMap(({ name, contract }) => Object.values(contract).map(({ key }) => [key, name])),
);
const asked = (request: Ask) => ask(town.handlers[sliceOf.get(request.route) ?? ''], request);
const routeOf = (name: string): string => name.split(' · ')[0] ?? '';

beforeAll(async () => {
  await freshTables();
  const handlers = await Promise.all(
    apis.map(async ({ name }) => [name, (await import(`../../functions/${name}/api.ts`)).handler]),
  );
  town = { ...(await foundTown()), handlers: Object.fromEntries(handlers) };
});

test('every right at one’s own record is kept or lost', () => {
  const own = Object.entries(table).flatMap(([name, row]) => {
    const standings = typeof row === 'object' ? (row.volunteer ?? []) : [];
    return standings.includes('own') && !standings.includes('far') ? [name] : [];
  });
  expect(Object.keys(rights).sort()).toEqual(own.sort());
});

const deactivated = (volunteerId: string) =>
  asked({
    route: 'POST /volunteers/{id}/deactivate',
    params: { id: volunteerId },
    body: { reason: '停用' },
    token: admin,
  });

test.each(Object.entries(rights))('%s is %s when the record is deactivated', async (name, is) => {
  const place = await openPlace(town, 'own');
  const request = {
    ...(await requests[name]?.(place)),
    route: routeOf(name),
    token: { sub: place.sub, role: 'volunteer' },
  };
  await deactivated(place.volunteerId);
  const { status } = await asked(request);
  expect(status < 300 ? 'kept' : 'lost').toBe(is);
});

/** Somebody who leads a team that has a member. */
const openTeam = async (standing: 'own' | 'ownNear') => {
  const place = await openPlace(town, standing);
  const { sub, volunteerId } = place;
  const body = { ...teamOf(town), leaderId: volunteerId, joining: 'by-invitation' };
  const { id } = (await must(town, 'teams', { route: 'POST /teams', body, token: admin })).body;
  const member = await registerOneself(town, await newSubject(false));
  const token = { sub, role: 'volunteer' };
  const invite = (who: string): Ask => ({
    route: 'POST /teams/{id}/members',
    params: { id },
    body: { volunteerId: who },
    token,
  });
  await must(town, 'teams', invite(member));
  const acts: readonly Ask[] = [
    invite(await registerOneself(town, await newSubject(false))),
    { route: 'GET /teams/{id}/members', params: { id }, token },
    {
      route: 'DELETE /teams/{id}/members/{volunteerId}',
      params: { id, volunteerId: member },
      body: { reason: '多次缺席' },
      token,
    },
  ];
  return { place, invite, acts };
};

const onRecord = (route: string, { volunteerId }: Place, body?: object, token: object = admin) =>
  must(town, 'volunteers', {
    route,
    params: { id: volunteerId },
    ...(body ? { body } : {}),
    token: token as NonNullable<Ask['token']>,
  });
const endings: Readonly<Record<string, (place: Place) => Promise<unknown>>> = {
  'was deactivated': ({ volunteerId }) => deactivated(volunteerId),
  left: (place) =>
    onRecord('POST /volunteers/{id}/deactivate', place, { reason: '搬走' }, tokenFor(place)),
  'withdrew the consent': (place) =>
    must(town, 'volunteers', {
      route: 'DELETE /volunteers/{id}/consents/{purpose}',
      params: { id: place.volunteerId, purpose: 'service-record' },
      token: tokenFor(place),
    }),
  'was erased': (place) => onRecord('DELETE /volunteers/{id}', place),
  'was merged into another record': async (place) =>
    onRecord('POST /volunteers/{id}/merge', place, {
      intoId: await registerOneself(town, await newSubject(false)),
      reason: '同一人',
    }),
};
const tokenFor = ({ sub }: Place) => ({ sub, role: 'volunteer' });

describe('a leader', () => {
  test.each(Object.entries(endings))('who %s leads no more, at once', async (_, end) => {
    for (const standing of ['own', 'ownNear'] as const) {
      const { place, acts } = await openTeam(standing);
      const [list] = acts.filter(({ route }) => route.startsWith('GET'));
      expect((await asked(list as Ask)).status).toBe(200);
      await end(place);
      for (const act of acts) expect((await asked(act)).status).toBe(403);
    }
  });

  test('who came back leads again', async () => {
    const { place, acts } = await openTeam('own');
    await deactivated(place.volunteerId);
    await onRecord('POST /volunteers/{id}/reactivate', place);
    for (const act of acts) expect((await asked(act)).status).toBeLessThan(300);
  });

  test('learns nothing of an id but whether somebody can be invited', async () => {
    const { invite } = await openTeam('own');
    const ended = await Promise.all(
      Object.values(endings).map(async (end) => {
        const place = await openPlace(town, 'own');
        await end(place);
        return place.volunteerId;
      }),
    );
    const into = await registerOneself(town, await newSubject(false));
    const ids = [
      ...ended,
      (await registerAnother(town)).id,
      await mergeAnother(town, into),
      '0198c0de-0000-7000-8000-00000000dead',
    ];
    const answers = await Promise.all(ids.map((id) => asked(invite(id))));
    for (const { status, body } of answers) {
      expect(status).toBe(409);
      expect(body).toEqual(answers[0]?.body);
    }
    expect(answers[0]?.body.type).toBe('urn:leifeng:problem:cannot-be-invited');
    const byStaff = ids.map((id) => asked({ ...invite(id), token: admin }));
    const told = (await Promise.all(byStaff)).map(({ body }) => body.type.split(':').at(-1));
    expect(new Set(told)).toEqual(new Set(['volunteer-not-active', 'unknown-reference']));
  });
});

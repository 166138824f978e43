import '../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import type { Ask } from '../support/http-event.ts';
import { freshTables } from '../support/tables.ts';
import { foundTown, may, must, organiserOf, readVolunteer } from '../support/town.ts';

// A command that found nothing to change is repeated after something has changed.

let town: Awaited<ReturnType<typeof foundTown>>;
let teamId: string;
const lei = { sub: 'lei', role: 'volunteer' };

const formTeam = async (joining: 'open' | 'by-invitation'): Promise<void> => {
  const { body } = await must('teams', {
    route: 'POST /teams',
    body: {
      name: '巡逻队',
      specialty: 'medical',
      areaId: 'hongqi',
      organisationId: town.ours,
      joining,
    },
    token: organiserOf(town.ours),
  });
  teamId = body.id;
};

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
});

const entering = (key: string, token: Ask['token'], body: object): Ask => ({
  route: 'POST /teams/{id}/members',
  params: { id: teamId },
  body,
  token: token ?? null,
  key,
});
const leave = (): Promise<unknown> =>
  must('teams', {
    route: 'DELETE /teams/{id}/members/{volunteerId}',
    params: { id: teamId, volunteerId: town.volunteerId },
    token: lei,
  });
const shown = ({ status, body }: { status: number; body: unknown }) => ({ status, body });

test.each([
  ['joining', 'open' as const, () => lei, () => ({})],
  [
    'an invitation',
    'by-invitation' as const,
    () => organiserOf(town.ours),
    () => ({ volunteerId: town.volunteerId }),
  ],
])('%s: it does not happen after the person has left', async (_, joining, by, body) => {
  await formTeam(joining);
  await must('teams', entering('first', by(), body()));
  const second = await must('teams', entering('second', by(), body()));
  await leave();
  expect(shown(await may('teams', entering('second', by(), body())))).toEqual(shown(second));
  // A new command does happen.
  const third = await must('teams', entering('third', by(), body()));
  expect(third.body.version).toBe(3);
});

test('consent: it is not given again after it was withdrawn', async () => {
  const consent = (key: string): Ask => ({
    route: 'POST /volunteers/{id}/consents',
    params: { id: town.volunteerId },
    body: { purpose: 'publicity', version: '1' },
    token: lei,
    key,
  });
  await must('volunteers', consent('first'));
  const second = await must('volunteers', consent('second'));
  await must('volunteers', {
    route: 'DELETE /volunteers/{id}/consents/{purpose}',
    params: { id: town.volunteerId, purpose: 'publicity' },
    token: lei,
  });
  const withdrawn = await readVolunteer(town.volunteerId);
  expect(withdrawn).not.toEqual(second.body);
  expect(shown(await may('volunteers', consent('second')))).toEqual(shown(second));
  expect(await readVolunteer(town.volunteerId)).toEqual(withdrawn);
});

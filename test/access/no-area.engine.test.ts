import '../support/tables.ts';

import { beforeAll, expect, test } from '@jest/globals';
import { apis } from '../../functions/reference/contracts.ts';
import { type Ask, ask } from '../support/http-event.ts';
import { freshTables } from '../support/tables.ts';
import { foundTown } from '../support/town.ts';
import { openPlace, type Town } from './place.ts';
import { requests } from './requests.ts';
import { table } from './table.ts';

let town: Town;
const sliceOf = new Map(
  apis.flatMap(({ name, contract }) => Object.values(contract).map(({ key }) => [key, name])),
);

beforeAll(async () => {
  await freshTables();
  const handlers = await Promise.all(
    apis.map(async ({ name }) => [name, (await import(`../../functions/${name}/api.ts`)).handler]),
  );
  town = { ...(await foundTown()), handlers: Object.fromEntries(handlers) };
});

/** What organisers may because of where, or for whom, they work. */
const bound = Object.entries(table).flatMap(([name, row]) => {
  const standings = typeof row === 'object' ? (row.organiser ?? []) : [];
  return standings.includes('near') && !standings.includes('far') ? [name] : [];
});

test.each(bound)(
  '%s is refused to staff whose token names no area that could be one',
  async (name) => {
    const place = await openPlace(town, 'near');
    const { sub = place.sub, ...request } = (await requests[name]?.(place)) ?? {};
    const [route = ''] = name.split(' · ');
    const asked = (claims: object) =>
      ask(town.handlers[sliceOf.get(route) ?? ''], {
        ...request,
        route,
        token: { sub, role: 'organiser', organisation: town.ours, ...claims },
      } as Ask);
    for (const area of [['Ж'], 'Ж', ['', 'a b'], {}])
      expect([area, (await asked({ area })).status]).toEqual([area, 403]);
    expect((await asked({ area: 'hongqi' })).status).toBeLessThan(300);
  },
);

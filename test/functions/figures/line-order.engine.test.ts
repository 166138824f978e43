import '../../support/tables.ts';

import { expect, test } from '@jest/globals';
import { handler } from '../../../functions/dashboards/api.ts';
import { baseMetrics } from '../../../functions/figures/metrics.ts';
import { ask } from '../../support/http-event.ts';
import { deliver } from '../../support/projecting.ts';
import { eventOf, hours, idOf, volunteer } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

const everybody = Array.from({ length: 20 }, (_, n) => n);

/** The ids of each year's lines, by metric, in the order in which new tables give them. */
const listed = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  await freshTables();
  await deliver(
    everybody.flatMap((n) => [
      eventOf(
        {
          type: 'HoursVerified',
          data: {
            hours: { ...hours, volunteerId: idOf('c', n), status: 'verified', verifiedBy: 'v' },
          },
        },
        { id: idOf('d', n) },
      ),
      eventOf({ type: 'VolunteerConfirmed', data: { volunteer } }, { id: idOf('c', n) }),
    ]),
  );
  const all = new Map<string, readonly string[]>();
  for (const metric of Object.keys(baseMetrics)) {
    const { body } = await ask(handler, {
      route: 'GET /totals/{year}/lines',
      params: { year: '2025' },
      query: { metric },
      token: { sub: 'verifier', role: 'verifier' },
    });
    const ids = body.items.map(({ id }: { id: string }) => id);
    if (ids.length === everybody.length) all.set(metric, ids);
  }
  return all;
};

test('the order of lines says nothing of the ids', async () => {
  const [one, other] = [await listed(), await listed()];
  expect([...one.keys()]).toEqual(
    expect.arrayContaining(['distinctVolunteers', 'registeredVolunteers', 'volunteersRegistered']),
  );
  for (const [metric, ids] of one) {
    const inOrder = [...ids].sort();
    expect([metric, ids]).not.toEqual([metric, inOrder]);
    // The same events in the Views of another district: another order.
    expect([metric, other.get(metric)]).not.toEqual([metric, ids]);
    expect([...(other.get(metric) ?? [])].sort()).toEqual(inOrder);
  }
});

import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import { handler as api } from '../../../functions/webhooks/api.ts';
import { addToLog, type Told } from '../../../functions/webhooks/event-log.ts';
import { around } from '../../support/faults.ts';
import { ask } from '../../support/http-event.ts';
import { idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';
import { admin } from '../../support/town.ts';

// The setting is one second here, so that a request that waits in vain takes no longer.
process.env.DISTRICT = JSON.stringify({
  ...JSON.parse(process.env.DISTRICT ?? '{}'),
  longPollSeconds: 1,
});

const told = (id: string, type: Told['head']['type'] = 'AreaDefined'): Told => ({
  head: {
    ...{ id, type, district: 'test', correlationId: 'c' },
    aggregate: { type: 'area', id, version: 1 },
    recordedAt: '2025-10-18T06:00:00.000Z',
  },
  part: { areaId: null, theme: null, organisationId: null, figures: {} },
  areaIds: [],
});
const add = (...events: readonly Told[]) => addToLog(events, 1_760_000_000_000);
const pull = async (query: Record<string, string>) => {
  const { status, headers, body } = await ask(api, { route: 'GET /events', query, token: admin });
  return { status, retryAfter: headers['retry-after'], ...body };
};

beforeEach(freshTables);

test('a request that waits gets what comes meanwhile, after the place where it began', async () => {
  const [before, other, wanted] = [idOf('d', 1), idOf('d', 2), idOf('d', 3)];
  await add(told(before));
  const { next } = await pull({});
  const reads = around('QueryCommand', {
    after: async (call) => {
      if (call === 1) await add(told(other, 'CampaignPlanned'), told(wanted));
    },
  });
  const got = await pull({ after: next, types: 'AreaDefined', waitSeconds: '20' });
  reads.mockRestore();
  expect(got).toMatchObject({ items: [{ id: wanted }], retryAfterSeconds: 1, retryAfter: '1' });
  expect(await pull({ after: got.next })).toMatchObject({ items: [], retryAfterSeconds: 30 });
});

test('it waits for as long as the setting lets it, not as it asks, and may come again at once', async () => {
  let count = 0;
  const reads = around('QueryCommand', {
    before: () => {
      count += 1;
    },
  });
  const got = await pull({ waitSeconds: '20' });
  reads.mockRestore();
  expect(got).toMatchObject({ status: 200, items: [], retryAfterSeconds: 1, retryAfter: '1' });
  // At the beginning, and when the second is over; once more where a timer ends too soon.
  expect([2, 3]).toContain(count);
});

test('it does not wait where there is something, or more to look at', async () => {
  let count = 0;
  for (let n = 0; n < 11; n += 1) await add(told(idOf('d', n)));
  const reads = around('QueryCommand', {
    before: () => {
      count += 1;
    },
  });
  expect((await pull({ waitSeconds: '20' })).items).toHaveLength(10);
  const none = await pull({ types: 'CampaignPlanned', waitSeconds: '20' });
  reads.mockRestore();
  expect(none).toMatchObject({ items: [], retryAfterSeconds: 0, retryAfter: '0' });
  expect(count).toBe(2);
});

test('it is refused for longer than twenty seconds', async () => {
  for (const waitSeconds of ['21', '-1', 'x', '1.5'])
    expect((await pull({ waitSeconds })).status).toBe(400);
});

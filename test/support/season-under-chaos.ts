import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { entriesOf } from '../../events/participation.ts';
import { type Client, createClient } from '../../infra/season/client.ts';
import { adminClaims, foundDistrict } from '../../infra/season/found-district.ts';
import { planSeason, type Season } from '../../infra/season/plan-season.ts';
import { playSeason } from '../../infra/season/play-season.ts';
import { expectExact, readDashboard } from './dashboards.ts';
import { startTestHost, type TestHost } from './host.ts';
import { readLedger, recompute, valuesOf } from './recompute.ts';
import { until } from './until.ts';

/** Every `nth` activity of a season, with the volunteers who took part. */
export const partOf = (season: Season, nth: number): Season => {
  const activities = season.activities.filter((_, at) => at % nth === 0);
  const came = [
    ...new Set(activities.flatMap(({ roll }) => roll.map((each) => each.volunteer))),
  ].sort((a, b) => a - b);
  return {
    ...season,
    volunteers: season.volunteers.filter((_, at) => came.includes(at)),
    activities: activities.map((activity) => ({
      ...activity,
      roll: activity.roll.map((each) => ({ ...each, volunteer: came.indexOf(each.volunteer) })),
    })),
  };
};

/**
 * Tests the whole product over HTTP with every `nth` activity of the sample season. Every twelfth still
 * covers all months, a cancelled activity, and all changes to an entry.
 */
export const testSeasonUnderChaos = (nth: number): void => {
  const year = 2025;
  const part = partOf(planSeason(year), nth);
  let running: TestHost;
  let client: Client;
  let admin: string;

  beforeAll(async () => {
    running = await startTestHost();
    const { host } = running;
    client = createClient(host.url);
    admin = await host.mintToken(adminClaims);
  });
  afterAll(() => running?.stop());

  const control = (name: string, body: object) =>
    fetch(`${running.host.url}/_local/${name}`, { method: 'PUT', body: JSON.stringify(body) });

  test('a season delivered twice, late, shuffled and through crashes gives exact figures', async () => {
    const { host } = running;
    const mint = (claims: Record<string, string>) => host.mintToken(claims);
    const organisations = await foundDistrict(client, mint, [year]);
    const chaos = await control('chaos', {
      seed: 7,
      duplicate: 0.3,
      shuffle: true,
      delay: 300,
      failEntries: 0.1,
      crashBeforeWrite: 0.01,
      crashAfterWrite: 0.01,
      throttle: 0.02,
    });
    expect(chaos.status).toBe(200);
    await playSeason(part, {
      client,
      mint,
      organisations,
      setClock: (now) => control('clock', { now }),
      onProgress: () => {},
    });
    await host.untilIdle();

    const events = await readLedger(host.dynamodbEndpoint);
    // Enough entries, so that the equality below is meaningful.
    const verified = events.flatMap(({ type, data }) =>
      type === 'HoursVerified' && 'sums' in data ? entriesOf(data) : [],
    );
    expect(verified.length).toBeGreaterThan(450 / nth);
    expect(new Set(events.map(({ type }) => type)).size).toBeGreaterThanOrEqual(13);
    const periods = [`${year}-03`, `${year}-09`, `${year}-12`, `${year}`, `${year}-02`];
    await expectExact(client, admin, recompute(events), periods);
  });

  test('the months sum to the year, and the areas to the whole', async () => {
    const whole = valuesOf((await readDashboard(client, { period: String(year) })).metrics);
    const months = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        readDashboard(client, { period: `${year}-${String(index + 1).padStart(2, '0')}` }),
      ),
    );
    for (const metric of ['participations', 'creditedMinutes', 'activitiesHeld', 'beneficiaries']) {
      const ofMonths = months.map(({ metrics }) => valuesOf(metrics)[metric] ?? 0);
      expect([metric, ofMonths.reduce((total, value) => total + value, 0)]).toEqual([
        metric,
        whole[metric],
      ]);
      for (const { metrics, breakdown } of months) {
        const parts = Object.values(breakdown.area).map((part) => valuesOf(part)[metric] ?? 0);
        expect(parts.reduce((total, value) => total + value, 0)).toBe(
          valuesOf(metrics)[metric] ?? 0,
        );
      }
    }
  });

  const maintain = async (action: string): Promise<string> => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['infra/commands/maintain.ts', action],
      { env: { ...process.env, BASE: running.host.url } },
    );
    return stdout.trimEnd();
  };

  test('the operator’s commands: no drift, all Views made anew, the old ones discarded', async () => {
    await control('chaos', { crashBeforeWrite: 0, crashAfterWrite: 0, throttle: 0, duplicate: 0 });
    expect(await maintain('reconcile')).toBe('drift of generation 1: 0');
    expect(await maintain('rebuild')).toMatch(
      /^generation 2: loaded 8\/8 \(\d+ items\), counted (\d+)\/\1 \(\d+ items\): switched$/,
    );
    expect(await maintain('discard')).toMatch(/^[1-9]\d* items deleted$/);
    const events = await readLedger(running.host.dynamodbEndpoint);
    const figures = recompute(events);
    // A function may read the old generation for some more seconds, so wait until none does.
    const shown = async () =>
      valuesOf((await readDashboard(client, { period: `${year}` })).metrics).participations;
    await until(shown, (count) => count === figures({ period: `${year}` }).participations);
    await expectExact(client, admin, figures, [`${year}-09`, `${year}`]);
    expect(await maintain('reconcile')).toBe('drift of generation 2: 0');
  });

  test('played again with the same keys, a season changes nothing', async () => {
    const { host } = running;
    const before = await readLedger(host.dynamodbEndpoint);
    const mint = (claims: Record<string, string>) => host.mintToken(claims);
    await playSeason(
      { ...part, activities: part.activities.slice(0, 6) },
      {
        client,
        mint,
        organisations: await foundDistrict(client, mint, [year]),
        setClock: (now) => control('clock', { now }),
        onProgress: () => {},
      },
    );
    const after = await readLedger(host.dynamodbEndpoint);
    expect(after.length).toBe(before.length);
  });
};

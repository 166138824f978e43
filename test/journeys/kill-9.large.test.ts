import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createClient } from '../../infra/season/client.ts';
import { adminClaims, foundDistrict } from '../../infra/season/found-district.ts';
import { daysAfter } from '../../infra/season/plan-season.ts';
import { expectExact } from '../support/dashboards.ts';
import { readLedger, recompute } from '../support/recompute.ts';
import { type HostProcess, startHostProcess } from '../support/start-process.ts';

const year = new Date().getFullYear() - 1;
const day = `${year}-04-12`;
let dataDir: string;
let running: HostProcess | undefined;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'leifeng-kill-'));
});
afterAll(async () => {
  await running?.kill();
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

interface Line {
  readonly path: string;
  readonly entries: readonly object[];
}

const start = async (): Promise<HostProcess> => {
  running = await startHostProcess(dataDir);
  return running;
};

/**
 * What a client that keeps at it needs: the same key for the same entry, each time. A server that is busy, or
 * whose function ran out of time, is asked again, as its answer says.
 */
const logOnce = async (
  url: string,
  token: string,
  key: string,
  { path, ...body }: Line,
  tries = 10,
): Promise<string> => {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify(body),
  });
  if (response.status >= 500 && tries > 1)
    return logOnce(url, token, key, { path, ...body }, tries - 1);
  if (response.status !== 201) throw new Error(await response.text());
  return ((await response.json()) as { id: string }).id;
};

test('killed in the middle, three times: nothing acknowledged is lost, no figure is wrong', async () => {
  let { url, kill, mint } = await start();
  const client = createClient(url);
  const admin = await mint(adminClaims);
  const organisations = await foundDistrict(client, mint, [year]);
  const organisation = organisations.get('hongqi-01') ?? '';
  const organiser = await mint({ sub: 'o1', role: 'organiser', organisation });
  const verifier = await mint({ sub: 'v1', role: 'verifier', organisation: 'another' });
  const { id: activityId } = await client.post<{ id: string }>('/activities', admin, 'activity', {
    title: '清洁家园',
    content: '清扫',
    theme: 'CIVILIZED_COMMUNITY',
    areaId: 'hongqi-01',
    organisationId: organisation,
    startsOn: day,
    endsOn: daysAfter(day, 11),
    risk: { level: 'ordinary', notice: '无' },
  });
  const volunteers: string[] = [];
  for (let index = 0; index < 5; index += 1)
    volunteers.push(
      (
        await client.post<{ id: string }>(
          '/volunteers',
          await mint({ sub: `lei-${index}`, role: 'volunteer' }),
          `volunteer-${index}`,
          {
            areaId: 'hongqi-01',
            consentVersion: '1',
          },
        )
      ).id,
    );
  /** Each person has a line on each of twelve days. */
  const volunteerOf = (index: number) => volunteers[Math.floor(index / 12)];
  const lineOf = (index: number): Line => ({
    path: `/activities/${activityId}/sheets/${daysAfter(day, index % 12)}/entries`,
    entries: [
      { volunteerId: volunteerOf(index), attendedMinutes: 60 + index, origin: 'leader-roll' },
    ],
  });

  const count = 60;
  const acknowledged = new Map<number, string>();
  for (const killAfter of [8, 20, 35]) {
    await kill();
    ({ url, kill } = await start());
    let killed = false;
    const missing = Array.from({ length: count }, (_, index) => index).filter(
      (index) => !acknowledged.has(index),
    );
    // Several at once, so that the kill finds some accepted, some written and some relayed.
    const worker = async (mine: readonly number[]): Promise<void> => {
      for (const index of mine) {
        if (killed) return;
        try {
          const id = await logOnce(url, organiser, `entry-${index}`, lineOf(index));
          acknowledged.set(index, id);
          if (acknowledged.size >= killAfter) {
            killed = true;
            return kill();
          }
          if (index % 2 === 0)
            await createClient(url).post(`/sheets/${id}/verify`, verifier, `verify-${index}`, {
              entries: [volunteerOf(index)],
            });
        } catch (error) {
          if (!killed) throw error;
        }
      }
    };
    await Promise.all(
      [0, 1, 2, 3].map((part) => worker(missing.filter((index) => index % 4 === part))),
    );
  }
  await kill();
  const last = await start();
  for (let index = 0; index < count; index += 1) {
    const id = await logOnce(last.url, organiser, `entry-${index}`, lineOf(index));
    expect(acknowledged.get(index) ?? id).toBe(id);
  }
  await last.untilIdle();

  const events = await readLedger(last.endpoint);
  expect(events.filter(({ type }) => type === 'HoursLogged')).toHaveLength(count);
  expect(events.filter(({ type }) => type === 'HoursVerified').length).toBeGreaterThan(0);
  const periods = [`${year}-04`, `${year}`];
  await expectExact(createClient(last.url), admin, recompute(events), periods);
});

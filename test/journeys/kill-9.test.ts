import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createClient } from '../../infra/season/client.ts';
import { adminClaims, foundDistrict } from '../../infra/season/found-district.ts';
import { expectExact } from '../support/dashboards.ts';
import { readLedger, recompute } from '../support/recompute.ts';

interface Running {
  readonly child: ChildProcess;
  readonly exited: Promise<unknown>;
  readonly url: string;
  readonly endpoint: string;
  readonly tokens: readonly string[];
}

const year = new Date().getFullYear() - 1;
const day = `${year}-04-12`;
let dataDir: string;
let running: Running | undefined;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'leifeng-kill-'));
});
afterAll(async () => {
  running?.child.kill('SIGKILL');
  await running?.exited;
  await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

const start = async (...claims: readonly Record<string, string>[]): Promise<Running> => {
  const child = spawn(
    process.execPath,
    [
      'test/support/host-process.ts',
      process.env.TEST_CDK_OUT ?? '',
      dataDir,
      JSON.stringify(claims),
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  running = { child, exited, ...JSON.parse(String(line)) };
  return running as Running;
};

const untilIdle = async (url: string): Promise<void> => {
  for (let tries = 0; tries < 600; tries += 1) {
    const status = (await (await fetch(`${url}/_local/status`)).json()) as { idle: boolean };
    if (status.idle) return;
    await sleep(50);
  }
  throw new Error('the host does not become idle');
};

/** What a client that keeps at it needs: the same key for the same entry, each time. */
const logOnce = async (url: string, token: string, key: string, body: object): Promise<string> => {
  const response = await fetch(`${url}/hours`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': key,
    },
    body: JSON.stringify(body),
  });
  if (response.status !== 201) throw new Error(await response.text());
  return ((await response.json()) as { id: string }).id;
};

test('killed in the middle, three times: nothing acknowledged is lost, no figure is wrong', async () => {
  const claims = [
    adminClaims,
    { sub: 'o1', role: 'organiser', organisation: '' },
    { sub: 'v1', role: 'verifier', organisation: 'another' },
    ...Array.from({ length: 5 }, (_, index) => ({ sub: `lei-${index}`, role: 'volunteer' })),
  ];
  let { url, child, exited, tokens } = await start(...claims);
  const client = createClient(url);
  const admin = tokens[0] ?? '';
  const organisations = await foundDistrict(client, async () => admin, [year]);
  const organisation = organisations.get('hongqi-01') ?? '';
  claims[1] = { sub: 'o1', role: 'organiser', organisation };
  const { id: activityId } = await client.post<{ id: string }>('/activities', admin, 'activity', {
    title: '清洁家园',
    content: '清扫',
    theme: 'CIVILIZED_COMMUNITY',
    areaId: 'hongqi-01',
    organisationId: organisation,
    startsOn: day,
    endsOn: day,
    risk: { level: 'ordinary', notice: '无' },
  });
  const volunteers: string[] = [];
  for (let index = 0; index < 5; index += 1)
    volunteers.push(
      (
        await client.post<{ id: string }>(
          '/volunteers',
          tokens[3 + index] ?? '',
          `volunteer-${index}`,
          {
            areaId: 'hongqi-01',
            consentVersion: '1',
          },
        )
      ).id,
    );
  const bodyOf = (index: number) => ({
    activityId,
    volunteerId: volunteers[index % volunteers.length],
    serviceDate: day,
    attendedMinutes: 60 + index,
    origin: 'leader-roll',
  });

  const count = 60;
  const acknowledged = new Map<number, string>();
  for (const killAfter of [8, 20, 35]) {
    child.kill('SIGKILL');
    await exited;
    ({ url, child, exited, tokens } = await start(...claims));
    const organiser = tokens[1] ?? '';
    const verifier = tokens[2] ?? '';
    let killed = false;
    const missing = Array.from({ length: count }, (_, index) => index).filter(
      (index) => !acknowledged.has(index),
    );
    // Several at once, so that the kill finds some accepted, some written and some relayed.
    const worker = async (mine: readonly number[]): Promise<void> => {
      for (const index of mine) {
        if (killed) return;
        try {
          const id = await logOnce(url, organiser, `entry-${index}`, bodyOf(index));
          acknowledged.set(index, id);
          if (acknowledged.size >= killAfter) {
            killed = true;
            child.kill('SIGKILL');
            return;
          }
          if (index % 2 === 0) await createClient(url).post(`/hours/${id}/verify`, verifier, 'v');
        } catch (error) {
          if (!killed) throw error;
        }
      }
    };
    await Promise.all(
      [0, 1, 2, 3].map((part) => worker(missing.filter((index) => index % 4 === part))),
    );
  }
  await exited;
  const last = await start(...claims);
  for (let index = 0; index < count; index += 1) {
    const id = await logOnce(last.url, last.tokens[1] ?? '', `entry-${index}`, bodyOf(index));
    expect(acknowledged.get(index) ?? id).toBe(id);
  }
  await untilIdle(last.url);

  const events = await readLedger(last.endpoint);
  expect(events.filter(({ type }) => type === 'HoursLogged')).toHaveLength(count);
  expect(events.filter(({ type }) => type === 'HoursVerified').length).toBeGreaterThan(0);
  await expectExact(createClient(last.url), last.tokens[0] ?? '', recompute(events), [
    `${year}-04`,
    `${year}`,
  ]);
}, 180_000);

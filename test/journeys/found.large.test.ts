import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { found } from '../../infra/founding/found.ts';
import { parseFounding } from '../../infra/founding/founding.ts';
import { type Client, createClient } from '../../infra/season/client.ts';
import { startTestHost, type TestHost } from '../support/host.ts';

const file = 'docs/first-day.json';
let district: TestHost;
let admin: string;

/** What the command printed to both streams, and its exit code. */
interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const runFound = async (base: string, token: string, path: string): Promise<Ran> => {
  const command = ['infra/commands/found.ts', '--base', base, '--token', token, '--file', path];
  return promisify(execFile)(process.execPath, command).then(
    (ran) => ({ code: 0, ...ran }),
    (error) => error as Ran,
  );
};

/** A founding that differs from the sample in this, in a file of its own. */
const fileWith = async (changed: object): Promise<string> => {
  const path = join(district.dataDir, 'founding.json');
  const sample = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(path, JSON.stringify({ ...sample, ...changed }));
  return path;
};

const idsIn = (text: string): readonly string[] => text.match(/^ {2}[0-9a-f-]{36}(?= )/gm) ?? [];

beforeAll(async () => {
  district = await startTestHost();
  admin = await district.host.mintToken({ sub: 'admin-1', role: 'district-admin' });
});
afterAll(() => district.stop());

describe('npm run found', () => {
  let first: Ran;

  test('creates areas, organisations and an open plan, and prints the ids for the tokens', async () => {
    // A slash at the end of the address does no harm.
    first = await runFound(`${district.host.url}/`, admin, file);
    expect(first).toMatchObject({ code: 0, stderr: '' });
    const lines = first.stdout.split('\n');
    expect(lines.slice(0, 10)).toEqual([
      '1/10 area tiexi 铁西区: created',
      '2/10 area hongqi 红旗街道: created',
      '3/10 area hongqi-01 新华社区: created',
      '4/10 area hongqi-02 和平社区: created',
      '5/10 organisation 红旗街道办事处: created',
      '6/10 organisation 新华社区居民委员会: created',
      '7/10 organisation 和平社区居民委员会: created',
      '8/10 organisation 铁西区志愿服务联合会: created',
      '9/10 organisation 红旗社区卫生服务中心: created',
      '10/10 plan of 2024: opened',
    ]);
    expect(idsIn(first.stdout)).toHaveLength(5);
  });

  test('is all that an organiser with a printed id needs to publish an activity', async () => {
    const [, organisation = ''] = idsIn(first.stdout).map((id) => id.trim());
    const claims = { sub: 'organiser-1', role: 'organiser', organisation };
    const { status } = await createClient(district.host.url).post<{ status: string }>(
      '/activities',
      await district.host.mintToken(claims),
      'clinic',
      {
        ...{ title: '新华社区义诊', content: '测血压、测血糖', theme: 'FREE_CLINIC' },
        ...{ areaId: 'hongqi-01', organisationId: organisation },
        ...{ startsOn: '2024-10-19', endsOn: '2024-10-19' },
        risk: { level: 'ordinary', notice: '站立时间较长' },
      },
    );
    expect(status).toBe('published');
  });

  test('changes nothing when repeated, also by another administrator', async () => {
    await district.host.untilIdle();
    const other = await district.host.mintToken({ sub: 'admin-2', role: 'district-admin' });
    for (const token of [admin, other]) {
      const again = await runFound(district.host.url, token, file);
      expect(again).toMatchObject({ code: 0, stderr: '' });
      expect(again.stdout.match(/^\d+\/10 .*: was there$/gm)).toHaveLength(10);
      expect(idsIn(again.stdout)).toEqual(idsIn(first.stdout));
    }
    await district.host.untilIdle();
    const { items } = await createClient(district.host.url).get<{ items: object[] }>(
      '/organisations',
      admin,
    );
    expect(items).toHaveLength(5);
  });

  test('says how what is there differs, and leaves it as it is', async () => {
    const path = await fileWith({
      areas: [{ id: 'tiexi', kind: 'district', name: '铁东区' }],
      organisations: [{ kind: 'company', name: '红旗街道办事处', areaId: 'hongqi' }],
    });
    const { code, stdout } = await runFound(district.host.url, admin, path);
    expect(code).toBe(0);
    expect(stdout).toContain('area tiexi 铁东区: was there: its name stays 铁西区');
    expect(stdout).toContain('红旗街道办事处: was there: its kind stays subdistrict-office');
  });

  test('takes areas in any order, goes on after a refusal, and says which part it was', async () => {
    const path = await fileWith({
      areas: [
        { id: 'hongqi-09', kind: 'community', name: '朝阳社区', parentId: 'nowhere' },
        { id: 'dongfeng-01', kind: 'community', name: '东风社区', parentId: 'dongfeng' },
        { id: 'dongfeng', kind: 'subdistrict', name: '东风街道', parentId: 'tiexi' },
      ],
    });
    const { code, stdout, stderr } = await runFound(district.host.url, admin, path);
    expect(code).toBe(1);
    expect(stdout).toContain('area dongfeng 东风街道: created');
    expect(stdout).toContain('area dongfeng-01 东风社区: created');
    expect(stdout).toMatch(/area hongqi-09 朝阳社区 \(areas\[0\]\): refused: .*#\/parentId: /);
    expect(stderr).toMatch(/^\n1 refused: correct .* and run the command again\.\n$/);
  });

  test('explains a token that will not do, and sends nothing more', async () => {
    const organiser = await district.host.mintToken({ sub: 'o', role: 'organiser' });
    const path = await fileWith({ areas: [{ id: 'other', kind: 'district', name: '别区' }] });
    for (const [token, sentence] of [
      ['nonsense', /^The token is not accepted: it has expired, or /],
      [organiser, /^The token is not one of a district administrator, who alone /],
    ] as const) {
      const { code, stdout, stderr } = await runFound(district.host.url, token, path);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(sentence);
    }
  });
});

/** A client whose connection breaks at its n-th request: the district does it, and the answer is lost. */
const breakingAt = (n: number, client: Client): Client => {
  let requests = 0;
  const passed = async <T>(answer: Promise<T>): Promise<T> => {
    await Promise.allSettled([answer]);
    requests += 1;
    if (requests === n) throw new Error('the connection broke');
    return answer;
  };
  return {
    get: (...args) => passed(client.get(...args)),
    put: (...args) => passed(client.put(...args)),
    post: (...args) => passed(client.post(...args)),
  };
};

test('a founding that breaks off at any request founds one district, if it is repeated', async () => {
  const client = createClient(district.host.url);
  const founding = parseFounding(
    JSON.stringify({
      areas: [
        { id: 'daoli', kind: 'district', name: '道里区' },
        { id: 'zhaolin', kind: 'subdistrict', name: '兆麟街道', parentId: 'daoli' },
      ],
      organisations: [
        { kind: 'subdistrict-office', name: '兆麟街道办事处', areaId: 'zhaolin' },
        { kind: 'hospital', name: '兆麟社区卫生服务中心', areaId: 'zhaolin' },
      ],
      campaigns: [{ year: 2027, plan: 'learn-from-lei-feng', open: true }],
    }),
  );
  let broken = 0;
  for (let n = 1; broken === n - 1; n += 1)
    await found(breakingAt(n, client), admin, founding).catch((error) => {
      expect(error).toEqual(new Error('the connection broke'));
      broken += 1;
    });
  // Fewest where each run sees all that the runs before it did: two areas twice, the plan twice.
  expect(broken).toBeGreaterThanOrEqual(6);
  await district.host.untilIdle();
  const { items } = await client.get<{ items: readonly { id: string; areaId: string }[] }>(
    '/organisations?areaId=zhaolin&limit=100',
    admin,
  );
  const founded = await found(client, admin, founding);
  expect(items.map(({ id }) => id).sort()).toEqual(founded.map(({ id }) => id).sort());
  expect(await client.get('/campaigns/2027')).toMatchObject({ status: 'open', version: 2 });
});

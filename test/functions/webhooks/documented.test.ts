// docs/webhooks.md says what the constants say, and its receivers check what is sent.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { deliveryProblems } from '../../../events/webhooks.ts';
import { signedHeaders } from '../../../functions/webhooks/receivers.ts';
import { waits } from '../../../functions/webhooks/schedule.ts';
import { until } from '../../support/until.ts';

const page = readFileSync('docs/webhooks.md', 'utf8');

const written = (ms: number): string =>
  ms < 60_000 ? `${ms / 1_000} s` : ms < 3_600_000 ? `${ms / 60_000} min` : `${ms / 3_600_000} h`;

test('the page has the schedule', () => {
  const cells = ['after', '0', ...waits.map(written)];
  expect(page).toContain(`| ${cells.join(' | ')} |`);
});

test('the page has every problem', () => {
  const rows =
    page
      .slice(page.indexOf('| Problem |'), page.indexOf('## Pull'))
      .match(/^\| `([a-z-]+)` \|/gm) ?? [];
  expect(rows.map((row) => row.slice(3, -3))).toEqual([...deliveryProblems]);
});

const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill();
});

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

const receivers = [
  ['receiver.ts', process.execPath],
  ['receiver.py', 'python3'],
  ['Receiver.java', 'java'],
] as const;
const isThere = (command: string): boolean =>
  spawnSync(command, [command === 'java' ? '-version' : '--version']).status === 0;

describe.each(receivers.filter(([, command]) => isThere(command)))('%s', (file, command) => {
  test('takes what is signed and recent, once, and nothing else', async () => {
    const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
    const old = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    const port = await freePort();
    const child = spawn(command, [`docs/receivers/${file}`], {
      env: { ...process.env, SECRET: secret, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.push(child);
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += chunk;
    });
    const send = async (headers: Record<string, string>, body: string): Promise<number> =>
      (await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers, body })).status;
    await until(
      () => send({}, '').catch(() => 0),
      (status) => status > 0,
    );
    const body = '{"type":"HoursVerified","说":"中文"}';
    const signed = (at: Date, ...secrets: readonly string[]) => {
      const [first = '', ...rest] = secrets.map((each) => ({ secret: each, until: null }));
      return {
        ...signedHeaders(
          { url: '', secrets: [first as never, ...rest] },
          { messageId: 'one', body, now: at.getTime() },
          at,
        ),
      };
    };
    const now = new Date();
    expect(await send(signed(now, secret), body)).toBe(204);
    expect(await send(signed(now, old, secret), body)).toBe(204);
    expect(await send(signed(now, old), body)).toBe(401);
    expect(await send(signed(now, secret), `${body} `)).toBe(401);
    expect(await send(signed(new Date(now.getTime() - 400_000), secret), body)).toBe(401);
    expect(await send({}, body)).toBe(401);
    await until(
      () => said,
      (text) => text.includes('HoursVerified'),
    );
    expect(said.match(/HoursVerified/g)).toHaveLength(1);
  });
});

test('the reader goes on where it was, and prints every event once', async () => {
  const asked: string[] = [];
  const server = createHttp((request, response) => {
    asked.push(String(request.url));
    const at = Number(/after=(\d+)/.exec(String(request.url))?.[1] ?? 0);
    const items = at < 3 ? [{ id: `event-${at}`, type: 'HoursVerified' }] : [];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ items, next: `${Math.min(at + 1, 3)}`, retryAfterSeconds: 0.1 }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = mkdtempSync(join(tmpdir(), 'leifeng-reader-'));
  const { port } = server.address() as { port: number };
  const run = async (count: number): Promise<string> => {
    const child = spawn(process.execPath, ['docs/receivers/reader.ts'], {
      env: {
        ...process.env,
        ...{ BASE: `http://127.0.0.1:${port}`, TOKEN: 't', PLACE: join(folder, 'place') },
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.push(child);
    let said = '';
    child.stdout?.on('data', (chunk) => {
      said += chunk;
    });
    const before = asked.length;
    await until(
      () => asked.length - before,
      (requests) => requests >= count,
    );
    child.kill();
    return said;
  };
  expect(await run(5)).toBe(
    'event-0 HoursVerified\nevent-1 HoursVerified\nevent-2 HoursVerified\n',
  );
  expect(await run(2)).toBe('');
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});

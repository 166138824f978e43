import { afterAll, expect, jest, test } from '@jest/globals';
import { type Host, startHost } from '../../../infra/local/host.ts';
import { until } from '../../support/until.ts';
import { temporaryFolder, writeAssembly } from './fixture-app.ts';

const cdkOut = writeAssembly();
const { path: dataDir, remove } = temporaryFolder();
afterAll(remove);

const failures: unknown[] = [];
const note = (error: unknown): void => void failures.push(error);
process.on('unhandledRejection', note).on('uncaughtException', note);
afterAll(() => {
  process.off('unhandledRejection', note).off('uncaughtException', note);
});

/** Writes without pause until the host is gone; counts what was acknowledged. */
const load = (host: Host, name: string) => {
  const acknowledged: string[] = [];
  let gone = false;
  const write = async (writer: number): Promise<void> => {
    for (let n = 0; !gone; n += 1) {
      const id = `${name}-${writer}-${n}`;
      const answer = await fetch(`${host.url}/items/${id}`, { method: 'POST', body: 'x' }).catch(
        () => undefined,
      );
      if (answer?.status === 201) acknowledged.push(id);
      gone ||= answer === undefined;
    }
  };
  return { acknowledged, ended: Promise.all([0, 1, 2, 3].map(write)) };
};

test('a stop at any moment under load never fails, also twice, and loses nothing', async () => {
  const said = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  const all: string[] = [];
  for (const moment of [0, 1, 7, 40]) {
    const host = await startHost({ cdkOut, dataDir, port: 0 });
    const { acknowledged, ended } = load(host, `after-${moment}`);
    await until(
      () => acknowledged.length,
      (count) => count >= moment,
    );
    await Promise.all([host.stop(), host.stop()]);
    await ended;
    await host.stop();
    all.push(...acknowledged);
  }
  const host = await startHost({ cdkOut, dataDir, port: 0 });
  await host.untilIdle();
  const missing: string[] = [];
  for (const id of all) {
    const { status } = await fetch(`${host.url}/items/${id}`);
    if (status !== 200) missing.push(id);
  }
  await host.stop();
  expect(missing).toEqual([]);
  expect(all.length).toBeGreaterThanOrEqual(48);
  expect(said.mock.calls).toEqual([]);
  expect(failures).toEqual([]);
});

test('a host that is stopped while a function hangs does not wait for its end', async () => {
  const host = await startHost({ cdkOut, dataDir, port: 0 });
  const hanging = fetch(`${host.url}/hang`).catch(() => undefined);
  await until(host.status, ({ functions }) =>
    Object.values(functions).some(({ inFlight }) => inFlight > 0),
  );
  await host.stop();
  const answer = await hanging;
  expect([500, undefined]).toContain(answer?.status);
  expect(failures).toEqual([]);
});

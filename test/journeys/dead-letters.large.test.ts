import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readBlueprint } from '../../infra/local/assembly/blueprint.ts';
import { type Host, startHost } from '../../infra/local/host.ts';
import { runCommand } from '../support/commands.ts';
import { expectExact } from '../support/dashboards.ts';
import { readLedger, recompute } from '../support/recompute.ts';
import { foundRoll, type Roll } from '../support/roll.ts';

const year = new Date().getFullYear() - 1;
const day = `${year}-04-12`;
const periods = [`${year}-04`, `${year}`];
const cdkOut = process.env.TEST_CDK_OUT ?? '';
let folder: string;
let broken: string;
let host: Host;
let roll: Roll;

/** Puts code in place of a function's bundle, which becomes `whole.mjs` beside it. */
const replace = async (part: string, code: string): Promise<void> => {
  const { bundle = '' } =
    readBlueprint(broken).functions.find(({ name }) => name.includes(part)) ?? {};
  await cp(bundle, bundle.replace('index.mjs', 'whole.mjs'));
  await writeFile(bundle, code);
};

/** The assembly with three faults: projector and notifier refuse verifications, the relay is impatient. */
const writeBroken = async (): Promise<void> => {
  await cp(cdkOut, broken, { recursive: true });
  await replace(
    'Notifier',
    `import { handler as whole } from './whole.mjs';
     export const handler = async (event, context) => {
       if (event['detail-type'] === 'HoursVerified') throw new RangeError('no notice of that');
       return whole(event, context);
     };`,
  );
  await replace(
    'Projector',
    `import { handler as whole } from './whole.mjs';
     export const handler = async ({ Records }, context) => {
       const bad = Records.filter(({ body }) => JSON.parse(body)['detail-type'] === 'HoursVerified');
       const { batchItemFailures } = await whole({ Records: Records.filter((one) => !bad.includes(one)) }, context);
       return { batchItemFailures: [...batchItemFailures, ...bad.map(({ messageId }) => ({ itemIdentifier: messageId }))] };
     };`,
  );
  for (const name of await readdir(broken, { recursive: true })) {
    if (!name.endsWith('.template.json')) continue;
    const template = await readFile(join(broken, name), 'utf8');
    const changed = template.replace('"MaximumRetryAttempts": 10000', '"MaximumRetryAttempts": 1');
    await writeFile(join(broken, name), changed);
  }
};

const start = async (assembly: string): Promise<void> => {
  const dataDir = join(folder, 'data');
  host = await startHost({ cdkOut: assembly, dataDir, port: 0, chaos: true });
};
const chaos = (switches: object) =>
  fetch(`${host.url}/_local/chaos`, { method: 'PUT', body: JSON.stringify(switches) });
/** Lets the minutes pass that Lambda waits before it invokes a function again. */
const settle = async (): Promise<void> => {
  const forward = async (): Promise<void> => {
    const clock = `${host.url}/_local/clock`;
    const { now } = (await (await fetch(clock)).json()) as { now: string };
    const body = JSON.stringify({ now: new Date(Date.parse(now) + 60_000).toISOString() });
    await fetch(clock, { method: 'PUT', body });
  };
  const timer = setInterval(() => void forward().catch(() => undefined), 500);
  try {
    await host.untilIdle();
  } finally {
    clearInterval(timer);
  }
};
const redrive = (...args: readonly string[]) => runCommand(host.url, 'redrive', ...args);
const exact = async (): Promise<void> =>
  expectExact(roll.client, roll.admin, recompute(await readLedger(host.dynamodbEndpoint)), periods);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leifeng-dead-'));
  broken = join(folder, 'broken');
  await writeBroken();
  await start(broken);
  roll = await foundRoll(host.url, (claims) => host.mintToken(claims), day);
});
afterAll(async () => {
  await host?.stop();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('poison goes to the dead-letter queue with its reason, and blocks nothing', async () => {
  await roll.log('first', 4);
  await host.untilIdle();
  const good = (await readLedger(host.dynamodbEndpoint)).find(({ type }) => type === 'HoursLogged');
  const bus = new EventBridgeClient({
    endpoint: host.busEndpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const poison = [
    { ...good, type: 'HoursExploded' },
    { ...good, data: {} },
    { ...good, schemaVersion: 99 },
  ];
  await bus.send(
    new PutEventsCommand({
      Entries: poison.map((event) => ({
        EventBusName: readBlueprint(cdkOut).buses[0],
        Source: 'leifeng.participation',
        DetailType: 'HoursLogged',
        Detail: JSON.stringify(event),
      })),
    }),
  );
  bus.destroy();
  await roll.log('second', 4);
  await settle();
  await exact();

  const { output } = await redrive('--list');
  // Three that neither the projector nor the dispatcher of webhooks could take, nor what restates closed months.
  expect(output).toContain('Unhandled: 9');
  expect(output).toContain(`HoursExploded ${good?.id}  sheet#${good?.aggregate.id}`);
  expect(output).toContain(`correlation ${good?.correlationId}`);
  expect(output).toContain('unknown type HoursExploded');
  expect(output).toContain('broken HoursLogged v');
  expect(output).toContain('unknown version HoursLogged v99');
});

test('what is still broken comes back, and is not moved round and round', async () => {
  const { code, output } = await redrive('--queue', 'Unhandled');
  expect([code, output]).toEqual([0, expect.stringContaining('9 of 9 moved')]);
  await settle();
  expect((await redrive('--list')).output).toContain('Unhandled: 9');
  await exact();
  const unknown = await redrive('--queue', 'Nobody');
  expect([unknown.code, unknown.output]).toEqual([1, expect.stringContaining('Undelivered')]);
});

test('after a fix, redrive brings back what was refused and what never left the Ledger', async () => {
  await roll.verify(await roll.log('third', 6));
  await settle();
  await chaos({ failEntries: 1 });
  await roll.log('fourth', 5);
  await host.untilIdle();
  await chaos({});
  const before = (await redrive('--list')).output;
  const of = (part: string) => before.match(new RegExp(`of \\S*${part}\\S*: `, 'g'))?.length;
  expect([of('Projector'), of('Notifier'), of('Relay')]).toEqual([4, 1, expect.any(Number)]);
  expect(before).toContain('not published: RetryAttemptsExhausted');
  expect(before).toContain('failed with RangeError; can be read now: redrive it');
  await expect(exact()).rejects.toThrow();

  await host.stop();
  await start(cdkOut);
  roll = roll.on(host.url);
  expect((await redrive('--list')).output).toContain('can be read now: redrive it');
  const { code, output } = await redrive();
  expect([code, output]).toEqual([0, expect.stringContaining('Unhandled: done')]);
  await settle();
  await exact();
  // The poison, three times each, and nothing else.
  expect((await redrive('--list')).output).toContain('Unhandled: 9');
});

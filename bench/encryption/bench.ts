// The cost of sealing: processor time for a record, with its data key at hand, and the requests.
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { open, type RecordKey, seal } from '../../functions/people/envelope.ts';
import { createKmsActions, openKeys } from '../../infra/local/data/kms.ts';
import { type Actions, serveActions } from '../../infra/local/edge/actions.ts';
import { withEngine } from '../engine.ts';
import { milliseconds, quantile, whole } from '../statistics.ts';
import { table } from '../table.ts';

export const options = {
  /** Records sealed and opened with their data keys at hand. */
  records: '20000',
  /** Records put, read, changed and destroyed in DynamoDB Local. */
  stored: '300',
};

const personOf = (n: number) => ({
  name: `志愿者${n}`,
  sex: 'female',
  birthDate: '1990-03-05',
  phone: `138${String(n).padStart(8, '0')}`,
  idDocument: { kind: 'resident-id', number: `110105199003${String(n).padStart(6, '0')}` },
  skills: ['急救', '普通话', '摄影'],
});

const shares = [0.5, 0.99, 1];
const row = (title: string, values: readonly number[]): string[] => [
  title,
  ...shares.map((share) => quantile(values, share).toFixed(3)),
];

/** Milliseconds to seal, and to open, each record. */
const measureWork = (records: number) => {
  const sealing: number[] = [];
  const opening: number[] = [];
  for (let n = 0; n < records; n += 1) {
    const dataKey = randomBytes(32);
    const bind = (attribute: string) =>
      ({ district: 'bench', pk: `person#${n}`, sk: 'person', attribute }) as const;
    const person = Object.entries(personOf(n));
    const began = performance.now();
    const sealed = person.map(([name, value]) => [name, seal(dataKey, bind(name), value)] as const);
    const between = performance.now();
    for (const [name, bytes] of sealed) open(dataKey, bind(name), bytes);
    opening.push(performance.now() - between);
    sealing.push(between - began);
  }
  // Leaves out the first tenth, in which V8 still compiles.
  const warm = (values: readonly number[]) => values.slice(Math.floor(records / 10));
  return { sealing: warm(sealing), opening: warm(opening) };
};

interface Requests {
  readonly dynamodb: number;
  readonly kms: number;
}

/** The requests of each operation, and its time with a KMS on loopback. */
const measureRequests = async (stored: number) => {
  const folder = await mkdtemp(join(tmpdir(), 'leifeng-kms-'));
  let kms = 0;
  const actions = createKmsActions(openKeys(folder, ['people'], false), {
    region: 'us-east-1',
    account: '000000000000',
  });
  const counted: Actions = Object.fromEntries(
    Object.entries(actions).map(([target, action]) => [
      target,
      (input) => {
        kms += 1;
        return action(input);
      },
    ]),
  );
  const server = await serveActions(counted);
  process.env.TEST_KMS_ENDPOINT = `http://127.0.0.1:${server.port}`;
  try {
    return await withEngine(async () => {
      const { freshTables } = await import('../../test/support/tables.ts');
      const { dynamodb } = await import('../../functions/runtime/dynamodb.ts');
      const { blindIndex } = await import('../../functions/people/keys.ts');
      const people = await import('../../functions/people/people.ts');
      await freshTables();
      let asked = 0;
      dynamodb.middlewareStack.add(
        (next) => (args) => {
          asked += 1;
          return next(args);
        },
        { step: 'initialize' },
      );
      const measure = async (run: (n: number) => Promise<unknown>, times = stored) => {
        const before = { asked, kms };
        const took: number[] = [];
        for (let n = 0; n < times; n += 1) {
          const began = performance.now();
          await run(n);
          took.push(performance.now() - began);
        }
        const each: Requests = {
          dynamodb: (asked - before.asked) / times,
          kms: (kms - before.kms) / times,
        };
        return { took, each };
      };
      const key = (n: number): RecordKey => people.personKey(`${n}`);
      const rename = async () => ({ fields: { name: '雷锋' } });
      return {
        'the first blind index of a container': await measure(
          (n) => blindIndex('phone', `${n}`),
          1,
        ),
        'a blind index': await measure((n) => blindIndex('phone', `${n}`)),
        'put a record': await measure((n) => people.putSealed(key(n), personOf(n))),
        'read it': await measure((n) => people.readSealed(key(n))),
        'change a field': await measure((n) => people.changeSealed(key(n), rename)),
        'destroy it': await measure((n) =>
          dynamodb.send(
            new TransactWriteCommand({ TransactItems: [people.destroyAction(key(n))] }),
          ),
        ),
      };
    });
  } finally {
    await server.stop(0);
    await rm(folder, { recursive: true, force: true });
  }
};

export const run = async (given: Readonly<Record<string, string>>): Promise<unknown> => {
  const work = measureWork(Number(given.records));
  const both = work.sealing.map((took, n) => took + (work.opening[n] ?? 0));
  console.log(
    table(
      [`${whole(both.length)} records of 6 fields, ms`, 'p50', 'p99', 'most'],
      [row('seal', work.sealing), row('open', work.opening), row('seal and open', both)],
    ),
  );
  const p50 = quantile(both, 0.5);
  console.log(`\ngoal p50 ≤ 1 ms a record: ${p50 <= 1 ? 'met' : 'missed'}\n`);
  const requests = await measureRequests(Number(given.stored));
  console.log(
    table(
      [`${given.stored} of each`, 'DynamoDB', 'KMS', 'p50, ms', 'p99, ms'],
      Object.entries(requests).map(([title, { took, each }]) => [
        title,
        `${each.dynamodb}`,
        `${each.kms}`,
        ...[0.5, 0.99].map((share) => milliseconds(quantile(took, share))),
      ]),
    ),
  );
  const p = (values: readonly number[]) =>
    Object.fromEntries(shares.map((share) => [share, quantile(values, share)]));
  return { seal: p(work.sealing), open: p(work.opening), both: p(both), requests };
};

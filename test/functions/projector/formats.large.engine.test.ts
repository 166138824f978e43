import '../../support/tables.ts';
import { PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { handler } from '../../../functions/projector/projector.ts';
import { rebuild } from '../../../functions/projector/rebuild.ts';
import { reconcile } from '../../../functions/projector/reconcile.ts';
import { dynamodb } from '../../../functions/runtime/dynamodb.ts';
import { pointerKey, readGenerations, viewsFormat } from '../../../functions/views/generations.ts';
import { append, logged, season } from '../../support/generations.ts';
import { invoke } from '../../support/invoke.ts';
import { allViews, batchOf, deliver, failedOf } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';

/** The pointer as the code of another form left it. */
const pointAt = (pointer: object) =>
  dynamodb.send(
    new PutCommand({ TableName: process.env.VIEWS_TABLE, Item: { ...pointerKey, ...pointer } }),
  );
const older = { format: viewsFormat - 1, live: 1, newest: 1 };
const always = () => true;

beforeEach(freshTables);
afterEach(() => {
  jest.restoreAllMocks();
});

test.each([viewsFormat - 1, viewsFormat + 1])(
  'a projector of another form than %s acknowledges nothing, and writes nothing',
  async (format) => {
    await pointAt({ ...older, format });
    expect(failedOf(await invoke(handler, batchOf([logged(1)])))).toEqual(['m-0']);
    expect((await allViews()).map(({ pk }) => pk)).toEqual([pointerKey.pk]);
  },
);

test('a new form begins in a new generation, which is made from the Ledger', async () => {
  await append(season());
  await pointAt({ ...older, building: 1, newest: 4 });
  expect(await rebuild(always, { waitMs: 1, runMs: 1 })).toMatchObject({
    state: 'switched',
    generation: 5,
    drift: [],
  });
  expect(await readGenerations()).toMatchObject({
    ...{ format: viewsFormat, live: 5, liveFormat: viewsFormat, building: null, readableAt: 0 },
  });
  await deliver(season());
  expect(await reconcile(5, 1)).toEqual([]);
});

test('the Ledger is not read before a projector of the older form must have ended', async () => {
  await append(season());
  await pointAt(older);
  const send = dynamodb.send.bind(dynamodb) as (command: object) => Promise<object>;
  const scans: number[] = [];
  jest.spyOn(dynamodb, 'send').mockImplementation((async (command: object) => {
    if (command instanceof ScanCommand) scans.push(Date.now());
    return send(command);
  }) as never);
  let asked = 0;
  const hasTime = () => {
    asked += 1;
    return asked < 2;
  };
  expect(await rebuild(hasTime, { waitMs: 1, runMs: 3_600_000 })).toMatchObject({
    state: 'building',
    loaded: { done: 0 },
  });
  expect(scans).toEqual([]);
  // Also when it is called again: the time is kept beside the pointer.
  const { readableAt } = await readGenerations();
  expect(readableAt).toBeGreaterThan(Date.now() + 3_500_000);
  asked = 0;
  expect(await rebuild(hasTime, { waitMs: 1, runMs: 1 })).toMatchObject({ loaded: { done: 0 } });
  expect(scans).toEqual([]);
});

test('a live generation of the older form stays as it is, and events go where they are joined', async () => {
  await pointAt({
    ...older,
    format: viewsFormat,
    liveFormat: viewsFormat - 1,
    loading: 2,
    newest: 2,
  });
  await deliver(season());
  expect((await allViews()).filter(({ pk }) => pk !== pointerKey.pk)).toEqual([]);
  await pointAt({
    ...older,
    format: viewsFormat,
    liveFormat: viewsFormat - 1,
    building: 2,
    newest: 2,
  });
  await deliver(season());
  const partitions = (await allViews()).map(({ pk }) => String(pk));
  expect(partitions.length).toBeGreaterThan(20);
  expect(partitions.filter((pk) => pk !== pointerKey.pk && !pk.startsWith('2~'))).toEqual([]);
});

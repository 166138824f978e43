// Runs the programs of docs/verify.md, as they stand there, on what the API answers.
import '../../support/tables.ts';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { handler as records } from '../../../functions/records/api.ts';
import { monthsOf } from '../../../functions/runtime/calendar.ts';
import { createRandom } from '../../lab/random.ts';
import { admin, appendAll, appendClosed, close, projectAll } from '../../support/closing.ts';
import { season } from '../../support/generations.ts';
import { ask } from '../../support/http-event.ts';
import { idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';
import {
  type Export,
  exportOf,
  interpreters,
  programs,
  tamperings,
  verify,
} from '../../support/verifying.ts';

const month = '2025-04';
let exported: Export;
let year: Export;

beforeAll(async () => {
  await freshTables();
  await appendAll(season());
  await projectAll();
  await close(month);
  exported = await exportOf(month);
  for (const each of monthsOf('2025')) await appendClosed(each);
  await close('2025');
  year = await exportOf('2025');
});

test('each program has at most sixty lines, and imports only what comes with its language', () => {
  expect(programs.js.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  expect(programs.python.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  expect([...programs.js.matchAll(/from '([^']+)'/g)].map(([, name]) => name)).toEqual([
    'node:crypto',
    'node:fs',
  ]);
  expect(/^import (.+)$/m.exec(programs.python)?.[1]).toBe('hashlib, json, sys');
});

describe.each(interpreters)('with %s', (...program) => {
  test('a whole export is good, with its figures', () => {
    expect(exported.leaves.length).toBeGreaterThan(20);
    expect(exported.figures.length).toBeGreaterThan(20);
    expect(verify(program, exported, exported.root)).toEqual({
      ...{ status: 0, said: `good ${exported.root}` },
    });
  });

  test('one changed minute, a missing line and an added one are found, with the root noted', () => {
    for (const leaves of tamperings(createRandom(1, 'verify'), exported.leaves))
      expect(verify(program, { ...exported, leaves }, exported.root)).toEqual({
        ...{ status: 1, said: 'the root is another one' },
      });
  });

  test('a figure that the leaves do not add up to is found', () => {
    const figures = exported.figures.map((line) =>
      'metric' in line && line.metric === 'distinctVolunteers' && 'value' in line
        ? { ...line, value: Number(line.value) + 1 }
        : line,
    );
    const { status, said } = verify(program, { ...exported, figures }, exported.root);
    expect(status).toBe(1);
    expect(said).toMatch(/^distinctVolunteers/);
  });

  test('a person’s proofs are good, and no other entry’s', async () => {
    const { body } = await ask(records, {
      route: 'GET /volunteers/{id}/proofs',
      params: { id: idOf('c', 2) },
      query: { year: '2025', reason: 'support' },
      token: admin,
    });
    expect(body.items.length).toBeGreaterThan(1);
    const [first, second] = body.items;
    for (const item of body.items) {
      expect(item.root).toBe(exported.root);
      expect(exported.leaves[item.index]).toBe(item.leaf);
      expect(verify(program, item, exported.root).status).toBe(0);
    }
    expect(verify(program, { ...first, leaf: second.leaf }, exported.root).status).toBe(1);
    expect(verify(program, { ...first, index: first.index + 1 }, exported.root).status).toBe(1);
    expect(verify(program, { ...first, volunteerId: idOf('c', 3) }, exported.root)).toEqual({
      ...{ status: 1, said: 'the entry is of somebody else' },
    });
  });

  test('so they are in the leaves of a year', () => {
    expect(verify(program, year, year.root)).toEqual({ status: 0, said: `good ${year.root}` });
    for (const leaves of tamperings(createRandom(2, 'verify'), year.leaves))
      expect(verify(program, { ...year, leaves }, year.root).status).toBe(1);
  });
});

// Runs the programs of docs/verify.md, as they stand there, on what the API answers.
import '../../support/tables.ts';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DomainEvent } from '../../../events/catalogue.ts';
import { leafOf, textOf } from '../../../functions/closed/leaves.ts';
import { handler as records } from '../../../functions/records/api.ts';
import {
  admin,
  appendAll,
  askPeriods,
  close,
  closeEvents,
  projectAll,
} from '../../support/closing.ts';
import { season } from '../../support/generations.ts';
import { ask } from '../../support/http-event.ts';
import { idOf } from '../../support/samples.ts';
import { freshTables } from '../../support/tables.ts';

const month = '2025-04';
const folder = mkdtempSync(join(tmpdir(), 'leifeng-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));

const page = readFileSync('docs/verify.md', 'utf8');
const programOf = (language: 'js' | 'python', name: string): string => {
  const text = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';
  writeFileSync(join(folder, name), text);
  return text;
};
const scripts = { js: programOf('js', 'verify.mjs'), python: programOf('python', 'verify.py') };

/**
 * Node is always there. A machine without Python checks the page's JavaScript only; CI has both
 * (`python3` comes with its image), so the Python there is run before every release.
 */
const hasPython = spawnSync('python3', ['--version']).status === 0;
const interpreters = [
  [process.execPath, 'verify.mjs'],
  ...(hasPython ? [['python3', 'verify.py']] : []),
] as const;

interface Export {
  readonly root: string;
  readonly leaves: readonly string[];
  readonly figures: readonly object[];
}
let exported: Export;

/** What a program says of a file, and how it ended. */
const check = ([interpreter, script]: readonly string[], data: object, root: string) => {
  const file = join(folder, 'data.json');
  writeFileSync(file, JSON.stringify(data));
  const { status, stdout, stderr } = spawnSync(
    interpreter ?? '',
    [join(folder, script ?? ''), file, root],
    { encoding: 'utf8' },
  );
  return { status, said: `${stdout}${stderr}`.trim() };
};

beforeAll(async () => {
  await freshTables();
  await appendAll(season());
  await projectAll();
  await close(month);
  const leaves: string[] = [];
  let root = '';
  for (let cursor: string | undefined; ; ) {
    const { body } = await askPeriods({
      route: 'GET /months/{month}/leaves',
      params: { month },
      ...(cursor ? { query: { cursor } } : {}),
      token: { sub: 'auditor-1', role: 'auditor' },
    });
    leaves.push(...body.leaves);
    root = body.root;
    if (body.next === null) break;
    cursor = body.next;
  }
  const closed = (await closeEvents(month)).at(-1) as DomainEvent<'MonthClosed'>;
  exported = { root, leaves, figures: closed.data.period.closed?.figures ?? [] };
});

test('each program has at most sixty lines, and imports only what comes with its language', () => {
  expect(scripts.js.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  expect(scripts.python.trimEnd().split('\n').length).toBeLessThanOrEqual(60);
  expect([...scripts.js.matchAll(/from '([^']+)'/g)].map(([, name]) => name)).toEqual([
    'node:crypto',
    'node:fs',
  ]);
  expect(/^import (.+)$/m.exec(scripts.python)?.[1]).toBe('hashlib, json, sys');
});

describe.each(interpreters)('with %s', (...program) => {
  test('a whole export is good, with its figures', () => {
    expect(exported.leaves.length).toBeGreaterThan(20);
    expect(exported.figures.length).toBeGreaterThan(20);
    expect(check(program, exported, exported.root)).toEqual({
      ...{ status: 0, said: `good ${exported.root}` },
    });
  });

  test('one changed minute, a missing line and an added one are found, with the root noted', () => {
    const at = exported.leaves.findIndex((text) => text.includes('"status":"verified"'));
    const leaf = leafOf(exported.leaves[at] ?? '');
    if (leaf.kind !== 'entry') throw new Error('no entry');
    const bent = textOf({ ...leaf, credited: leaf.credited + 1 });
    for (const leaves of [
      exported.leaves.with(at, bent),
      exported.leaves.toSpliced(at, 1),
      exported.leaves.toSpliced(at, 0, bent),
    ])
      expect(check(program, { ...exported, leaves }, exported.root)).toEqual({
        ...{ status: 1, said: 'the root is another one' },
      });
  });

  test('a figure that the leaves do not add up to is found', () => {
    const figures = exported.figures.map((line) =>
      'metric' in line && line.metric === 'distinctVolunteers' && 'value' in line
        ? { ...line, value: Number(line.value) + 1 }
        : line,
    );
    const { status, said } = check(program, { ...exported, figures }, exported.root);
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
      expect(check(program, item, exported.root).status).toBe(0);
    }
    expect(check(program, { ...first, leaf: second.leaf }, exported.root).status).toBe(1);
    expect(check(program, { ...first, index: first.index + 1 }, exported.root).status).toBe(1);
    expect(check(program, { ...first, volunteerId: idOf('c', 3) }, exported.root)).toEqual({
      ...{ status: 1, said: 'the entry is of somebody else' },
    });
  });
});

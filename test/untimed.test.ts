import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

// One has the words this looks for, one is a table of texts, with numbers alone among them.
const others = new Set(['test/untimed.test.ts', 'test/support/texts.ts']);
const files = globSync('test/**/*.ts', { exclude: ['**/node_modules'] }).filter(
  (file) => !others.has(file),
);

/** What makes a test depend on how quick the machine is; test/support waits in its place. */
const timed =
  /jest\.setTimeout|timers\/promises|AbortSignal\.timeout|^\s*\},? [\d_]{4,}\);$|^\s*[\d_]{4,},?$/m;

test.each([
  'jest.setTimeout(60_000);',
  '}, 60_000);',
  '  },\n  60_000,\n);',
  "import { setTimeout as sleep } from 'node:timers/promises';",
])('finds %j', (text) => {
  expect(text).toMatch(timed);
});

test('no test has a deadline of its own, or sleeps: they wait as long as there is progress', () => {
  expect(files.length).toBeGreaterThan(100);
  const found = files.filter((file) => timed.test(readFileSync(file, 'utf8')));
  expect(found).toEqual([]);
});

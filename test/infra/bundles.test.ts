import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Route } from '../../functions/http/contract.ts';
import { apis } from '../../functions/reference/contracts.ts';
import { bundleOf, functionEntries } from '../../infra/bundles.ts';

const readIn = (entry: string) => {
  const folder = bundleOf(entry);
  return (file: string): string => readFileSync(join(folder, file), 'utf8');
};

/** The files that a function loads when it starts: its own, and those that each imports at once. */
const startOf = (entry: string): ReadonlyMap<string, string> => {
  const read = readIn(entry);
  const texts = new Map<string, string>();
  const load = (file: string): void => {
    if (texts.has(file)) return;
    const text = read(file);
    texts.set(file, text);
    for (const [, next = ''] of text.matchAll(/(?:from|import)"\.\/([\w-]+\.mjs)"/g)) load(next);
  };
  load('index.mjs');
  return texts;
};
const allOf = (entry: string): readonly string[] => readdirSync(bundleOf(entry)).map(readIn(entry));

const withPages = apis
  .filter(({ contract }) =>
    Object.values<Route>(contract).some(
      ({ only, also }) => only === 'text/html' || also.includes('text/html'),
    ),
  )
  .map(({ name }) => name);

const kilobytes = (texts: Iterable<string>): number =>
  [...texts].reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1024;

test.each(withPages)('the function of %s, which has pages, starts with at most 700 KB', (name) => {
  expect(kilobytes(startOf(`${name}/api.ts`).values())).toBeLessThanOrEqual(700);
});

test('the reader of plans is not loaded before a plan is read', () => {
  const start = [...startOf('campaigns/api.ts').values()].join();
  const all = allOf('campaigns/api.ts').join();
  // A word of the rules, and one of the reader of DOCX.
  for (const word of ['社区矫正', 'word/document.xml'])
    expect([word, start.includes(word), all.includes(word)]).toEqual([word, false, true]);
});

test('no function looks for credentials outside its environment', () => {
  for (const entry of functionEntries())
    expect([entry, /sso_start_url|assumeRole/i.test(allOf(entry).join())]).toEqual([entry, false]);
});

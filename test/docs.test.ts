import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { laws } from '../functions/projector/laws.ts';

const pages = globSync('{*,docs/**/*,bench/*,.github/*}.md').sort();
const textOf = (page: string): string => readFileSync(page, 'utf8');

test.each(pages)('%s: every link to a file of the repository leads to one', (page) => {
  const links = [...textOf(page).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(
    ([, link = '']) => link,
  );
  expect(links.filter((link) => !existsSync(join(dirname(page), link)))).toEqual([]);
});

test('every decision is in the index, in order', () => {
  const decisions = globSync('docs/decisions/0*.md').map((file) => basename(file));
  const listed = [...textOf('docs/decisions/README.md').matchAll(/\((0\d{3}-[^)]+)\)/g)];
  expect(listed.map(([, file]) => file)).toEqual(decisions.sort());
});

test('the operations page says of every law what breaks it', () => {
  const page = textOf('docs/operations.md');
  expect(laws.map(({ name }) => name).filter((name) => !page.includes(`| \`${name}\` |`))).toEqual(
    [],
  );
});

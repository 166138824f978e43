import { existsSync, globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { laws } from '../functions/projector/laws.ts';
import { fieldFaults } from '../functions/refusals/field-faults.ts';
import { problemTypes } from '../functions/refusals/problem-types.ts';

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

test('the page on an app of your own shows it as it is', () => {
  expect(textOf('docs/library.md')).toContain(textOf('docs/library/app.mts'));
});

test('the operations page says of every law what breaks it', () => {
  const page = textOf('docs/operations.md');
  expect(laws.map(({ name }) => name).filter((name) => !page.includes(`| \`${name}\` |`))).toEqual(
    [],
  );
});

/** The rows of the page's tables that begin so. */
const rowsOf = (page: string, begin: RegExp): readonly string[] =>
  textOf(page)
    .split('\n')
    .filter((line) => begin.test(line));

test('the page of the API has every type of problem, by status, and no other', () => {
  const wanted = Object.entries(problemTypes)
    .sort(([a, one], [b, other]) => one.status - other.status || (a < b ? -1 : 1))
    .map(
      ([code, { status, title }]) =>
        `| ${status} | \`${code}\` | ${title.en} | ${title['zh-CN']} |`,
    );
  expect(rowsOf('docs/api.md', /^\| \d{3} \|/)).toEqual(wanted);
});

test('the page of the API has every code of a field', () => {
  const wanted = Object.entries(fieldFaults).map(([code, text]) => `| \`${code}\` | ${text} |`);
  expect(rowsOf('docs/api.md', /^\| `[a-z-]+` \| [A-Z]/)).toEqual(wanted);
});

/** The lines of the shell blocks of a page. */
const commandsOf = (page: string): readonly string[] =>
  [...textOf(page).matchAll(/^ *```(?:sh|console)\n([\s\S]*?)^ *```/gm)].flatMap(([, block = '']) =>
    block.replaceAll('\\\n', ' ').split('\n'),
  );
const commands = pages.flatMap((page) => commandsOf(page).map((line) => `${page}: ${line}`));

test('every cdk command of the pages names a district', () => {
  // The app of that page has its districts in files of its own.
  const cdk = commands.filter(
    (line) => /npx cdk /.test(line) && !line.startsWith('docs/library.md:'),
  );
  expect(cdk.length).toBeGreaterThan(5);
  expect(cdk.filter((line) => !/-c district=/.test(line))).toEqual([]);
});

test('every npm script that a page runs is there, and takes the options that it is given', () => {
  const { scripts } = JSON.parse(textOf('package.json')) as { scripts: Record<string, string> };
  const runs = commands.flatMap((line) => {
    const [, name = '', rest = ''] = /\bnpm run (?:--silent )?([\w:]+)([^#|]*)/.exec(line) ?? [];
    return name ? [{ line, name, options: rest.match(/--[a-z]+/g) ?? [] }] : [];
  });
  expect(runs.length).toBeGreaterThan(10);
  for (const { line, name, options } of runs) {
    expect([line, Object.keys(scripts)]).toEqual([line, expect.arrayContaining([name])]);
    const [, file] = /node (infra\/commands\/\S+)/.exec(scripts[name] ?? '') ?? [];
    // The usage names every option, and is tried against the options in command-line.test.ts.
    for (const option of file ? options : [])
      expect([line, textOf(file ?? '') + textOf('infra/commands/call-function.ts')]).toEqual([
        line,
        expect.stringMatching(new RegExp(`\\b${option.slice(2)}\\b`)),
      ]);
  }
});

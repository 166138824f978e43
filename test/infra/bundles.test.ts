import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Route } from '../../functions/http/contract.ts';
import { apis } from '../../functions/reference/contracts.ts';
import { bundleOf, functionEntries } from '../../infra/bundles.ts';

const sourceOf = (entry: string): string =>
  readFileSync(join(bundleOf(entry), 'index.mjs'), 'utf8');

const withPages = apis
  .filter(({ contract }) =>
    Object.values<Route>(contract).some(
      ({ only, also }) => only === 'text/html' || also.includes('text/html'),
    ),
  )
  .map(({ name }) => name);

/** Kilobytes. The plan's reader has 100 KB of rules and a table of traditional characters, and reads .docx. */
const most: Readonly<Record<string, number>> = { campaigns: 830 };

test.each(withPages)('the function of %s, which has pages, is at most 700 KB', (name) => {
  const size = Buffer.byteLength(sourceOf(`${name}/api.ts`));
  expect(size).toBeLessThanOrEqual((most[name] ?? 700) * 1024);
});

test('no function looks for credentials outside its environment', () => {
  for (const entry of functionEntries())
    expect([entry, /sso_start_url|assumeRole/i.test(sourceOf(entry))]).toEqual([entry, false]);
});

// Clients that two generators make from the committed OpenAPI document, against a running district.
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { createClient } from '../../infra/season/client.ts';
import { foundDistrict } from '../../infra/season/found-district.ts';
import type { Given, Program } from '../clients/program.ts';
import { startTestHost, type TestHost } from '../support/host.ts';

const document = resolve('docs/openapi.json');
const generators = resolve('test/clients/node_modules');
let district: TestHost;
/** Within the project, so that what is generated finds its modules. */
let folder: string;

const run = async (script: string, ...parameters: readonly string[]): Promise<void> => {
  try {
    await promisify(execFile)(process.execPath, [script, ...parameters], { cwd: folder });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    throw new Error(`${script}: ${stdout}${stderr}`);
  }
};

/** Writes a client into a folder. */
const generate: Readonly<Record<string, (into: string) => Promise<void>>> = {
  'with-openapi-fetch': (into) =>
    run(
      join(generators, 'openapi-typescript/bin/cli.js'),
      ...[document, '-o', join(into, 'schema.ts')],
      ...['--root-types', '--root-types-no-schema-prefix'],
      // A field with a default may be left out.
      ...['--default-non-nullable', 'false'],
    ),
  'with-hey-api': (into) =>
    run(join(generators, '@hey-api/openapi-ts/bin/run.js'), '-i', document, '-o', into),
};

/** Generates a client, checks the types of the program that uses it, and loads it. */
const programOf = async (name: string): Promise<Program> => {
  const place = join(folder, name);
  await mkdir(place);
  for (const file of [`${name}.ts`, 'program.ts'])
    await cp(join('test/clients', file), join(place, file));
  await generate[name]?.(join(place, 'generated'));
  const compilerOptions = {
    ...{ target: 'es2024', lib: ['es2024', 'dom'], types: ['node'] },
    ...{ module: 'esnext', moduleResolution: 'bundler', allowImportingTsExtensions: true },
    ...{ strict: true, noEmit: true, skipLibCheck: true, noUncheckedIndexedAccess: true },
  };
  const config = join(place, 'tsconfig.json');
  await writeFile(config, JSON.stringify({ compilerOptions, files: [`${name}.ts`] }));
  await run(resolve('node_modules/typescript/bin/tsc'), '-p', config);
  const outfile = join(place, 'program.mjs');
  await build({
    ...{ entryPoints: [join(place, `${name}.ts`)], outfile },
    ...{ bundle: true, platform: 'node', format: 'esm' },
  });
  return (await import(outfile)) as Program;
};

beforeAll(async () => {
  await mkdir('node_modules/.cache', { recursive: true });
  folder = await mkdtemp(resolve('node_modules/.cache/clients-'));
  district = await startTestHost();
});
afterAll(async () => {
  await district?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test.each([
  ['with-openapi-fetch', 2024],
  ['with-hey-api', 2025],
] as const)('%s: a program with named types compiles and plays a year', async (name, year) => {
  const { host } = district;
  const mint = (claims: Record<string, string>) => host.mintToken(claims);
  const organisations = await foundDistrict(createClient(host.url), mint, []);
  const organisationId = organisations.get('hongqi-01') ?? '';
  const staff = { organisation: organisationId, area: 'hongqi-01' };
  const given: Given = {
    ...{ url: host.url, year, day: `${year}-10-18`, organisationId },
    tokens: {
      admin: await mint({ sub: 'admin-1', role: 'district-admin' }),
      organiser: await mint({ sub: `organiser-${name}`, role: 'organiser', ...staff }),
      verifier: await mint({ sub: `verifier-${name}`, role: 'verifier', ...staff }),
      volunteer: await mint({ sub: `volunteer-${name}`, role: 'volunteer' }),
    },
  };
  const { play, minutesIn } = await programOf(name);
  expect(await play(given)).toEqual({
    refused: 'urn:leifeng:problem:own-entry',
    statuses: ['verified'],
  });
  await host.untilIdle();
  expect(await minutesIn(given, `${year}-10`)).toBe(90);
});

test('a program that uses a field that there is not does not compile', async () => {
  const place = join(folder, 'broken');
  await mkdir(place);
  await generate['with-openapi-fetch']?.(place);
  await writeFile(
    join(place, 'broken.ts'),
    "import type { Activity } from './schema.ts';\nexport const of = (one: Activity) => one.organisation;\n",
  );
  const flags = [
    '--ignoreConfig',
    '--noEmit',
    '--allowImportingTsExtensions',
    '--module',
    'nodenext',
  ];
  await expect(
    run(resolve('node_modules/typescript/bin/tsc'), ...flags, join(place, 'broken.ts')),
  ).rejects.toThrow(/'organisation' does not exist on type/);
});

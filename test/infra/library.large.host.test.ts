// The package as another app meets it, in a folder of its own: packed, unpacked, imported. docs/library.md.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CloudAssembly, CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';

const modules = join(process.cwd(), 'node_modules');
let app: string;
let unpacked: string;

beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), 'leifeng-library-'));
  unpacked = join(app, 'node_modules', 'leifeng');
  mkdirSync(unpacked, { recursive: true });
  const packed = execFileSync('npm', ['pack', '--silent', '--pack-destination', app], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tarball = join(app, packed.trim().split('\n').at(-1) ?? '');
  execFileSync('tar', ['-xzf', tarball, '-C', unpacked, '--strip-components', '1']);
  // What `npm install` would add: only what the package asks for, and the app's own types of Node.
  const { dependencies, peerDependencies } = JSON.parse(
    readFileSync(join(unpacked, 'package.json'), 'utf8'),
  );
  for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), '@types/node']) {
    mkdirSync(dirname(join(app, 'node_modules', name)), { recursive: true });
    symlinkSync(join(modules, name), join(app, 'node_modules', name));
  }
  cpSync(join(unpacked, 'docs/library'), app, { recursive: true });
});

afterAll(() => {
  rmSync(app, { recursive: true, force: true });
});

test('the package holds compiled code, bundles and pages, and nothing else', () => {
  const files = globSync('**/*', { cwd: unpacked, withFileTypes: true })
    .filter((each) => each.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(unpacked.length + 1));
  // A bundle is its `index.mjs`, and the parts that it imports later.
  const expected =
    /^(dist\/(infra|functions|events)\/.+\.js|dist\/infra\/[^/]+\.d\.ts|dist\/bundles\/([^/]+\/[\w-]+\.mjs|LICENCES\.txt)|docs\/.+|infra\/district\.schema\.json|(README(\.zh-CN)?|CHANGELOG)\.md|LICENSE|package\.json)$/;
  expect(files.filter((file) => !expected.test(file))).toEqual([]);
  // Code that serves this repository's own app, commands or host.
  expect(files.filter((file) => /dist\/.*(local|commands|season|founding)/.test(file))).toEqual([]);
  const licences = readFileSync(join(unpacked, 'dist/bundles/LICENCES.txt'), 'utf8');
  expect(licences).toMatch(/^@aws-sdk\/client-dynamodb [\d.]+ \(Apache-2\.0\)$/m);
  const { $schema } = JSON.parse(readFileSync(join(app, 'districts/hongqi.json'), 'utf8'));
  expect(existsSync(join(app, 'districts', $schema))).toBe(true);
});

/** The templates of an assembly by the names of their stacks. */
const templatesIn = (cdkOut: string): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    new CloudAssembly(cdkOut).stacksRecursively.map(({ stackName, template }) => [
      stackName,
      template,
    ]),
  );

test('an app makes the templates and bundles of this repository, whatever its flags are', () => {
  copyFileSync('infra/districts/local.json', join(app, 'districts/local.json'));
  const [program = '', ...args] = JSON.parse(readFileSync(join(app, 'cdk.json'), 'utf8')).app.split(
    ' ',
  );
  execFileSync(program, args, {
    cwd: app,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CDK_OUTDIR: 'cdk.out',
      CDK_CONTEXT_JSON: JSON.stringify(CURRENTLY_RECOMMENDED_FLAGS),
    },
  });
  const theirs = join(app, 'cdk.out');
  const ours = process.env.TEST_CDK_OUT ?? '';
  const templates = templatesIn(theirs);
  expect(Object.keys(templates).sort()).toEqual([
    'leifeng-hongqi-data',
    'leifeng-hongqi-service',
    'leifeng-local-data',
    'leifeng-local-service',
  ]);
  for (const [name, template] of Object.entries(templatesIn(ours)))
    expect([name, templates[name]]).toEqual([name, template]);
  // Their names are the hashes of what is in them.
  const assets = (cdkOut: string) => globSync('asset.*', { cwd: cdkOut }).sort();
  expect(assets(ours).length).toBeGreaterThan(20);
  expect(assets(theirs)).toEqual(assets(ours));
});

test('an app in TypeScript has types: the example’s, and those of settings', () => {
  writeFileSync(
    join(app, 'typed.mts'),
    `import type { DistrictSettings } from 'leifeng';
const settings: Partial<DistrictSettings> = { timezone: 'Asia/Shanghai', locale: 'fr' };
console.log(settings);
`,
  );
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(modules, 'typescript/bin/tsc'),
      ...['--noEmit', '--strict', '--skipLibCheck', '--pretty', 'false'],
      ...['--module', 'nodenext', '--target', 'es2023', '--types', 'node'],
      ...['app.mts', 'typed.mts'],
    ],
    { cwd: app, encoding: 'utf8' },
  );
  expect(stdout.trim().split('\n')).toEqual([
    expect.stringMatching(/^typed\.mts\(2,\d+\): error TS2322: Type '"fr"' is not assignable/),
  ]);
});

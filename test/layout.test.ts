import { spawnSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** The rooms that slices stand on; each may import those before it. */
const rooms = [
  'runtime',
  'refusals',
  'ledger',
  'views',
  'html',
  'http',
  'access',
  'people',
  'session',
  'sheets',
  'figures',
  'totals',
  'closed',
  'files',
];
const folders = readdirSync('functions', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
/** The commands that the inbound slice calls for what machines hand in, and their contracts. */
const handedIn = [
  '../participation/contract.ts',
  '../participation/enter-hours.ts',
  '../volunteers/contract.ts',
  '../volunteers/register-volunteer.ts',
];
/** What takes the slices together. */
const together = ['projector', 'closing'];
/** All others are slices. */
const slices = folders.filter((name) => ![...rooms, ...together].includes(name));

const sources = globSync('{functions,events,infra}/**/*.ts').sort();

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
    ([, path = '']) => normalize(join(dirname(file), path)),
  );

/** The folder directly below `functions/`, or the file there; otherwise the top folder. */
const roomOf = (file: string): string => {
  const [top = '', second = ''] = file.split('/');
  return top === 'functions' ? second : top;
};

/**
 * Which of these imports the linter refuses in each of these files, none of which is there: they are
 * written to a folder of their own, under the configuration of this one.
 */
const refusedIn = (
  files: readonly string[],
  imports: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> => {
  const folder = mkdtempSync(join(tmpdir(), 'leifeng-layout-'));
  try {
    const config = JSON.parse(readFileSync('biome.json', 'utf8'));
    const { vcs: _, $schema: __, ...rest } = config;
    writeFileSync(join(folder, 'biome.json'), JSON.stringify(rest));
    const text = imports.map((path, at) => `import * as m${at} from '${path}';\n`).join('');
    for (const file of files) {
      mkdirSync(join(folder, dirname(file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    const biome = createRequire(import.meta.url).resolve('@biomejs/biome/bin/biome');
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        ...[biome, 'lint', '--only=style/noRestrictedImports', '--max-diagnostics=none'],
        ...['--colors=off', '.'],
      ],
      // What it prints grows with the square of the folders, beyond Node's megabyte.
      { cwd: folder, encoding: 'utf8', maxBuffer: 1e8 },
    );
    const found = new Map(files.map((file) => [file, new Set<string>()]));
    for (const [, file = '', line] of `${stdout}${stderr}`.matchAll(
      /^(\S+):(\d+):\d+ lint\/style\/noRestrictedImports/gm,
    ))
      found.get(file)?.add(imports[Number(line) - 1] ?? '');
    return found;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

describe('the folders', () => {
  test('every import names a file', () => {
    const missing = sources.flatMap((file) =>
      importsOf(file).filter((imported) => !existsSync(imported)),
    );
    expect(missing).toEqual([]);
  });

  test('import each other without a circle', () => {
    const arrows = new Map<string, Set<string>>();
    for (const file of sources)
      for (const imported of importsOf(file)) {
        const [from, to] = [roomOf(file), roomOf(imported)];
        if (from !== to) arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
      }
    const circles: string[] = [];
    const done = new Set<string>();
    const follow = (room: string, way: readonly string[]): void => {
      if (way.includes(room)) circles.push([...way.slice(way.indexOf(room)), room].join(' → '));
      else if (!done.has(room)) {
        for (const next of arrows.get(room) ?? []) follow(next, [...way, room]);
        done.add(room);
      }
    };
    for (const room of arrows.keys()) follow(room, []);
    expect(circles).toEqual([]);
  });
});

describe('the linter', () => {
  const imports = [...folders, 'brand-new'].map((folder) => `../${folder}/file.ts`);
  const ours = ['../../../functions/slices.ts', '../../../events/catalogue.ts', '../../app.ts'];
  const localRooms = ['assembly', 'compute', 'data', 'edge', 'messaging', 'trial', 'brand-new'];
  const slicesAndNew = [...slices, 'brand-new'];
  const filesOf = (slice: string): readonly string[] =>
    ['probe.ts', 'slice.ts', 'decider.ts'].map((file) => `functions/${slice}/${file}`);
  const inbound = refusedIn(
    ['functions/inbound/probe.ts'],
    [...imports, ...handedIn, '../participation/verify-hours.ts'],
  ).get('functions/inbound/probe.ts');
  const refused = refusedIn(
    [
      ...rooms.map((room) => `functions/${room}/probe.ts`),
      ...slicesAndNew.flatMap(filesOf),
      ...localRooms.map((room) => `infra/local/${room}/probe.ts`),
    ],
    [...imports, ...ours],
  );

  test.each(rooms)('lets functions/%s import no room after it and no slice', (room) => {
    const before = rooms.slice(0, rooms.indexOf(room)).map((each) => `../${each}/file.ts`);
    const forbidden = imports.filter((each) => each !== `../${room}/file.ts`);
    expect([...(refused.get(`functions/${room}/probe.ts`) ?? [])]).toEqual(
      expect.arrayContaining(forbidden.filter((each) => !before.includes(each))),
    );
  });

  test.each(slicesAndNew)('lets functions/%s import no other slice', (slice) => {
    const others = [...slicesAndNew, ...together].filter((each) => each !== slice);
    for (const file of filesOf(slice))
      expect([...(refused.get(file) ?? [])]).toEqual(
        expect.arrayContaining(others.map((each) => `../${each}/file.ts`)),
      );
  });

  test('lets functions/inbound import two commands with their contracts, and no other', () => {
    expect(handedIn.filter((each) => inbound?.has(each))).toEqual([]);
    expect([...(inbound ?? [])]).toEqual(
      expect.arrayContaining([
        '../participation/verify-hours.ts',
        ...[...slices, ...together, 'brand-new'].map((folder) => `../${folder}/file.ts`),
      ]),
    );
  });

  test.each(localRooms)('keeps our code out of infra/local/%s', (room) => {
    expect([...(refused.get(`infra/local/${room}/probe.ts`) ?? [])]).toEqual(
      expect.arrayContaining(ours),
    );
  });
});

import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** The rooms that slices stand on; each may import those before it. */
const rooms = ['runtime', 'refusals', 'ledger', 'views', 'http', 'access', 'people', 'figures'];

const sources = globSync('{functions,events,infra}/**/*.ts').sort();

const importsOf = (file: string): readonly string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
    ([, path = '']) => normalize(join(dirname(file), path)),
  );

/** The folder directly below `functions/`, or the top folder. */
const roomOf = (file: string): string => {
  const [top = '', second = ''] = file.split('/');
  return top === 'functions' && file.split('/').length > 2 ? second : top;
};

const arrows = new Map<string, Set<string>>();
for (const file of sources)
  for (const imported of importsOf(file)) {
    const [from, to] = [roomOf(file), roomOf(imported)];
    if (from !== to) arrows.set(from, (arrows.get(from) ?? new Set()).add(to));
  }

describe('the layout', () => {
  test('every import names a file', () => {
    const missing = sources.flatMap((file) =>
      importsOf(file).filter((imported) => !existsSync(imported)),
    );
    expect(missing).toEqual([]);
  });

  test('folders import each other without a circle', () => {
    const circles: string[] = [];
    const follow = (room: string, way: readonly string[]): void => {
      if (way.includes(room)) circles.push([...way.slice(way.indexOf(room)), room].join(' → '));
      else for (const next of arrows.get(room) ?? []) follow(next, [...way, room]);
    };
    for (const room of arrows.keys()) follow(room, []);
    expect([...new Set(circles)]).toEqual([]);
  });

  test.each(rooms)('functions/%s imports only rooms before it', (room) => {
    const allowed = ['events', ...rooms.slice(0, rooms.indexOf(room))];
    const others = [...(arrows.get(room) ?? [])].filter((to) => !allowed.includes(to));
    expect(others).toEqual([]);
  });

  test('a slice imports no other slice', () => {
    const joining = ['projector', 'reference'];
    const slices = [...arrows.keys()].filter(
      (room) => !['events', 'infra', ...rooms, ...joining].includes(room),
    );
    const others = slices.flatMap((slice) =>
      [...(arrows.get(slice) ?? [])]
        .filter((to) => !['events', ...rooms].includes(to))
        .map((to) => `${slice} → ${to}`),
    );
    expect(others).toEqual([]);
  });
});

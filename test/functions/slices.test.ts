import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { aggregates } from '../../events/aggregates.ts';
import { catalogue, eventTypes } from '../../events/catalogue.ts';
import { disclosures } from '../../functions/disclosures.ts';
import { apis } from '../../functions/reference/contracts.ts';
import type { Rights, SliceDescription } from '../../functions/slice.ts';
import { projections, slices } from '../../functions/slices.ts';

const all = slices as readonly SliceDescription[];
const folders = readdirSync('functions', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

describe('the list of slices', () => {
  test.each(['slice.ts', 'contract.ts', 'api.ts'])('has every folder with a %s', (file) => {
    const withIt = folders.filter((folder) => existsSync(`functions/${folder}/${file}`));
    const listed = new Set<string>(apis.map(({ name }) => name));
    // The room http has the type of a contract.
    expect(withIt.filter((folder) => !listed.has(folder) && folder !== 'http')).toEqual([]);
  });

  test('has each slice once, by the name of its folder', () => {
    const names = apis.map(({ name }) => name);
    expect([...new Set(names)]).toEqual(names);
    expect(names.filter((name) => !folders.includes(name))).toEqual([]);
  });

  test.each(Object.values(aggregates))('gives the aggregate $type to one slice, its own', (one) => {
    const owners = all.filter(({ aggregates: own }) => Object.hasOwn(own, one.type));
    expect(owners.map(({ name }) => name)).toEqual([one.slice]);
  });

  test.each(eventTypes)('says what %s shows in the Views, even if nothing', (type) => {
    expect(Object.hasOwn(projections, catalogue[type].aggregate)).toBe(true);
  });
});

describe('what of a line may be shown', () => {
  const declaring = globSync('functions/*/projection.ts').filter((file) =>
    /^export const persons\b/m.test(readFileSync(file, 'utf8')),
  );

  test('is said by each slice of its own kinds, each once', async () => {
    const said = await Promise.all(
      declaring.map(async (file) => {
        const { persons } = (await import(`../../${file}`)) as { persons: object };
        return Object.keys(persons);
      }),
    );
    expect(said.flat().sort()).toEqual(Object.keys(disclosures).sort());
  });
});

describe('what a slice lets its functions do', () => {
  const functions: readonly (readonly [string, string, Rights])[] = all.flatMap(
    ({ name, http, subscribers }) => [
      [`${name}/api.ts`, name, http] as const,
      ...Object.values(subscribers).map(
        (subscriber) => [`${name}/${subscriber.file}`, name, subscriber] as const,
      ),
    ],
  );

  test.each(functions)('%s is a file', (file) => {
    expect(existsSync(`functions/${file}`)).toBe(true);
  });

  /**
   * What only the clock makes happen, and what only follows from a closed month: the functions are in
   * `infra/service/nightly-jobs.ts` and `infra/service/closing.ts`.
   */
  const byThemselves: readonly string[] = ['overdue-records', 'restatement'];

  test.each(Object.values(aggregates).filter(({ type }) => !byThemselves.includes(type)))(
    'lets one of them append to $type',
    (one) => {
      const appending = functions.filter(
        ([, slice, { appends = [] }]) =>
          slice === one.slice && (appends as readonly string[]).includes(one.type),
      );
      expect({ slice: one.slice, appending: appending.map(([file]) => file) }).not.toEqual({
        slice: one.slice,
        appending: [],
      });
    },
  );

  test('appends to aggregates of other slices only where that is meant', () => {
    const foreign = functions.flatMap(([file, slice, { appends = [] }]) =>
      appends
        .filter((type) =>
          Object.values(aggregates).some((one) => one.type === type && one.slice !== slice),
        )
        .map((type) => `${file} → ${type}`),
    );
    // A person of a list is registered, and the chunk of the list says so. What a machine hands in is
    // done by the commands of its slices.
    expect(foreign).toEqual([
      'activities/api.ts → sheet',
      'imports/registrar.ts → volunteer',
      'inbound/api.ts → volunteer',
      'inbound/api.ts → sheet',
    ]);
  });
});

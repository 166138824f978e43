// The time to read a dashboard and its lines, in a small and in a large year.
import { ratio, whole } from '../statistics.ts';
import { table } from '../table.ts';

export const options = {
  seed: '1',
  /** Hours entries in the year; a host for each size. */
  sizes: '1000,100000,1000000',
  areas: '12',
  /** Requests of each kind, in turns. */
  samples: '400',
  postgres: 'yes',
};

export const run = async (given: Readonly<Record<string, string>>): Promise<unknown> => {
  const { withHosts } = await import('../host.ts');
  return withHosts(async (start) => {
    // Sets the functions' environment for the projector that makes the Views.
    await import('../../test/support/tables.ts');
    const { measure } = await import('./measure.ts');
    const result = await measure(start, {
      seed: Number(given.seed),
      sizes: (given.sizes ?? '').split(',').map(Number),
      areas: Number(given.areas),
      samples: Number(given.samples),
      postgres: given.postgres === 'yes',
    });
    const ms = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(1));
    const { reads, bare, sizes } = result;
    const [small, large] = [sizes[0] ?? 0, sizes.at(-1) ?? 0];
    console.log(
      table(
        [
          'ms, p50 / p99',
          ...sizes.map((size) => `${whole(size)} entries`),
          'largest : smallest',
          '× bare GetItem',
          'PostgreSQL, largest',
        ],
        reads.map(({ name, bySize, postgres }) => [
          name,
          ...sizes.map((size) => {
            const one = bySize[size];
            return one ? `${ms(one.p50)} / ${ms(one.p99)}` : '';
          }),
          bySize[small] && bySize[large]
            ? ratio((bySize[large]?.p50 ?? 0) / (bySize[small]?.p50 ?? 1))
            : '',
          ratio((bySize[large]?.p50 ?? 0) / bare.p50),
          postgres ? `${ms(postgres.p50)} / ${ms(postgres.p99)}` : '',
        ]),
      ),
    );
    const dashboards = reads.filter(({ bySize }) => bySize[small] && bySize[large]);
    const flat = dashboards.map(
      ({ bySize }) => (bySize[large]?.p50 ?? 0) / (bySize[small]?.p50 ?? 1),
    );
    const times = dashboards.map(({ bySize }) => (bySize[large]?.p50 ?? 0) / bare.p50);
    const verdict = (met: boolean) => (met ? 'met' : 'missed');
    console.log(`\ngoal flat, ratio ≤ 1.1: ${verdict(Math.max(...flat) <= 1.1)}`);
    console.log(`goal ≤ 1.4 × a bare GetItem: ${verdict(Math.max(...times) <= 1.4)}`);
    return result;
  });
};

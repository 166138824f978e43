import { parseArgs } from 'node:util';
import { mutants, plant } from './mutants.ts';

/**
 * Plays seeds: `node test/lab/figures/run.ts --seed 1 --runs 300`. With `--mutant`, plays until the
 * planted mistake is found. Fails when a figure is wrong, or a mutant is not found.
 */
const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '300' },
    mutant: { type: 'string' },
    mutants: { type: 'boolean', default: false },
  },
});

if (values.mutants) {
  console.log(Object.keys(mutants).join('\n'));
  process.exit();
}
if (values.mutant !== undefined) plant(values.mutant);
const { followAll, simulate } = await import('./simulate.ts');

const broken = await followAll();
for (const line of broken) console.log(line);

const first = Number(values.seed);
const sums = { runs: 0, events: 0, faults: 0, wrong: broken.length };
const enough = values.mutant === undefined ? 3 : 1;
for (let seed = first; sums.wrong < enough && seed < first + Number(values.runs); seed += 1) {
  const { events, faults, wrong } = await simulate(seed);
  sums.runs += 1;
  sums.events += events;
  sums.faults += faults;
  if (wrong.length === 0) continue;
  sums.wrong += 1;
  console.log(`seed ${seed}:\n  ${wrong.slice(0, 4).join('\n  ')}`);
}
const { runs, events, faults, wrong } = sums;
console.log(`${runs} seeds, ${events} events, ${faults} faults: ${wrong} wrong`);
if (wrong > 0 !== (values.mutant !== undefined)) process.exitCode = 1;

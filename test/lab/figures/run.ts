import { runCommand } from '../../../infra/commands/command-line.ts';
import { plant } from './mutants.ts';

const usage = `usage: npm run lab:figures [-- --runs N] [--seed N] [--mutant NAME]

Plays histories of a small district, delivered late, early and twice to several projectors under
faults, and compares every figure with an independent fold. Stops at the third wrong seed.

  --runs     how many seeds (10000)
  --seed     the first of them (1)
  --mutant   plants a mistake of test/lab/figures/mutants.ts first, and stops where it is found`;

const options = {
  runs: { type: 'string', default: '10000' },
  seed: { type: 'string', default: '1' },
  mutant: { type: 'string' },
} as const;

await runCommand({ usage, options }, async ({ runs: most, seed: start, mutant }) => {
  if (mutant !== undefined) plant(mutant);
  // Imported here, so that the engine has the mistake.
  const { followAll, simulate } = await import('./simulate.ts');
  const broken = await followAll();
  for (const line of broken) console.log(line);
  const first = Number(start);
  const sums = { runs: 0, events: 0, faults: 0, wrong: broken.length };
  const enough = mutant === undefined ? 3 : 1;
  for (let seed = first; sums.wrong < enough && seed < first + Number(most); seed += 1) {
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
  return wrong > 0 === (mutant !== undefined) ? 0 : 1;
});

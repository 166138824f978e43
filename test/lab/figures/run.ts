import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    runs: { type: 'string', default: '300' },
    mutant: { type: 'string' },
  },
});

Error.stackTraceLimit = 12;
const { simulate } = await import('./simulate.ts');
const first = Number(values.seed);
const sums = { runs: 0, events: 0, faults: 0, wrong: 0 };
for (let seed = first; seed < first + Number(values.runs); seed += 1) {
  const { events, faults, wrong } = await simulate(seed);
  sums.runs += 1;
  sums.events += events;
  sums.faults += faults;
  if (wrong.length === 0) continue;
  sums.wrong += 1;
  if (sums.wrong <= 3) console.log(`seed ${seed}:\n  ${wrong.slice(0, 4).join('\n  ')}`);
}
console.log(
  `${sums.runs} seeds, ${sums.events} events, ${sums.faults} faults: ${sums.wrong} wrong`,
);

// npm run rebuild | reconcile | discard: calls the Maintenance function until it is done.
import { parseArgs } from 'node:util';
import { functionCaller } from './call-function.ts';

const usage = `usage: npm run rebuild   [-- --function <name>] [--restart]
       npm run reconcile [-- --function <name>]
       npm run discard   [-- --function <name>]

  --function <name>  the district's Maintenance function, with your AWS credentials;
                     without it, that of the local host at BASE (http://127.0.0.1:7080)
  --restart          abandon a rebuild that was begun, and begin anew`;

/** The parts done, the number of all parts, and the items put. */
interface Done {
  readonly done: number;
  readonly of: number;
  readonly items: number;
}

interface Answer {
  readonly state?: 'building' | 'switched' | 'drift';
  readonly generation?: number;
  readonly loaded?: Done;
  readonly counted?: Done;
  readonly done?: boolean;
  readonly deleted?: number;
  readonly differences?: number;
  readonly drift?: readonly object[];
}

const told = (done: Done | undefined): string => `${done?.done}/${done?.of} (${done?.items} items)`;

/** @returns the exit code: 2 if figures differ */
const main = async (): Promise<number> => {
  const { values, positionals } = parseArgs({
    options: {
      function: { type: 'string' },
      restart: { type: 'boolean' },
      help: { type: 'boolean' },
    },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const [action] = positionals;
  if (!['rebuild', 'reconcile', 'discard'].includes(action ?? '')) throw new Error(usage);
  const call = await functionCaller('Maintenance', values.function);

  let restart = values.restart ?? false;
  for (;;) {
    const answer = await call<Answer>({ action, restart });
    restart = false;
    const { state, generation, loaded, counted, drift = [] } = answer;
    for (const difference of drift) console.log(JSON.stringify(difference));
    if (action === 'reconcile') {
      console.log(`drift of generation ${generation}: ${answer.differences}`);
      return answer.differences === 0 ? 0 : 2;
    }
    if (action === 'discard') {
      console.log(`${answer.deleted} items deleted`);
      if (answer.done) return 0;
    } else {
      console.log(
        `generation ${generation}: loaded ${told(loaded)}, counted ${told(counted)}: ${state}`,
      );
      if (state !== 'building') return state === 'switched' ? 0 : 2;
    }
  }
};

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

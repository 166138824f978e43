// npm run rebuild | reconcile | discard: calls the Maintenance function until it is done.
import { districtUsage, functionCaller } from './call-function.ts';
import { runCommand } from './command-line.ts';

const usage = `usage: npm run rebuild   [-- --district NAME] [--restart]
       npm run reconcile [-- --district NAME]
       npm run discard   [-- --district NAME]

${districtUsage}
  --restart         abandon a rebuild that was begun, and begin anew`;

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
  /** What is left of the comparison; null when it is complete. */
  readonly left?: { readonly years: readonly string[] } | null;
}

const told = (done: Done | undefined): string => `${done?.done}/${done?.of} (${done?.items} items)`;

/** Calls the function until the action is done. @returns the exit code: 2 if figures differ */
const maintain = async (
  action: string,
  district: string | undefined,
  isRestart: boolean,
): Promise<number> => {
  const call = await functionCaller('Maintenance', district);
  let restart = isRestart;
  let left: Answer['left'] = null;
  let differences = 0;
  for (;;) {
    const answer: Answer = await call<Answer>({ action, restart, ...(left ? { from: left } : {}) });
    restart = false;
    left = answer.left;
    const { state, generation, loaded, counted, drift = [] } = answer;
    for (const difference of drift) console.log(JSON.stringify(difference));
    if (action === 'reconcile') {
      differences += answer.differences ?? 0;
      if (left) {
        console.log(`generation ${generation}: ${left.years.length} years and the Ledger are left`);
        continue;
      }
      console.log(`drift of generation ${generation}: ${differences}`);
      return differences === 0 ? 0 : 2;
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

await runCommand(
  {
    usage,
    options: { district: { type: 'string' }, restart: { type: 'boolean' } },
    words: ['rebuild', 'reconcile', 'discard'],
  },
  ({ district, restart = false }, action) => maintain(action, district, restart),
);

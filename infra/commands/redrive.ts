// npm run redrive: lists the messages in the dead-letter queues, and sends them back.
import { districtUsage, functionCaller } from './call-function.ts';
import { runCommand } from './command-line.ts';

const usage = `usage: npm run redrive -- --list            [--district NAME]
       npm run redrive [-- --queue QUEUE]   [--district NAME]

  --list            what lies in the dead-letter queues, and why; moves nothing
  --queue QUEUE     this one only, by the name that --list shows
${districtUsage}`;

interface Listed {
  readonly name: string;
  readonly waiting: number;
  readonly messages: readonly {
    readonly messageId: string;
    readonly of: string;
    readonly event: string;
    readonly aggregate: string;
    readonly correlationId: string;
    readonly reason: string;
  }[];
}

interface Moved {
  readonly moved: number;
  readonly events: number;
  readonly left: number;
}

/** Lists or moves the messages of all queues, or of one. */
const redrive = async (
  district: string | undefined,
  queue: string | undefined,
  isList: boolean,
): Promise<void> => {
  const call = await functionCaller('Redrive', district);
  const { queues } = await call<{ queues: readonly Listed[] }>({ action: 'list' });
  const chosen = queues.filter(({ name }) => (queue ?? name) === name);
  if (chosen.length === 0)
    throw new Error(
      `There is no dead-letter queue ${queue}; there are:\n${queues.map(({ name }) => `  ${name}`).join('\n')}`,
    );
  for (const { name, waiting, messages } of chosen) {
    if (isList) {
      console.log(`${name}: ${waiting}`);
      for (const { messageId, of, event, aggregate, correlationId, reason } of messages)
        console.log(
          `  ${messageId}  of ${of}: ${event}  ${aggregate}  correlation ${correlationId}\n    ${reason}`,
        );
      continue;
    }
    // Moves only as many as there were at the start. Messages that still fail come back and would loop.
    const all = Math.max(waiting, messages.length);
    let moved = 0;
    let left = 0;
    while (moved < all) {
      const answer = await call<Moved>({ action: 'redrive', queue: name, limit: all - moved });
      left = answer.left;
      if (answer.moved === 0) break;
      moved += answer.moved;
      console.log(`${name}: ${moved} of ${all} moved, ${answer.events} events in the last call`);
    }
    if (all === 0) console.log(`${name}: empty`);
    else console.log(`${name}: done, ${moved} moved, ${left} lie there now`);
  }
};

await runCommand(
  {
    usage,
    options: {
      ...{ queue: { type: 'string' }, district: { type: 'string' } },
      list: { type: 'boolean' },
    },
  },
  async ({ district, queue, list = false }) => {
    await redrive(district, queue, list);
    return undefined;
  },
);

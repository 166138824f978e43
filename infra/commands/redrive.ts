// npm run redrive: lists the messages in the dead-letter queues, and sends them back.
import { parseArgs } from 'node:util';
import { functionCaller } from './call-function.ts';

const usage = `usage: npm run redrive -- --list              [--function <name>]
       npm run redrive [-- --queue <queue>]   [--function <name>]

  --list             what lies in the dead-letter queues, and why; moves nothing
  --queue <queue>    this one only, by the name that --list shows
  --function <name>  the district's Redrive function, with your AWS credentials;
                     without it, that of the local host at BASE (http://127.0.0.1:7080)`;

interface Listed {
  readonly name: string;
  readonly waiting: number;
  readonly messages: readonly {
    readonly messageId: string;
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

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: {
      list: { type: 'boolean' },
      queue: { type: 'string' },
      function: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) return console.log(usage);
  const call = await functionCaller('Redrive', values.function);
  const { queues } = await call<{ queues: readonly Listed[] }>({ action: 'list' });
  const chosen = queues.filter(({ name }) => (values.queue ?? name) === name);
  if (chosen.length === 0)
    throw new Error(
      `There is no dead-letter queue ${values.queue}; there are:\n${queues.map(({ name }) => `  ${name}`).join('\n')}`,
    );
  for (const { name, waiting, messages } of chosen) {
    if (values.list) {
      console.log(`${name}: ${waiting}`);
      for (const { messageId, event, aggregate, correlationId, reason } of messages)
        console.log(
          `  ${messageId}  ${event}  ${aggregate}  correlation ${correlationId}\n    ${reason}`,
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

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

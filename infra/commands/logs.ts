// npm run logs: prints the logs of all functions of a district, and follows them.
import { join } from 'node:path';
import { localDistrict } from './call-function.ts';
import { runCommand } from './command-line.ts';
import { dataDirOf } from './local-district.ts';
import { tailDeployedLogs } from './tail-deployed-logs.ts';
import { createTail } from './tail-logs.ts';

const usage = `usage: npm run --silent logs [-- --correlation ID] [--function NAME] [--follow] [--district NAME]

  --correlation   only lines that name this correlation id
  --function      only functions whose name holds this, as Projector
  --follow        goes on with what comes, until Ctrl-C
  --district      the last hour of a deployed district, with your AWS credentials and region;
                  without it, the local host

  DATA_DIR        the data folder of the local host (.leifeng/data)`;

const text = { type: 'string' } as const;

/** @throws Error if there are no logs yet */
const tailLocalLogs = (follow: boolean | undefined, options: Parameters<typeof createTail>[0]) => {
  try {
    const tail = createTail(options);
    if (tail.look() === 0 && !follow) console.error('No line of the logs is like that.');
    if (follow) tail.follow();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' ? new Error('There are no logs yet: npm start.') : error;
  }
};

await runCommand(
  {
    usage,
    options: {
      ...{ correlation: text, function: text, district: text },
      follow: { type: 'boolean' },
    },
  },
  async ({ correlation, function: functionName, district = localDistrict, follow }) => {
    const options = { text: correlation, functionName, print: (line: string) => console.log(line) };
    if (district === localDistrict)
      tailLocalLogs(follow, { ...options, folder: join(dataDirOf(process.env), 'logs') });
    else await tailDeployedLogs(district, { ...options, follow });
    return undefined;
  },
);

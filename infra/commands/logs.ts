// npm run logs: prints the logs of all functions of the local host, and follows them.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { dataDirOf } from './local-district.ts';
import { createTail } from './tail-logs.ts';

const usage = `usage: npm run --silent logs [-- --correlation ID] [--function NAME] [--follow]

  --correlation   only lines that name this correlation id
  --function      only functions whose name holds this, as Projector
  --follow        goes on with what comes, until Ctrl-C

  DATA_DIR        the data folder of the host (.leifeng/data)`;

try {
  const { values } = parseArgs({
    options: {
      correlation: { type: 'string' },
      function: { type: 'string' },
      follow: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) console.log(usage);
  else {
    const tail = createTail({
      folder: join(dataDirOf(process.env), 'logs'),
      text: values.correlation,
      functionName: values.function,
      print: (line) => console.log(line),
    });
    if (tail.look() === 0 && !values.follow) console.error('No line of the logs is like that.');
    if (values.follow) tail.follow();
  }
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  console.error(code === 'ENOENT' ? 'There are no logs yet: npm start.' : message);
  process.exit(1);
}

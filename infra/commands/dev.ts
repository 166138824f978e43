// npm run dev: runs the local district and reloads a function after each change of its sources.
import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from './command-line.ts';
import {
  assemblyIn,
  environmentUsage,
  invitation,
  openDistrict,
  root,
  settle,
} from './local-district.ts';
import { openBundles } from './rebuild-bundles.ts';
import { createTail } from './tail-logs.ts';

const usage = `usage: npm run dev [-- --correlation ID]

Starts the district without the sample season, bundles a function anew when one of its files changes,
and shows type errors and what the functions log. A change of infra/ needs a new start.

  --correlation   only log lines that name this correlation id

${environmentUsage}`;

process.env.TZ = 'UTC'; // as on Lambda, so that functions do not depend on this machine's zone

/** Waits for further writes: an editor saves in several steps, and a formatter writes several files. */
const SETTLED_MS = 100;

/** Ends a program and those that it started: the compiler is a script that starts another program. */
const stop = (child: ChildProcess | undefined): void => {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid);
  } catch {
    // It ended at this moment.
  }
};

/** Runs the compiler in the background. A new run, and the end of this process, stop the one before it. */
const createTypeCheck = () => {
  let running: ChildProcess | undefined;
  process.once('exit', () => stop(running));
  return (): void => {
    stop(running);
    const child = spawn(join(root, 'node_modules', '.bin', 'tsc'), ['--noEmit', '--pretty'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    running = child;
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.once('close', (code) => {
      if (code) console.log(`${said.trim()}\ntypes: see above (it runs all the same)`);
    });
  };
};

const main = async (correlation: string | undefined): Promise<undefined> => {
  const district = await openDistrict(process.env);
  const { host, dataDir } = district;
  const cdkOut = assemblyIn(dataDir);
  const bundles = openBundles(root, cdkOut);
  // The bundles in the assembly are replaced, so the next start must synthesise it again.
  rmSync(join(cdkOut, '.made-from'), { force: true });
  host.recycle(await bundles.makeAll());
  await settle(host);
  console.log(invitation(district));

  const tail = createTail({
    folder: join(dataDir, 'logs'),
    text: correlation,
    onlyNew: true,
    print: (line) => console.log(line),
  });
  tail.follow();
  const checkTypes = createTypeCheck();
  checkTypes();

  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let making: Promise<void> = Promise.resolve();
  const remake = async (): Promise<void> => {
    const files = [...changed];
    changed.clear();
    try {
      const names = await bundles.remake(files);
      host.recycle(names);
      if (names.length > 0) console.log(`bundled anew: ${names.join(', ')}`);
    } catch (error) {
      // A function that does not bundle keeps its old bundle until the fault is mended.
      console.error((error as Error).message);
    }
    checkTypes();
  };
  for (const folder of ['functions', 'events'])
    watch(join(root, folder), { recursive: true }, (_, file) => {
      if (!/\.(ts|json)$/.test(file ?? '')) return;
      changed.add(join(root, folder, file ?? ''));
      clearTimeout(timer);
      timer = setTimeout(() => {
        making = making.then(remake);
      }, SETTLED_MS);
    });
};

await runCommand({ usage, options: { correlation: { type: 'string' } } }, ({ correlation }) =>
  main(correlation),
);

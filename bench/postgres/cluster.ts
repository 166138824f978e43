// A PostgreSQL cluster in a temporary folder, which is deleted at the end. It listens on a socket in that
// folder and on no network, and does not touch the machine's own cluster.
import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { dataFolder } from '../engine.ts';

/** The part of `pg` that is used. */
export interface Client {
  query(
    text: string,
    values?: readonly unknown[],
  ): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
  query(statement: {
    readonly name: string;
    readonly text: string;
    readonly values?: readonly unknown[];
  }): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
  end(): Promise<void>;
}

export interface Cluster {
  readonly version: string;
  readonly connectionString: string;
  connect(): Promise<Client>;
  stop(): Promise<void>;
}

const here = import.meta.dirname;

const binaries = (): string | undefined => {
  const debian = globSync('/usr/lib/postgresql/*/bin').sort().reverse();
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...debian];
  return folders.find((folder) =>
    ['initdb', 'postgres'].every((name) => existsSync(join(folder, name))),
  );
};

/** PostgreSQL refuses to run as root. As root, use the user of Debian's package, or `nobody`. */
const account = (): { uid: number; gid: number } | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string, user: string): number =>
    Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' }));
  for (const user of ['postgres', 'nobody'])
    try {
      return { uid: idOf('-u', user), gid: idOf('-g', user) };
    } catch {
      // The user does not exist.
    }
  return undefined;
};

/** Loads a package of this folder. The packages are installed at the first use, and only here. */
export const load = async <T>(name: string): Promise<T> => {
  if (!existsSync(join(here, 'node_modules'))) {
    console.error(`installing what bench/postgres/package-lock.json names …`);
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: here,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
  const path = createRequire(join(here, 'package.json')).resolve(name);
  return (await import(pathToFileURL(path).href)) as T;
};

const start = async (bin: string): Promise<Cluster> => {
  const folder = mkdtempSync(join(dataFolder(), 'leifeng-pg-'));
  const as = account();
  if (as) chownSync(folder, as.uid, as.gid);
  const data = join(folder, 'data');
  const quiet = ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8', '--locale=C'];
  execFileSync(join(bin, 'initdb'), quiet, { ...as, cwd: folder, stdio: 'pipe' });
  // Other settings keep their defaults, so a commit is on disk before it is answered.
  const settings = ['listen_addresses=', `unix_socket_directories=${folder}`, 'shared_buffers=1GB'];
  const server = spawn(
    join(bin, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    { ...as, cwd: folder, stdio: 'ignore' },
  );
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    // SIGINT is a fast shutdown. No other client is connected.
    server.kill('SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const { default: pg } = await load<{
    default: { Client: new (config: object) => Client & { connect(): Promise<void> } };
  }>('pg');
  const connect = async (): Promise<Client> => {
    const client = new pg.Client({ host: folder, user: 'bench', database: 'postgres' });
    await client.connect();
    return client;
  };
  try {
    for (let tries = 0; ; tries += 1)
      try {
        const client = await connect();
        const { rows } = await client.query('SHOW server_version');
        await client.end();
        return {
          version: String(rows[0]?.server_version),
          connectionString: `postgresql://bench@localhost/postgres?host=${encodeURIComponent(folder)}`,
          connect,
          stop,
        };
      } catch (error) {
        if (tries === 100 || server.exitCode !== null) throw error;
        await sleep(100);
      }
  } catch (error) {
    await stop();
    throw error;
  }
};

/** A cluster, or undefined after printing why there is none. */
export const startCluster = async (): Promise<Cluster | undefined> => {
  const bin = binaries();
  if (!bin) {
    console.log('PostgreSQL is not installed here (apt-get install postgresql): left out.\n');
    return undefined;
  }
  try {
    return await start(bin);
  } catch (error) {
    console.log(`PostgreSQL did not start (${(error as Error).message}): left out.\n`);
    return undefined;
  }
};

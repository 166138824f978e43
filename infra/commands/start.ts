// npm start: the whole product on one machine. Synthesises the app for the district "local", serves
// it, plays the sample season if that has not been done, and stays until Ctrl-C.
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Host, startHost } from '../local/host.ts';
import { createClient } from '../season/client.ts';
import { adminClaims, foundDistrict, type Organisations } from '../season/found-district.ts';
import { planSeason } from '../season/plan-season.ts';
import { playSeason } from '../season/play-season.ts';
import { seasonTable } from '../season/print-season.ts';
import { synthesise } from '../synthesise.ts';

const usage = `usage: npm start [-- --empty]

  --empty   the campaign and the organisations, but no sample season

  PORT                port to listen on, on 127.0.0.1 (7080)
  DATA_DIR            where the data are kept (.leifeng/data)
  DYNAMODB_ENDPOINT   a DynamoDB to use instead of starting DynamoDB Local
  CHAOS=1             allows the chaos switches of docs/local-host.md, and holds
                      functions to their roles`;

process.env.TZ = 'UTC'; // as on Lambda, whose functions must not depend on this machine's zone

const root = resolve(import.meta.dirname, '../..');
const day = 24 * 60 * 60;

/** A bar where there is a terminal, a line at every tenth where there is none. */
const createProgress = (what: string) => {
  let shown = -1;
  return (done: number, all: number): void => {
    const percent = Math.floor((done / all) * 100);
    if (process.stdout.isTTY) {
      const filled = Math.round(percent / 2.5);
      const bar = '█'.repeat(filled) + '░'.repeat(40 - filled);
      process.stdout.write(`\r${what} ${bar} ${percent}% ${done === all ? '\n' : ''}`);
    } else if (Math.floor(percent / 10) > shown) {
      shown = Math.floor(percent / 10);
      console.log(`${what} ${percent}%`);
    }
  };
};

const mintDaily = (host: Host) => (claims: Record<string, string>) =>
  host.mintToken(claims, { expiresIn: day });

const setClockOf = (host: Host) => async (now: string | null) => {
  const response = await fetch(`${host.url}/_local/clock`, {
    method: 'PUT',
    body: JSON.stringify({ now }),
  });
  if (!response.ok) throw new Error(`the clock could not be set: ${await response.text()}`);
};

/** A token for each role and what else the README's examples name, as a shell reads it. */
const environmentOf = async (host: Host, organisations: Organisations): Promise<string> => {
  const organisation = organisations.get('hongqi-01') ?? '';
  const another = organisations.get('federation') ?? '';
  const claims: Record<string, Record<string, string>> = {
    DISTRICT_ADMIN: adminClaims,
    ORGANISER: { sub: 'organiser-hongqi-01', role: 'organiser', organisation },
    VERIFIER: { sub: 'verifier-1', role: 'verifier', organisation: another },
    VOLUNTEER: { sub: 'volunteer-1', role: 'volunteer' },
    REQUESTER: { sub: 'requester-1', role: 'requester' },
    AUDITOR: { sub: 'auditor-1', role: 'auditor' },
    PARTNER: { sub: 'partner-1', role: 'partner' },
  };
  const lines = [`export BASE=${host.url}`, `export ORGANISATION=${organisation}`];
  for (const [name, each] of Object.entries(claims))
    lines.push(`export ${name}=${await mintDaily(host)(each)}`);
  return lines.join('\n');
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { empty: { type: 'boolean' }, help: { type: 'boolean' } },
  });
  if (values.help) return console.log(usage);
  const { PORT = '7080', DATA_DIR = '.leifeng/data', DYNAMODB_ENDPOINT, CHAOS } = process.env;
  if (!/^\d{1,5}$/.test(PORT) || Number(PORT) > 65_535)
    throw new Error(`PORT must be a port number, not "${PORT}".`);

  const cdkOut = join(root, 'cdk.out');
  console.log('Synthesising the district …');
  await synthesise(root, cdkOut, {
    district: 'local',
    issuer: `http://127.0.0.1:${PORT}/oidc`,
  });
  const dataDir = resolve(root, DATA_DIR);
  console.log('Starting it …');
  const host = await startHost({
    cdkOut,
    dataDir,
    port: Number(PORT),
    dynamodbEndpoint: DYNAMODB_ENDPOINT,
    chaos: CHAOS === '1',
  });
  let stopping = false;
  const stop = async (): Promise<void> => {
    // A second Ctrl-C does not wait: what was acknowledged is on disk.
    if (stopping) process.exit(130);
    stopping = true;
    console.log('\nStopping …');
    await host.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);

  try {
    const client = createClient(host.url);
    const thisYear = new Date().getFullYear();
    // The latest year whose December has passed.
    const year = thisYear - 1;
    const organisations = await foundDistrict(client, mintDaily(host), [year, thisYear]);
    const played = join(dataDir, `season-${year}.played`);
    if (!values.empty && !existsSync(played)) {
      await playSeason(planSeason(year), {
        client,
        mint: mintDaily(host),
        organisations,
        setClock: setClockOf(host),
        onProgress: createProgress(`Playing the season of ${year}`),
      });
      await writeFile(played, '');
    }
    await host.untilIdle();
    if (!values.empty) console.log(`\n${await seasonTable(client, year)}`);
    const environment = await environmentOf(host, organisations);
    const file = join(dataDir, 'tokens.env');
    await writeFile(file, `${environment}\n`, { mode: 0o600 });
    console.log(`
The base URL and a bearer token for each role, good for a day
(in another terminal: . ${relative(process.cwd(), file)}):

${environment}

leifeng is ready: ${host.url}   (Ctrl-C stops it; the data are in ${DATA_DIR})`);
  } catch (error) {
    if (stopping) return;
    await host.stop();
    throw error;
  }
};

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}

// The local district of npm start and npm run dev: its folders, its start and its end.
import { writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { checkMachine } from '../local/check-machine.ts';
import { type Host, startHost } from '../local/host.ts';
import { type Client, createClient } from '../season/client.ts';
import {
  adminClaims,
  foundDistrict,
  type Mint,
  type Organisations,
} from '../season/found-district.ts';
import { synthesise } from '../synthesise.ts';

export const root = resolve(import.meta.dirname, '../..');

/** The data folder that DATA_DIR names. */
export const dataDirOf = ({ DATA_DIR }: NodeJS.ProcessEnv): string =>
  resolve(root, DATA_DIR || '.leifeng/data');

/** The cloud assembly of a host. It contains the host's port, so each data folder has its own. */
export const assemblyIn = (dataDir: string): string => join(dataDir, 'cdk.out');

export const environmentUsage = `  PORT                port to listen on, on 127.0.0.1 (7080)
  DATA_DIR            where the data are kept (.leifeng/data)
  DYNAMODB_ENDPOINT   a DynamoDB to use instead of starting DynamoDB Local
  CHAOS=1             allows the chaos switches of docs/local-host.md, and holds
                      functions to their roles`;

const day = 24 * 60 * 60;
/** npm repeats a Ctrl-C that the terminal has already sent. Two signals within this time count as one. */
const SAME_SIGNAL_MS = 1000;

export interface LocalDistrict {
  readonly host: Host;
  readonly client: Client;
  readonly mint: Mint;
  readonly dataDir: string;
  readonly organisations: Organisations;
  /** The year of the sample season: the latest year whose December has passed. */
  readonly year: number;
  /** The file with the base URL and a token for each role. */
  readonly tokensFile: string;
  /** True after Ctrl-C: the host and then this process end, and later failures need no report. */
  readonly isStopping: () => boolean;
}

/** A path relative to the working directory, or absolute if it lies outside. */
const shown = (path: string): string => {
  const from = relative(process.cwd(), path);
  return from.startsWith('..') ? path : from;
};

const say = (text: string): void => console.log(text);
const sayWait = (waitingFor: string): void => say(`Waiting for ${waitingFor} …`);

/** On Ctrl-C, stops the host, if it has started, and then ends the process. */
const endOnSignal = () => {
  let host: Host | undefined;
  let stoppingSince = 0;
  const end = async (): Promise<void> => {
    if (stoppingSince > 0) {
      // A second Ctrl-C exits at once. Everything acknowledged is on disk.
      if (Date.now() - stoppingSince > SAME_SIGNAL_MS) process.exit(130);
      return;
    }
    stoppingSince = Date.now();
    say('\nStopping …');
    await host?.stop();
    process.exit(host ? 0 : 130);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  return {
    hold: (started: Host): void => {
      host = started;
    },
    isStopping: () => stoppingSince > 0,
  };
};

/** A person for each role, by the name of their token's variable, with the claims of their tokens. */
const personsOf = (
  organisations: Organisations,
): Readonly<Record<string, Readonly<Record<string, string>>>> => {
  const organisation = organisations.get('hongqi-01') ?? '';
  const another = organisations.get('federation') ?? '';
  return {
    DISTRICT_ADMIN: adminClaims,
    ORGANISER: { sub: 'organiser-hongqi-01', role: 'organiser', organisation },
    VERIFIER: { sub: 'verifier-1', role: 'verifier', organisation: another },
    VOLUNTEER: { sub: 'volunteer-1', role: 'volunteer' },
    REQUESTER: { sub: 'requester-1', role: 'requester' },
    AUDITOR: { sub: 'auditor-1', role: 'auditor' },
    PARTNER: { sub: 'partner-1', role: 'partner', organisation },
  };
};

/** Shell variables for the README's examples: a token for each role, the base URL and an organisation. */
const environmentOf = async (
  url: string,
  mint: Mint,
  organisations: Organisations,
): Promise<string> => {
  const organisation = organisations.get('hongqi-01') ?? '';
  const lines = [`export BASE=${url}`, `export ORGANISATION=${organisation}`];
  for (const [name, claims] of Object.entries(personsOf(organisations)))
    lines.push(`export ${name}=${await mint(claims)}`);
  return `${lines.join('\n')}\n`;
};

/** What the local issuer's page offers to whoever signs in: a name in both languages and the claims. */
export const offeredIn = (organisations: Organisations): string => {
  const names: Readonly<Record<string, string>> = {
    DISTRICT_ADMIN: '区级管理员 district administrator',
    ORGANISER: '新华社区组织者 organiser',
    VERIFIER: '查验人员 verifier',
    VOLUNTEER: '志愿者 volunteer',
    REQUESTER: '需求方 requester',
    AUDITOR: '审计人员 auditor',
    PARTNER: '共建单位 partner',
  };
  const persons = Object.entries(personsOf(organisations));
  return JSON.stringify(persons.map(([name, claims]) => ({ name: names[name] ?? name, claims })));
};

/**
 * Checks the machine, makes the assembly if its sources have changed, starts the host, founds the
 * district in it, and writes the file of tokens.
 * @throws Error with a sentence for each thing that prevents the start
 */
export const openDistrict = async (env: NodeJS.ProcessEnv): Promise<LocalDistrict> => {
  // A variable that is set to nothing counts as not set.
  const PORT = env.PORT || '7080';
  const dynamodbEndpoint = env.DYNAMODB_ENDPOINT || undefined;
  if (!/^\d{1,5}$/.test(PORT) || Number(PORT) > 65_535)
    throw new Error(`PORT must be a port number, not "${PORT}": leave it out for 7080.`);
  const port = Number(PORT);
  const dataDir = dataDirOf(env);
  const obstacles = await checkMachine({ port, dataDir, dynamodbEndpoint });
  if (obstacles.length > 0) throw new Error(obstacles.join('\n'));

  const signals = endOnSignal();
  say('Synthesising the district …');
  const publicBaseUrl = `http://127.0.0.1:${port}`;
  const context = { district: 'local', issuer: `${publicBaseUrl}/oidc`, publicBaseUrl };
  const cdkOut = assemblyIn(dataDir);
  await synthesise(root, cdkOut, context, (text) => process.stdout.write(text));
  say('Starting it …');
  const host = await startHost({
    ...{ cdkOut, dataDir, port, dynamodbEndpoint },
    chaos: env.CHAOS === '1',
    onWait: sayWait,
  });
  signals.hold(host);
  try {
    const client = createClient(host.url);
    const mint: Mint = (claims) => host.mintToken(claims, { expiresIn: day });
    const thisYear = new Date().getFullYear();
    const organisations = await foundDistrict(client, mint, [thisYear - 1, thisYear]);
    const file = join(dataDir, 'tokens.env');
    await writeFile(file, await environmentOf(host.url, mint, organisations), { mode: 0o600 });
    await writeFile(join(dataDir, 'persons.json'), offeredIn(organisations));
    return {
      ...{ host, client, mint, dataDir, organisations },
      year: thisYear - 1,
      tokensFile: shown(file),
      isStopping: signals.isStopping,
    };
  } catch (error) {
    // After Ctrl-C the requests fail, and the signal handler ends the process.
    if (signals.isStopping()) await new Promise(() => undefined);
    await host.stop();
    throw error;
  }
};

/** Waits until the host is idle, and prints what it waits for. */
export const settle = (host: Host): Promise<void> => host.untilIdle(sayWait);

/** The text that tells what to do next, once the host runs. */
export const invitation = ({ host, tokensFile, dataDir }: LocalDistrict): string => `
Pages for people: ${host.url}/ (sign in as anybody of the sample)
The base URL and a bearer token for each role, good for a day, are in ${tokensFile}
(in another terminal: . ${tokensFile}). Any other: npm run token -- --help

What goes on inside: ${host.url}/_local/
leifeng is ready: ${host.url}   (Ctrl-C stops it; the data are in ${shown(dataDir)})`;

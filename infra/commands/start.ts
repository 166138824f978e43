// npm start: the whole product on one machine. Synthesises the app for the district "local", serves
// it, plays the sample season if that has not been done, and stays until Ctrl-C.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readBlueprint } from '../local/assembly/blueprint.ts';
import { planSeason } from '../season/plan-season.ts';
import { playSeason } from '../season/play-season.ts';
import { readSeason, seasonTable } from '../season/print-season.ts';
import { runCommand } from './command-line.ts';
import {
  assemblyIn,
  environmentUsage,
  invitation,
  type LocalDistrict,
  openDistrict,
  settle,
} from './local-district.ts';

const usage = `usage: npm start [-- --empty]

  --empty   the campaign and the organisations, but no sample season

${environmentUsage}`;

process.env.TZ = 'UTC'; // as on Lambda, so that functions do not depend on this machine's zone

/** The width of a terminal that does not report one. */
const plainWidth = 80;

/** Progress as a bar on a terminal, and otherwise as a line at each tenth. */
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

const setClockOf = (url: string) => async (now: string | null) => {
  const response = await fetch(`${url}/_local/clock`, {
    method: 'PUT',
    body: JSON.stringify({ now }),
  });
  if (!response.ok) throw new Error(`the clock could not be set: ${await response.text()}`);
};

/** Plays the season once for the tables of a data folder, and prints its figures. */
const showSeason = async (district: LocalDistrict): Promise<void> => {
  const { host, client, mint, organisations, dataDir, year } = district;
  const played = join(dataDir, `season-${year}.played`);
  // A folder of another version has tables of other names, in which nothing was played.
  const tables = readBlueprint(assemblyIn(dataDir)).tables.map(({ TableName }) => TableName);
  const those = tables.join('\n');
  if ((await readFile(played, 'utf8').catch(() => undefined)) !== those) {
    await playSeason(planSeason(year), {
      ...{ client, mint, organisations },
      setClock: setClockOf(host.url),
      onProgress: createProgress(`Playing the season of ${year}`),
    });
    await writeFile(played, those);
  }
  await settle(host);
  const periods = await readSeason(client, year);
  console.log(`\n${seasonTable(`${year}`, periods, process.stdout.columns ?? plainWidth)}`);
};

await runCommand({ usage, options: { empty: { type: 'boolean' } } }, async ({ empty }) => {
  const district = await openDistrict(process.env);
  try {
    if (empty) await settle(district.host);
    else await showSeason(district);
    console.log(invitation(district));
    return undefined;
  } catch (error) {
    // After Ctrl-C the season's requests fail, and the signal handler ends the process.
    if (district.isStopping()) return undefined;
    await district.host.stop();
    throw error;
  }
});

import { type Client, createClient } from '../../infra/season/client.ts';
import { foundDistrict } from '../../infra/season/found-district.ts';
import type { Season } from '../../infra/season/plan-season.ts';
import { playSeason } from '../../infra/season/play-season.ts';
import { startTestHost, type TestHost } from './host.ts';

export interface PlayedSeason {
  readonly district: TestHost;
  readonly client: Client;
  readonly organisations: Awaited<ReturnType<typeof foundDistrict>>;
}

/**
 * Starts a host on which people sign in, and plays a season on it to its end.
 * @param now what the clock says then
 */
export const startPlayedSeason = async (
  year: number,
  season: Season,
  now: string,
): Promise<PlayedSeason> => {
  const district = await startTestHost({ signIn: true });
  const { host } = district;
  const client = createClient(host.url);
  const mint = (claims: Record<string, string>) => host.mintToken(claims);
  const organisations = await foundDistrict(client, mint, [year]);
  const setClock = async (time: string | null) => {
    const answer = await fetch(`${host.url}/_local/clock`, {
      method: 'PUT',
      body: JSON.stringify({ now: time }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  };
  await playSeason(season, {
    ...{ client, mint, organisations, setClock },
    onProgress: () => {},
  });
  await host.untilIdle();
  await setClock(now);
  return { district, client, organisations };
};

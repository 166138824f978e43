import { found } from '../founding/found.ts';
import { parseFounding } from '../founding/founding.ts';
import type { Client } from './client.ts';
import { areas, type OrganisationKey, organisations } from './town.ts';

/** Makes an access token with these claims. */
export type Mint = (claims: Record<string, string>) => Promise<string>;

/** The ids that the district gave the sample's organisations, by the sample's key. */
export type Organisations = ReadonlyMap<OrganisationKey, string>;

export const adminClaims = { sub: 'admin-1', role: 'district-admin' };

/**
 * Founds the sample's district: its areas and organisations, with the plans of these years open. A repeated
 * call changes nothing.
 * @throws Error if the district refuses a part
 */
export const foundDistrict = async (
  client: Client,
  mint: Mint,
  years: readonly number[],
): Promise<Organisations> => {
  const founding = parseFounding(
    JSON.stringify({
      areas,
      organisations: organisations.map(({ key: _, ...organisation }) => organisation),
      campaigns: years.map((year) => ({ year, plan: 'learn-from-lei-feng', open: true })),
    }),
  );
  const founded = await found(
    client,
    await mint(adminClaims),
    founding,
    ({ outcome, what, remark }) => {
      if (outcome === 'refused') throw new Error(`${what}: ${remark}`);
    },
  );
  return new Map(
    organisations.flatMap(({ key, name }) =>
      founded.filter((each) => each.name === name).map(({ id }) => [key, id] as const),
    ),
  );
};

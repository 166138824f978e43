import type { Client } from './client.ts';
import { areas, type OrganisationKey, organisations } from './town.ts';

/** Makes an access token with these claims. */
export type Mint = (claims: Record<string, string>) => Promise<string>;

/** The ids that the district gave the sample's organisations, by the sample's key. */
export type Organisations = ReadonlyMap<OrganisationKey, string>;

export const adminClaims = { sub: 'admin-1', role: 'district-admin' };

/** Creates areas and organisations, and opens the plans of these years. A repeated call changes nothing. */
export const foundDistrict = async (
  client: Client,
  mint: Mint,
  years: readonly number[],
): Promise<Organisations> => {
  const admin = await mint(adminClaims);
  for (const { id, ...area } of areas) await client.put(`/areas/${id}`, admin, area);
  const ids = new Map<OrganisationKey, string>();
  for (const { key, ...organisation } of organisations) {
    const { id } = await client.post<{ id: string }>(
      '/organisations',
      admin,
      `sample-${key}`,
      organisation,
    );
    ids.set(key, id);
  }
  for (const year of years) {
    await client.post('/campaigns', admin, `sample-${year}`, { year, plan: 'learn-from-lei-feng' });
    await client.post(`/campaigns/${year}/open`, admin, `sample-${year}`);
  }
  return ids;
};

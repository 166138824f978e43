import { type Client, createClient } from '../../infra/season/client.ts';
import { adminClaims, foundDistrict } from '../../infra/season/found-district.ts';

type Mint = (claims: Record<string, string>) => Promise<string>;

/** A district with an activity, five volunteers, and the staff who enter and verify their hours. */
export interface Roll {
  readonly client: Client;
  readonly admin: string;
  /** Enters `count` entries in one request. Returns their ids. */
  log(key: string, count: number): Promise<readonly string[]>;
  verify(ids: readonly string[]): Promise<void>;
  /** The same people on another host that has the same data. */
  on(url: string): Roll;
}

const connect = (
  url: string,
  tokens: Readonly<Record<'admin' | 'organiser' | 'verifier', string>>,
  entry: (index: number) => object,
): Roll => {
  const client = createClient(url);
  return {
    client,
    admin: tokens.admin,
    log: async (key, count) => {
      const entries = Array.from({ length: count }, (_, index) => entry(index));
      const { items } = await client.post<{ items: readonly { id: string }[] }>(
        '/hours/batch',
        tokens.organiser,
        key,
        { entries },
      );
      return items.map(({ id }) => id);
    },
    verify: async (ids) => {
      await Promise.all(ids.map((id) => client.post(`/hours/${id}/verify`, tokens.verifier, 'v')));
    },
    on: (other) => connect(other, tokens, entry),
  };
};

export const foundRoll = async (url: string, mint: Mint, day: string): Promise<Roll> => {
  const client = createClient(url);
  const organisations = await foundDistrict(client, mint, [Number(day.slice(0, 4))]);
  const organisationId = organisations.get('hongqi-01') ?? '';
  const tokens = {
    admin: await mint(adminClaims),
    organiser: await mint({ sub: 'o1', role: 'organiser', organisation: organisationId }),
    verifier: await mint({ sub: 'v1', role: 'verifier', organisation: 'another' }),
  };
  const make = async (path: string, key: string, body: object, token = tokens.admin) =>
    (await client.post<{ id: string }>(path, token, key, body)).id;
  const activityId = await make('/activities', 'activity', {
    title: '清洁家园',
    content: '清扫',
    theme: 'CIVILIZED_COMMUNITY',
    areaId: 'hongqi-01',
    organisationId,
    startsOn: day,
    endsOn: day,
    risk: { level: 'ordinary', notice: '无' },
  });
  const volunteers: string[] = [];
  for (let index = 0; index < 5; index += 1) {
    const person = await mint({ sub: `p${index}`, role: 'volunteer' });
    const body = { areaId: 'hongqi-01', consentVersion: '1' };
    volunteers.push(await make('/volunteers', `volunteer-${index}`, body, person));
  }
  return connect(url, tokens, (index) => ({
    activityId,
    volunteerId: volunteers[index % volunteers.length],
    serviceDate: day,
    attendedMinutes: 60 + index,
    origin: 'leader-roll',
  }));
};

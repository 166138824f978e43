import { type Client, createClient } from '../../infra/season/client.ts';
import { adminClaims, foundDistrict } from '../../infra/season/found-district.ts';
import { daysAfter } from '../../infra/season/plan-season.ts';

type Mint = (claims: Record<string, string>) => Promise<string>;

/** A district with an activity of thirty days, its people, and the staff who enter and verify their hours. */
export interface Roll {
  readonly client: Client;
  readonly admin: string;
  readonly activityId: string;
  /** Enters `count` lines, a sheet for each day with up to ten people. Returns the sheets' ids. */
  log(key: string, count: number): Promise<readonly string[]>;
  /** Verifies whole sheets. */
  verify(sheets: readonly string[]): Promise<void>;
  /** The same people on another host that has the same data. */
  on(url: string): Roll;
}

const people = 10;
const days = 30;

interface Town {
  readonly tokens: Readonly<Record<'admin' | 'organiser' | 'verifier', string>>;
  readonly activityId: string;
  readonly volunteers: readonly string[];
  /** The days on which nobody has been entered yet. */
  readonly free: string[];
}

const connect = (url: string, town: Town): Roll => {
  const { tokens, activityId, volunteers, free } = town;
  const client = createClient(url);
  return {
    client,
    admin: tokens.admin,
    activityId,
    log: async (key, count) => {
      const sheets: string[] = [];
      for (let at = 0; at < count; at += people) {
        const day = free.shift();
        if (!day) throw new Error('no day of the activity is left');
        const entries = volunteers.slice(0, Math.min(people, count - at)).map((volunteerId, n) => ({
          volunteerId,
          attendedMinutes: 60 + at + n,
          origin: 'leader-roll',
        }));
        const { id } = await client.post<{ id: string }>(
          `/activities/${activityId}/sheets/${day}/entries`,
          tokens.organiser,
          `${key}-${at}`,
          { entries },
        );
        sheets.push(id);
      }
      return sheets;
    },
    verify: async (sheets) => {
      for (const id of sheets)
        await client.post(`/sheets/${id}/verify`, tokens.verifier, 'v', { entries: 'all' });
    },
    on: (other) => connect(other, town),
  };
};

/** @param day the first day of the activity */
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
    endsOn: daysAfter(day, days - 1),
    risk: { level: 'ordinary', notice: '无' },
  });
  const volunteers: string[] = [];
  for (let index = 0; index < people; index += 1) {
    const person = await mint({ sub: `p${index}`, role: 'volunteer' });
    const body = { areaId: 'hongqi-01', consentVersion: '1' };
    volunteers.push(await make('/volunteers', `volunteer-${index}`, body, person));
  }
  const free = Array.from({ length: days }, (_, at) => daysAfter(day, at));
  return connect(url, { tokens, activityId, volunteers, free });
};

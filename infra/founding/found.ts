import { createHash } from 'node:crypto';
import { type Client, RequestRefused } from '../season/client.ts';
import type { Founding } from './founding.ts';

/** What became of one part of a founding. */
export interface Step {
  /** Where it stands in the founding: `areas[3]`. */
  readonly where: string;
  /** What it is: `area hongqi-01 新华社区`. */
  readonly what: string;
  readonly outcome: 'created' | 'was there' | 'opened' | 'refused';
  /** How what is there differs, or why it was refused. */
  readonly remark?: string;
  /** How many parts are done, with this one. */
  readonly done: number;
  readonly all: number;
}

interface Organisation {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly areaId: string;
}

/** A step without what the founding knows about it. */
type Outcome = Pick<Step, 'outcome' | 'remark'>;

const ranks = { district: 0, subdistrict: 1, community: 2 } as const;

/** What a GET answers, or undefined where it answers 404. */
const unlessMissing = async <T>(answer: Promise<T>): Promise<T | undefined> => {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof RequestRefused && error.status === 404) return undefined;
    throw error;
  }
};

/** The fields of `wanted` in which `there` differs, as a remark. */
const difference = <T extends object>(wanted: T, there: T): Pick<Step, 'remark'> => {
  const fields = (Object.keys(wanted) as (keyof T & string)[]).filter(
    (field) => wanted[field] !== there[field],
  );
  if (fields.length === 0) return {};
  return { remark: fields.map((field) => `its ${field} stays ${there[field]}`).join(', ') };
};

/**
 * The key of a command of the founding. The same administrator's second command with it creates nothing,
 * also when the list of organisations does not show the first yet.
 */
const keyFor = (...parts: readonly unknown[]): string =>
  `found-${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;

/** All organisations of a district. */
const organisationsOf = async (client: Client, token: string): Promise<readonly Organisation[]> => {
  const all: Organisation[] = [];
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { items: Organisation[]; next: string | null } = await client.get(
      `/organisations?limit=100${query}`,
      token,
    );
    all.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return all;
};

/**
 * Creates the areas, organisations and plans of a founding that the district does not have yet, and opens
 * the plans that are to be open. What the district has stays as it is. A part that the API refuses is
 * reported, and the others go on.
 * @param report called after each part
 * @returns the organisations of the founding in its order, without refused ones
 * @throws RequestRefused if the token is not accepted, or not one of a district administrator
 */
export const found = async (
  client: Client,
  token: string,
  { areas, organisations, campaigns }: Founding,
  report: (step: Step) => void = () => undefined,
): Promise<readonly Organisation[]> => {
  const all = areas.length + organisations.length + campaigns.length;
  let done = 0;
  const step = async (where: string, what: string, run: () => Promise<Outcome>): Promise<void> => {
    let outcome: Outcome;
    try {
      outcome = await run();
    } catch (error) {
      // Without such a token no other part would be accepted either.
      if (!(error instanceof RequestRefused) || [401, 403].includes(error.status)) throw error;
      outcome = { outcome: 'refused', remark: error.reason };
    }
    done += 1;
    report({ where, what, done, all, ...outcome });
  };

  const byRank = [...areas.entries()].sort(([, a], [, b]) => ranks[a.kind] - ranks[b.kind]);
  for (const [at, { id, ...area }] of byRank)
    await step(`areas[${at}]`, `area ${id} ${area.name}`, async () => {
      const there = await unlessMissing(client.get<typeof area>(`/areas/${id}`, token));
      if (there) return { outcome: 'was there', ...difference(area, there) };
      await client.put(`/areas/${id}`, token, area);
      return { outcome: 'created' };
    });

  const there = await organisationsOf(client, token);
  const founded: Organisation[] = [];
  for (const [at, wanted] of organisations.entries())
    await step(`organisations[${at}]`, `organisation ${wanted.name}`, async () => {
      const same = there.find(
        ({ name, areaId }) => name === wanted.name && areaId === wanted.areaId,
      );
      if (same) {
        founded.push(same);
        return { outcome: 'was there', ...difference<object>(wanted, same) };
      }
      const key = keyFor(wanted.areaId, wanted.name, wanted.kind);
      founded.push(await client.post('/organisations', token, key, wanted));
      return { outcome: 'created' };
    });

  for (const [at, { open, ...plan }] of campaigns.entries())
    await step(`campaigns[${at}]`, `plan of ${plan.year}`, async () => {
      const path = `/campaigns/${plan.year}`;
      const before = await unlessMissing(client.get<{ status: string }>(path, token));
      if (!before) await client.post('/campaigns', token, keyFor(plan), plan);
      if (!open || (before && before.status !== 'planned'))
        return { outcome: before ? 'was there' : 'created' };
      await client.post(`${path}/open`, token, keyFor('open', plan.year));
      return { outcome: 'opened' };
    });
  return founded;
};

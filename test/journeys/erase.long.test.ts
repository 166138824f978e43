import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { volunteerIdOf } from '../../functions/ledger/actor.ts';
import { type Client, createClient } from '../../infra/season/client.ts';
import { adminClaims, foundDistrict } from '../../infra/season/found-district.ts';
import { planSeason } from '../../infra/season/plan-season.ts';
import { playSeason } from '../../infra/season/play-season.ts';
import { runCommand } from '../support/commands.ts';
import { readDashboard, sumOfLines } from '../support/dashboards.ts';
import { startTestHost, type TestHost } from '../support/host.ts';
import { residentIdOf } from '../support/people.ts';
import { readLedger, valuesOf } from '../support/recompute.ts';
import { until } from '../support/until.ts';

/** A sixth of the sample season: some 20 activities in every month of it, and all its volunteers. */
const year = 2025;
const season = planSeason(year);
const part = { ...season, activities: season.activities.filter((_, at) => at % 6 === 0) };

let running: TestHost;
let client: Client;
let admin: string;
beforeAll(async () => {
  running = await startTestHost();
  const { host } = running;
  client = createClient(host.url);
  admin = await host.mintToken(adminClaims);
  const mint = (claims: Record<string, string>) => host.mintToken(claims);
  await playSeason(part, {
    client,
    mint,
    organisations: await foundDistrict(client, mint, [year]),
    setClock: (now) =>
      fetch(`${host.url}/_local/clock`, { method: 'PUT', body: JSON.stringify({ now }) }),
    onProgress: () => {},
  });
  await host.untilIdle();
});
afterAll(() => running?.stop());

const subjectOf = (index: number): string => `season-${year}-volunteer-${index}`;
const tokenOf = (index: number) =>
  running.host.mintToken({ sub: subjectOf(index), role: 'volunteer' });
const idOf = (index: number): string => volunteerIdOf('local', subjectOf(index));

let keys = 0;
interface Answered {
  readonly status: number;
  readonly text: string;
}
const call = async (
  method: string,
  path: string,
  token: string,
  body?: object,
): Promise<Answered> => {
  keys += 1;
  const response = await fetch(`${running.host.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'idempotency-key': `erase-${keys}`,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, text: await response.text() };
};

const periods = ['03', '05', '09', '12'].map((month) => `${year}-${month}`).concat(String(year));

/** Every figure of these periods, whole and by area and theme, and what its lines add up to. */
const everyFigure = async () => {
  const shown: Record<string, unknown> = {};
  for (const period of periods) {
    const { metrics, breakdown } = await readDashboard(client, { period });
    shown[period] = valuesOf(metrics);
    for (const parts of [breakdown.area, breakdown.theme])
      for (const [key, each] of Object.entries(parts)) shown[`${period} ${key}`] = valuesOf(each);
    for (const metric of Object.keys(metrics))
      shown[`lines of ${metric} in ${period}`] = await sumOfLines(
        client,
        admin,
        { period },
        metric,
        100,
      );
  }
  return shown;
};

/** Without the registered volunteers: an erased person is none of them from the month of the erasure on. */
const ofService = (figures: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(figures)
      .filter(([where]) => !where.startsWith('lines of registeredVolunteers'))
      .map(([where, shown]) => {
        const { registeredVolunteers: _, ...rest } = Object(shown);
        return [where, rest];
      }),
  );

interface Line {
  readonly sheetId: string;
  readonly volunteerId: string;
  readonly status: string;
}
/** The lines of a volunteer, as they see them themselves or as whoever has the token does. */
const linesOf = async (index: number, token?: string): Promise<readonly Line[]> => {
  const reader = token ?? (await tokenOf(index));
  const lines: Line[] = [];
  let cursor = '';
  do {
    const { text } = await call(
      'GET',
      `/hours?volunteerId=${idOf(index)}&limit=100${cursor}`,
      reader,
    );
    const { items, next } = JSON.parse(text);
    lines.push(...items);
    cursor = next === null ? '' : `&cursor=${encodeURIComponent(next)}`;
  } while (cursor);
  return lines;
};

/** The volunteers with the most hours, and two that nothing happens to. */
const busiest = async (): Promise<readonly number[]> => {
  const counts = new Map<number, number>();
  for (const { roll } of part.activities)
    for (const { volunteer } of roll) counts.set(volunteer, (counts.get(volunteer) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a).map(([volunteer]) => volunteer);
};

const person = (index: number) => ({
  name: `欧阳${String.fromCodePoint(0x4e00 + index * 7)}`,
  idDocument: { type: 'resident-id', number: residentIdOf('1987-03-29', index) },
  phone: `1387164${String(1000 + index)}`,
});

test('erasing people changes no figure of service, and nothing of them is left to read', async () => {
  const erased = (await busiest()).slice(0, 5);
  for (const index of erased) {
    const answer = await call(
      'PATCH',
      `/volunteers/${idOf(index)}/person`,
      await tokenOf(index),
      person(index),
    );
    expect(answer.status).toBe(200);
  }
  // One objects to hours of theirs, so that they are under dispute when the person goes.
  const [objector = 0] = erased;
  const [disputed] = (await linesOf(objector)).filter(({ status }) => status === 'verified');
  const objection = { entries: [idOf(objector)], reason: '当天没有参加' };
  const object = await call(
    'POST',
    `/sheets/${disputed?.sheetId}/object`,
    await tokenOf(objector),
    objection,
  );
  expect(object.status).toBe(200);
  await running.host.untilIdle();
  const before = await everyFigure();
  expect(JSON.stringify(before)).toMatch(/"creditedMinutes":[1-9]/);

  for (const index of erased) {
    const token = await tokenOf(index);
    const path = `/volunteers/${idOf(index)}`;
    const own = await call('GET', `${path}/person`, token);
    expect(own.text).toMatch(person(index).name);
    expect((await call('DELETE', path, token)).status).toBe(200);
    // At once, not when the event has come through.
    for (const place of ['person', 'record', 'export'])
      for (const reader of [token, admin]) {
        const { status, text } = await call('GET', `${path}/${place}?reason=legal-request`, reader);
        // It is nobody's own any more; for the district nothing of the person is left but the id.
        const expected = reader === token ? 403 : place === 'person' ? 200 : 404;
        expect([place, status]).toEqual([place, expected]);
        const { name, phone, idDocument } = person(index);
        for (const value of [name, phone, idDocument.number, '1987'])
          expect(text).not.toMatch(value);
      }
  }
  await running.host.untilIdle();

  expect(ofService(await everyFigure())).toEqual(ofService(before));
  for (const index of erased) {
    const { text } = await call('GET', `/volunteers/${idOf(index)}/notices`, await tokenOf(index));
    const kinds = JSON.parse(text).items.map(({ kind }: { kind: string }) => kind);
    expect(kinds).toEqual(['erased']);
  }
});

test('nobody enters hours for whom was erased', async () => {
  const [index = 0] = await busiest();
  const [activity] = part.activities.filter(({ fate }) => fate === 'verified');
  const events = await readLedger(running.host.dynamodbEndpoint);
  const published = events.find(
    ({ type, data }) =>
      type === 'ActivityPublished' &&
      'activity' in data &&
      data.activity.startsOn === activity?.day,
  );
  const { text, status } = await call(
    'POST',
    `/activities/${published?.aggregate.id}/sheets/${activity?.day}/entries`,
    admin,
    { entries: [{ volunteerId: idOf(index), attendedMinutes: 60, origin: 'back-entry' }] },
  );
  expect([status, JSON.parse(text).type]).toEqual([
    409,
    'urn:leifeng:problem:volunteer-not-active',
  ]);
});

test('merged, a record’s lines are listed with the other’s: sums as before, one person fewer, both to be read', async () => {
  const [from = 0, into = 0] = (await busiest()).slice(5, 7);
  const before = await everyFigure();
  const [ofFrom, ofInto] = [await linesOf(from), await linesOf(into)];
  expect(Math.min(ofFrom.length, ofInto.length)).toBeGreaterThan(0);
  const body = { intoId: idOf(into), reason: '同一人两次注册' };
  const path = `/volunteers/${idOf(from)}/merge`;
  expect((await call('POST', path, admin, body)).status).toBe(200);
  await running.host.untilIdle();

  const ids = (lines: readonly Line[]) =>
    lines.map(({ sheetId, volunteerId }) => `${sheetId} ${volunteerId}`).sort();
  expect(ids(await linesOf(into, admin))).toEqual(ids([...ofFrom, ...ofInto]));
  // Neither person sees the other’s before the merge is accepted.
  expect(ids(await linesOf(into))).toEqual(ids(ofInto));
  expect(ids(await linesOf(from))).toEqual(ids(ofFrom));
  const after = await everyFigure();
  const sums = (figures: object) =>
    Object.fromEntries(
      Object.entries(figures).map(([where, shown]) => {
        const {
          distinctVolunteers: _,
          volunteersRegistered: __,
          registeredVolunteers: ___,
          ...rest
        } = shown;
        return [where, rest];
      }),
    );
  const counted = /^lines of (distinctVolunteers|volunteersRegistered|registeredVolunteers) /;
  const others = (figures: object) =>
    Object.fromEntries(Object.entries(sums(figures)).filter(([where]) => !counted.test(where)));
  expect(others(after)).toEqual(others(before));
  const persons = (figures: Record<string, unknown>) =>
    figures[String(year)] as Record<string, number>;
  for (const metric of ['distinctVolunteers', 'volunteersRegistered', 'registeredVolunteers'])
    expect([metric, persons(after)[metric]]).toEqual([metric, (persons(before)[metric] ?? 0) - 1]);

  // Both histories are there, and the same merge again moves nothing.
  const record = await call('GET', `/volunteers/${idOf(from)}/record?reason=support`, admin);
  expect([record.status, JSON.parse(record.text).mergedInto]).toEqual([200, idOf(into)]);
  const again = { ...body, reason: '再次合并' };
  expect((await call('POST', path, admin, again)).status).toBe(200);
  await running.host.untilIdle();
  expect(await everyFigure()).toEqual(after);

  // Its person accepts that. By the token of the record that went, the one that stayed is erased, and both are: still no
  // figure of service moves.
  const accepting = `/volunteers/${idOf(into)}/accept-merge`;
  const yes = await call('POST', accepting, await tokenOf(into), { fromId: idOf(from) });
  expect(yes.status).toBe(200);
  expect(ids(await linesOf(into))).toEqual(ids([...ofFrom, ...ofInto]));
  expect((await call('DELETE', `/volunteers/${idOf(into)}`, await tokenOf(from))).status).toBe(200);
  for (const index of [into, from])
    expect(
      (await call('GET', `/volunteers/${idOf(index)}/record?reason=support`, admin)).status,
    ).toBe(404);
  await running.host.untilIdle();
  expect(ofService(await everyFigure())).toEqual(ofService(after));
});

test('a comparison with the Ledger finds no drift, and Views made anew say the same', async () => {
  const { url } = running.host;
  const before = await everyFigure();
  expect((await runCommand(url, 'maintain', 'reconcile')).output).toMatch(
    'drift of generation 1: 0',
  );
  expect((await runCommand(url, 'maintain', 'rebuild')).code).toBe(0);
  expect((await runCommand(url, 'maintain', 'discard')).code).toBe(0);
  expect((await runCommand(url, 'maintain', 'reconcile')).output).toMatch(
    'drift of generation 2: 0',
  );
  // A function reads the generation before for some seconds more, and it is gone by now.
  await until(
    () => readDashboard(client, { period: String(year) }),
    ({ metrics }) => Boolean(valuesOf(metrics).creditedMinutes),
  );
  expect(await everyFigure()).toEqual(before);
});

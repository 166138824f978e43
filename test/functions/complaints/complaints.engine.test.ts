import '../../support/tables.ts';

import { beforeEach, describe, expect, test } from '@jest/globals';
import { handler } from '../../../functions/complaints/api.ts';
import { scanItems } from '../../../functions/runtime/dynamodb.ts';
import { httpEvent, noon } from '../../support/http-event.ts';
import { allViews, deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import { admin, foundTown, ledger, may, must } from '../../support/town.ts';

beforeEach(async () => {
  await freshTables();
  await foundTown();
});

type Fields = Readonly<Record<string, string>>;
interface Sent {
  readonly at?: number;
  readonly address?: string;
  readonly language?: string;
  readonly headers?: Fields;
}

const day = 86_400_000;
const later = noon + 10_000;

/** A request of a browser, as the gateway passes it on. */
const browse = async (
  route: string,
  { fields, query = {} }: { readonly fields?: Fields; readonly query?: Fields },
  { at = later, address = '198.51.100.7', language = 'zh-CN', headers = {} }: Sent = {},
) => {
  const event = httpEvent({
    ...{ route, at, key: null, query },
    ...(fields ? { body: new URLSearchParams(fields).toString() } : {}),
    headers: {
      ...{ accept: 'text/html', 'accept-language': language, host: 'leifeng.example' },
      ...(fields
        ? {
            'content-type': 'application/x-www-form-urlencoded',
            origin: 'https://leifeng.example',
            'sec-fetch-site': 'same-origin',
          }
        : {}),
      ...headers,
    },
  });
  const context = {
    ...event.requestContext,
    http: { ...event.requestContext.http, sourceIp: address },
  };
  const answer = await handler(
    { ...event, requestContext: context } as never,
    { getRemainingTimeInMillis: () => 10_000 } as never,
  );
  return {
    status: answer.statusCode ?? 0,
    page: String(answer.body ?? ''),
    headers: answer.headers,
  };
};

const hidden = (page: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? '';

const ticket = async (at = noon): Promise<string> =>
  hidden((await browse('GET /pages/complaints', {}, { at })).page, 'ticket');

const text = '要求居民先扫码签到才能领材料，王奶奶不会用，电话13800138000。';
const send = async (fields: Fields = {}, sent: Sent = {}) =>
  browse(
    'POST /pages/complaints',
    { fields: { ticket: fields.ticket ?? (await ticket()), text, ...fields } },
    sent,
  );
const codesIn = (page: string): readonly string[] =>
  [...page.matchAll(/<code>([^<]+)<\/code>/g)].map(([, code = '']) => code);
const received = async (fields: Fields = {}, sent: Sent = {}) => {
  const { status, page } = await send(fields, sent);
  expect([status, page]).toEqual([200, expect.stringContaining('<code>')]);
  const [number = '', secret = ''] = codesIn(page);
  return { number, secret };
};
const ask = async (fields: Fields, sent: Sent = {}) =>
  browse('POST /pages/complaints/state', { fields: { ticket: await ticket(), ...fields } }, sent);

const command = (number: string, name: string, body?: object, token: object = admin) =>
  may('complaints', {
    route: `POST /complaints/{number}/${name}`,
    params: { number },
    ...(body ? { body } : {}),
    token: { ...token },
    at: later,
  });
const read = (number: string, query: Fields = { reason: 'support' }, at = later) =>
  may('complaints', {
    route: 'GET /complaints/{number}',
    params: { number },
    query,
    token: admin,
    at,
  });
const people = async () => {
  const items: Record<string, unknown>[] = [];
  await scanItems({ TableName: process.env.PEOPLE_TABLE }, (item) => items.push(item));
  return items;
};

describe('a complaint', () => {
  test('comes without an account, and what it says stands in no event, view or item in clear', async () => {
    const { number, secret } = await received({
      contact: '138 0013 8000',
      areaId: 'hongqi',
      page: '/stories',
    });
    expect(number).toMatch(/^251018-\d{8}-\d{2}$/);
    expect(secret).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
    const events = await ledger();
    await deliver(events);
    const kept = JSON.stringify([events, await allViews(), await people()]);
    for (const word of [
      '王奶奶',
      '0013',
      '扫码',
      '/stories',
      '198.51.100',
      secret.replaceAll('-', ''),
    ])
      expect([word, kept.includes(word)]).toEqual([word, false]);
    expect(events.find(({ type }) => type === 'ComplaintReceived')).toMatchObject({
      type: 'ComplaintReceived',
      actor: { role: 'requester', id: 'leifeng:complaints' },
      data: { complaint: { areaId: 'hongqi', status: 'received', dueOn: '2025-11-07' } },
    });
    expect((await read(number)).body).toMatchObject({
      text,
      contact: '138 0013 8000',
      page: '/stories',
    });
    expect((await read(number, {})).body.type).toMatch(/reason-required/);
  });

  test('is shown by number and secret from the first day to the last', async () => {
    const { number, secret } = await received();
    const state = async () => (await ask({ number, secret: secret.toLowerCase() })).page;
    expect(await state()).toContain('已收到');
    expect((await command(number, 'answer', { text: '已核实。' })).status).toBe(409);
    await command(number, 'take');
    expect(await state()).toContain('正在办理');
    expect((await command(number, 'close')).status).toBe(409);
    await command(number, 'answer', { text: '已核实，签到要求已取消。' });
    expect(await state()).toContain('签到要求已取消');
    await command(number, 'close');
    expect(await state()).toContain('已办结');
    const english = await ask({ number: number.replaceAll('-', ' '), secret }, { language: 'en' });
    expect(english.page).toContain('Closed');
  });

  test('is shown to nobody else', async () => {
    const { number, secret } = await received();
    const other = await received();
    const wrong = number.replace(/\d(?=-\d\d$)/, (digit) => String((Number(digit) + 1) % 10));
    for (const fields of [
      { number, secret: other.secret },
      { number: wrong, secret },
      { number: '251018-00000000-00', secret },
      { number, secret: 'x' },
    ]) {
      const { status, page } = await ask(fields);
      expect(status).toBe(422);
      expect(page).not.toContain('最迟答复日');
    }
    expect((await ask({ number: wrong, secret })).page).toContain('逐位核对');
  });

  test('is answered without personal data', async () => {
    const { number } = await received();
    await command(number, 'take');
    const { status, body } = await command(number, 'answer', { text: '请联系13900139000。' });
    expect([status, body.errors[0].code]).toEqual([400, 'personal-data']);
  });

  test('is erased by its time, and sooner once it is closed', async () => {
    const { number } = await received();
    expect((await read(number, undefined, noon + 364 * day)).body.text).toBe(text);
    expect((await read(number, undefined, noon + 366 * day)).body.text).toBeNull();
    await command(number, 'take');
    await command(number, 'answer', { text: '已核实。' });
    await command(number, 'close');
    expect((await read(number, undefined, noon + 59 * day)).body.text).toBe(text);
    expect((await read(number, undefined, noon + 62 * day)).body.text).toBeNull();
  });

  test('sent twice is one, and the second time shows the same', async () => {
    const same = { ticket: await ticket() };
    const [one, other] = [await received(same), await received(same)];
    expect(other).toEqual(one);
    expect((await ledger()).filter(({ type }) => type === 'ComplaintReceived')).toHaveLength(1);
    // Another text with the same ticket is another request.
    expect((await send({ ...same, text: '另一件事情。' })).status).toBe(422);
  });
});

describe('spam', () => {
  test('of one source ends at its budget, by a page with words; others are still heard', async () => {
    for (let sent = 0; sent < 5; sent += 1) await received();
    const { status, page } = await send();
    expect(status).toBe(429);
    expect(page).toContain('今天提交的次数已满');
    // What was typed is not lost.
    expect(page).toContain('王奶奶');
    await received({}, { address: '198.51.100.8' });
    const next = { at: later + day };
    await received({ ticket: await ticket(noon + day) }, next);
  });

  test('of one IPv6 network is one source', async () => {
    const of = (host: number) => ({ address: `2001:db8:1:2::${host}` });
    for (let sent = 0; sent < 5; sent += 1) await received({}, of(sent + 1));
    expect((await send({}, of(9))).status).toBe(429);
    await received({}, { address: '2001:db8:1:3::1' });
  });

  test('at the same moment has no more than the budget', async () => {
    const tickets = await Promise.all(Array.from({ length: 12 }, () => ticket()));
    const all = await Promise.all(tickets.map((each) => send({ ticket: each })));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(5);
    expect(all.filter(({ status }) => status === 429)).toHaveLength(7);
  });

  test('keeps no address, and counts that end with their day', async () => {
    await received();
    const counts = (await people()).filter(({ pk }) => String(pk).startsWith('source#'));
    expect(counts).toHaveLength(3);
    const places = counts.map(({ pk }) => String(pk).slice('source#'.length));
    expect(places).toEqual(
      expect.arrayContaining(['all', 'salt', expect.stringMatching(/^[\w-]{43}$/)]),
    );
    for (const { expiresAt } of counts)
      expect(Number(expiresAt) * 1000).toBeLessThanOrEqual(later + 2 * day);
  });

  test.each([
    ['a filled field that nobody sees', { website: 'https://spam.example' }, {}],
    [
      'a ticket of its own making',
      { ticket: 'bm9uY2UtZm9yLWFuLWV4YW.lxk2m1a0.bWFyay1mb3ItYW4tZXhhbX' },
      {},
    ],
    ['nobody could have typed so fast', {}, { at: noon + 500 }],
    ['the form of another day', {}, { at: noon + 2 * day }],
    ['another site’s page', {}, { headers: { origin: 'https://evil.example' } }],
    ['another site’s page, by its frame', {}, { headers: { 'sec-fetch-site': 'cross-site' } }],
    ['too little', { text: '坏' }, {}],
    ['too much', { text: '坏'.repeat(2_001) }, {}],
    ['an unknown field', { role: 'admin' }, {}],
  ])('is refused: %s', async (_, fields, sent) => {
    const { status } = await send(fields as Fields, sent as Sent);
    expect([400, 403]).toContain(status);
    expect((await ledger()).filter(({ type }) => type === 'ComplaintReceived')).toEqual([]);
    expect((await people()).filter(({ pk }) => String(pk).startsWith('complaint#'))).toEqual([]);
  });

  test.each([
    ['too early', noon + 500, '请过几秒再次提交', noon + 5_000],
    ['too late', noon + 2 * day, '已超过 24 小时', noon + 2 * day + 5_000],
  ])('that is sent %s comes back whole, to be sent again', async (_, at, words, again) => {
    const refused = await send({ contact: '请写信' }, { at });
    expect(refused.status).toBe(400);
    expect(refused.page).toContain(words);
    expect(refused.page).toContain('王奶奶不会用');
    expect(refused.page).toContain('value="请写信"');
    await received({ ticket: hidden(refused.page, 'ticket') }, { at: again });
  });

  test('that is refused for what it says is sent again at once', async () => {
    const refused = await send({ text: '坏' });
    await received({ ticket: hidden(refused.page, 'ticket') }, { at: later + 500 });
  });

  test('shows what somebody typed as text, never as markup', async () => {
    const nasty = '"><script>alert(1)</script>';
    const { page } = await send({ text: nasty, contact: 'x'.repeat(300) });
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
  });
});

test('the form is in both languages, has no script, and is kept by no cache', async () => {
  for (const [language, words] of [
    ['zh-CN', '投诉与意见'],
    ['en', 'Complaints and suggestions'],
  ] as const) {
    const { page, headers } = await browse(
      'GET /pages/complaints',
      { query: { page: '/stories', areaId: 'hongqi' } },
      { language },
    );
    expect(page).toContain(words);
    expect(page).not.toContain('<script');
    expect(page).toContain('name="page" value="/stories"');
    expect(headers?.['cache-control']).toBe('no-store');
  }
});

test('staff see where complaints stand, and the district alone what they say', async () => {
  const { number } = await received();
  await received();
  await command(number, 'take');
  await deliver(await ledger());
  const list = await must('complaints', { route: 'GET /complaints', token: admin, at: later });
  expect(list.body.items).toHaveLength(2);
  expect(JSON.stringify(list.body)).not.toContain('王奶奶');
  const figures = (at: number, token: object = admin) =>
    may('complaints', {
      route: 'GET /complaint-figures/{year}',
      params: { year: '2025' },
      token: { ...token },
      at,
    });
  const { body } = await figures(later, { sub: 'a-1', role: 'auditor' });
  expect(body).toMatchObject({
    total: { received: 1, handling: 1, answered: 0, closed: 0, overdue: 0 },
    months: { '2025-10': { received: 1, handling: 1 } },
    areAll: true,
  });
  expect((await figures(noon + 30 * day)).body.total.overdue).toBe(2);
  for (const role of ['organiser', 'verifier', 'volunteer'])
    expect((await figures(later, { sub: 'o-1', role })).status).toBe(403);
  const denied = { sub: 'a-1', role: 'auditor' };
  const asked = {
    route: 'GET /complaints/{number}',
    params: { number },
    query: { reason: 'support' },
  };
  expect((await may('complaints', { ...asked, token: denied })).status).toBe(403);
});

describe('what anybody may send', () => {
  const form = 'POST /pages/complaints';

  test('is given back only as far as a form has room for', async () => {
    const text = '"'.repeat(40_000);
    const { status, page } = await browse(form, { fields: { text } });
    expect(status).toBe(413);
    expect(page).not.toContain('&quot;'.repeat(100));
    // The longest text of a complaint, in Chinese, fits.
    const longest = '字'.repeat(2000);
    const refused = await browse(form, { fields: { text: longest } });
    expect([refused.status, refused.page.includes(longest)]).toEqual([400, true]);
  });

  test.each(['//evil.example/login', '/\\evil.example', 'https://evil.example'])(
    'names no page of another site: %s',
    async (page) => {
      expect((await browse('GET /pages/complaints', { query: { page } })).status).toBe(400);
    },
  );
});

import '../../support/tables.ts';

import { beforeEach, expect, test } from '@jest/globals';
import { handler } from '../../../functions/recognition/api.ts';
import { type Browsing, browsingAs, sentBy } from '../../support/browsing.ts';
import { deliver } from '../../support/projecting.ts';
import { freshTables } from '../../support/tables.ts';
import {
  foundTown,
  ledger,
  logHours,
  may,
  must,
  register,
  verifierOf,
} from '../../support/town.ts';

let town: Awaited<ReturnType<typeof foundTown>>;
let volunteerId: string;
let person: Browsing;
const page = { route: 'GET /pages/certificates' };
const projected = async (): Promise<void> => deliver(await ledger());

beforeEach(async () => {
  await freshTables();
  town = await foundTown();
  volunteerId = await register('volunteer-1');
  person = await browsingAs(['volunteer']);
});

const serve = async (): Promise<void> => {
  const sheet = await logHours(town, volunteerId);
  await must('participation', {
    route: 'POST /sheets/{id}/verify',
    params: { id: sheet },
    body: { entries: 'all' },
    token: verifierOf(town.theirs),
  });
  await projected();
};
const send = async (changes: Readonly<Record<string, string>> = {}) => {
  const fields = sentBy((await person.ask(handler, page)).text, '/pages/certificates');
  for (const [name, value] of Object.entries(changes)) fields.set(name, value);
  return person.ask(handler, { route: 'POST /pages/certificates', body: fields });
};

test('somebody applies by the form, and finds the certificate with its number once it is issued', async () => {
  await serve();
  const { status, headers } = await send();
  expect([status, headers.location]).toEqual([303, '/pages/certificates']);
  // At once, before any view has it.
  expect((await person.ask(handler, page)).text).toContain('已申请');
  await projected();
  const { body } = await may('recognition', {
    route: 'GET /volunteers/{id}/certificates',
    params: { id: volunteerId },
    token: { sub: 'volunteer-1', role: 'volunteer' },
  });
  const issued = await must('recognition', {
    route: 'POST /certificates/{id}/issue',
    params: { id: body.items[0].id },
    token: { sub: 'admin-1', role: 'district-admin' },
  });
  await projected();
  const { text } = await person.ask(handler, page);
  expect(text).toContain(
    `<a href="/pages/certificates/${body.items[0].id}">${issued.body.number}</a>`,
  );
});

test('a second application for the same days is refused on the page, with what was put in', async () => {
  await serve();
  await send();
  const { status, text } = await send({ from: '2025-02-01' });
  expect(status).toBe(409);
  expect(sentBy(text, '/pages/certificates').get('from')).toBe('2025-02-01');
  const wrong = await send({ until: '明天' });
  expect([wrong.status, wrong.text.includes('id="f-until-fault"')]).toEqual([400, true]);
});

test('an application is withdrawn on the page, and the days are free again', async () => {
  await serve();
  await send();
  const { text } = await person.ask(handler, page);
  const [, id = ''] = /action="\/pages\/certificates\/([\w-]{36})\/withdraw/.exec(text) ?? [];
  const withdrawal = { route: 'POST /pages/certificates/{id}/withdraw', params: { id } };
  const fields = sentBy(text, `/pages/certificates/${id}/withdraw`);
  expect((await person.ask(handler, { ...withdrawal, body: fields })).status).toBe(303);
  const after = (await person.ask(handler, page)).text;
  expect(after).toContain('已撤回');
  expect(after).not.toContain('/withdraw');
  expect((await send()).status).toBe(303);
  await projected();
  expect((await person.ask(handler, page)).text.match(/已申请|已撤回/g)).toHaveLength(2);
});

test('a decision shows the reason that was given', async () => {
  await serve();
  await send();
  await projected();
  const [, id = ''] =
    /certificates\/([\w-]{36})\/withdraw/.exec((await person.ask(handler, page)).text) ?? [];
  await must('recognition', {
    route: 'POST /certificates/{id}/decline',
    params: { id },
    body: { reason: '请先补齐服务记录' },
    token: { sub: 'admin-1', role: 'district-admin' },
  });
  expect((await person.ask(handler, page)).text).toMatch(/未予出具[\s\S]*理由：请先补齐服务记录/);
});

test('without verified hours there is no form, and without a record no page', async () => {
  const { text } = await person.ask(handler, page);
  expect(text).toContain('还没有已查验的服务时长');
  expect(text).not.toContain('action="/pages/certificates');
  const stranger = await browsingAs(['organiser']);
  expect((await stranger.ask(handler, page)).status).toBe(403);
});

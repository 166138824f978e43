import '../../support/tables.ts';

import { describe, expect, test } from '@jest/globals';
import * as z from 'zod';
import { html } from '../../../functions/html/markup.ts';
import { mediaTypeFor } from '../../../functions/http/answer.ts';
import { route } from '../../../functions/http/contract.ts';
import { serve } from '../../../functions/http/serve.ts';
import { ask } from '../../support/http-event.ts';

const contract = {
  read: route({
    key: 'GET /greeting',
    access: 'public',
    summary: { en: 'A greeting', zh: '问候' },
    answer: z.object({ name: z.string() }),
    also: ['text/html'],
  }),
};
const useCases = {
  read: async () => ({ body: { name: '<雷锋>', secret: 'not in the contract' } }),
};
const handler = serve(contract, useCases, {
  read: {
    'text/html': (answer, locale) => ({
      text: `${html`<p lang="${locale}">${answer.name}</p>`}${JSON.stringify(answer)}`,
      headers: { 'content-security-policy': "default-src 'none'" },
    }),
  },
});

test.each([
  [undefined, 'application/json'],
  ['', 'application/json'],
  ['*/*', 'application/json'],
  ['application/json', 'application/json'],
  ['text/html', 'text/html'],
  ['TEXT/HTML; charset=utf-8', 'text/html'],
  ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'text/html'],
  ['text/html;q=0.2, application/json;q=0.9', 'application/json'],
  ['text/html;q=0, */*;q=0.1', 'application/json'],
  ['image/png', 'application/json'],
])('for Accept: %s it is %s', (accept, expected) => {
  expect(mediaTypeFor(accept, ['text/html'])).toBe(expected);
});

test('a route that offers JSON only has nothing else', () => {
  expect(mediaTypeFor('text/html', [])).toBe('application/json');
});

describe('an answer', () => {
  test('as JSON, unless something else is asked for', async () => {
    const { headers, body } = await ask(handler, { route: 'GET /greeting' });
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      vary: 'Accept, Accept-Language',
    });
    expect(headers).not.toHaveProperty('content-security-policy');
    expect(body).toEqual({ name: '<雷锋>' });
  });

  test('as a page is made of what the contract shows, in the language asked for', async () => {
    const wanted = { accept: 'text/html', 'accept-language': 'en' };
    const { headers, body } = await ask(handler, { route: 'GET /greeting', headers: wanted });
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-language': 'en',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
    });
    expect(body).toBe('<p lang="en">&lt;雷锋&gt;</p>{"name":"<雷锋>"}');
  });
});

test('a form that is offered and not made is found at the start', () => {
  expect(() => serve(contract, useCases)).toThrow('GET /greeting is not rendered');
});

describe('html', () => {
  test('escapes every value, in text and in attributes, and markup not twice', () => {
    const inner = html`<b>${`&<>"'`}</b>`;
    expect(html`<p title="${'"x'}">${inner}${[inner, inner]}${null}${0}</p>`.toString()).toBe(
      `<p title="&quot;x">${'<b>&amp;&lt;&gt;&quot;&#39;</b>'.repeat(3)}0</p>`,
    );
  });
});

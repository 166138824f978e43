import * as z from 'zod';
import { roles } from '../../events/envelope.ts';
import { type Contract, route } from '../http/contract.ts';

const address = z.string().describe('A path of this address.');

const index = z
  .object({
    year: z.int().describe('The local calendar year.'),
    links: z
      .object({
        year: address,
        month: address,
        plan: address,
        areas: address,
        activities: address,
        stories: address,
        stars: address,
        verify: address,
        complaints: address,
        signIn: address,
        openApi: address,
        asyncApi: address,
      })
      .describe('Where to go on.'),
  })
  .meta({ id: 'Start', description: 'Where everything of a district begins.' });

const waiting = z.object({
  month: z.string(),
  pendingMinutes: z.int(),
});

const home = z.object({
  roles: z.array(z.enum(roles)),
  organisation: z.string().nullable(),
  areas: z.array(z.object({ id: z.string(), name: z.string() })),
  /** What waits to be verified where the person works; null for who verifies nothing. */
  waiting: z.array(waiting).nullable(),
  hasRecord: z.boolean(),
  /** Whether the year of the request has a plan. */
  hasPlan: z.boolean(),
  /** This month and the one before it, `yyyy-mm`: that one is closed next. */
  months: z.object({ present: z.string(), previous: z.string() }),
  /** Those of these months, of this year and of the last one that are closed. */
  closed: z.array(z.string()),
});

/** Providers add parameters of their own to what OpenID Connect names. */
const callbackQuery = z
  .looseObject({})
  .pipe(z.record(z.string(), z.string().max(4000)))
  .describe('What the provider answers.');

export const start = {
  readStart: route({
    key: 'GET /',
    access: 'public',
    summary: { en: 'Where everything begins: figures, plan, pages, documents', zh: '首页' },
    answer: index,
    also: ['text/html'],
  }),
  home: route({
    key: 'GET /pages',
    access: 'session',
    summary: { en: 'What waits for you', zh: '我的事项' },
    only: 'text/html',
    answer: home,
  }),
  signIn: route({
    key: 'GET /pages/sign-in',
    access: 'sign-in',
    summary: { en: 'Sign in at the district’s identity provider', zh: '登录' },
    query: z.strictObject({ next: z.string().max(2000).optional() }),
    only: 'text/html',
    answer: z.object({}),
  }),
  callback: route({
    key: 'GET /pages/callback',
    access: 'sign-in',
    summary: { en: 'Where the identity provider sends people back to', zh: '登录回调' },
    query: callbackQuery,
    only: 'text/html',
    answer: z.object({}),
  }),
  signOut: route({
    key: 'POST /pages/sign-out',
    access: 'session',
    summary: { en: 'Sign out', zh: '退出登录' },
    only: 'text/html',
    answer: z.object({}),
  }),
} satisfies Contract;

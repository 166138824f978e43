// The page under /_local/ and the actions of its buttons. Loaded at the first request for it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { JWTPayload } from 'jose';
import type { Blueprint } from '../assembly/blueprint.ts';
import type { Clock } from '../compute/clock.ts';
import type { Compute } from '../compute/compute.ts';
import type { Data } from '../data/data.ts';
import { localClientConfig } from '../data/dynamodb.ts';
import { readBody } from '../edge/http.ts';
import type { Messaging } from '../messaging/messaging.ts';
import type { Chaos } from '../trial/chaos.ts';
import { contentSecurityPolicy, page } from './page.ts';

export interface Inside {
  readonly blueprint: Blueprint;
  readonly clock: Clock;
  readonly chaos: Chaos | undefined;
  readonly messaging: Messaging;
  readonly data: Data;
  readonly compute: Compute;
  mintToken(claims: JWTPayload, options: { readonly expiresIn: number }): Promise<string>;
}

/** The most messages of a queue, or items of a table, that are shown. */
const MOST = 25;
const DAY = 24 * 60 * 60;
const BODY_LIMIT = 10_000;

/** The value of a chaos switch: a boolean or a number. */
/** A field of the form as a value of the switch's type. */
const switchOf = (text: string, now: unknown): boolean | number | string => {
  if (typeof now === 'string') return text;
  return typeof now === 'boolean' ? text === 'true' : Number(text);
};

export const createConsole = (inside: Inside) => {
  const { blueprint, clock, chaos, messaging, data, compute } = inside;
  const { queues } = messaging;
  const names = blueprint.tables.map(({ TableName }) => TableName);
  const client = new DynamoDBClient(localClientConfig(data.endpoint, blueprint.region));

  const itemsOf = async (TableName: string): Promise<readonly object[]> => {
    const { Items = [] } = await client.send(new ScanCommand({ TableName, Limit: MOST }));
    return Items.map((item) => unmarshall(item));
  };

  const send = async (
    response: ServerResponse,
    asked: URLSearchParams,
    also: { readonly token?: string; readonly error?: string } = {},
  ): Promise<void> => {
    const queue = asked.get('queue') ?? '';
    const table = asked.get('table') ?? '';
    const text = page({
      following: asked.has('follow'),
      now: new Date(clock.now()).toISOString(),
      clockIsSet: clock.offset() !== 0,
      idle: await compute.isIdle(),
      events: messaging.recent(),
      queues: queues.status(),
      queue: queues.specs.has(queue)
        ? { name: queue, messages: queues.peek(queue, MOST) }
        : undefined,
      tables: names,
      table: names.includes(table) ? { name: table, items: await itemsOf(table) } : undefined,
      ...compute.status(),
      chaos: chaos?.settings() as Readonly<Record<string, unknown>> | undefined,
      routes: blueprint.routes.map(({ key, authorizer }) => ({ key, isPublic: !authorizer })),
      token: also.token,
      error: also.error,
    });
    response.writeHead(also.error ? 400 : 200, {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': contentSecurityPolicy,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      // With no-referrer a browser sends `Origin: null` with the forms of this page, which is refused.
      'referrer-policy': 'same-origin',
    });
    response.end(text);
  };

  /** The actions of the buttons, by path. A token is shown as text; other effects are visible on the page. */
  const buttons: Readonly<Record<string, (form: URLSearchParams) => unknown>> = {
    redrive: (form) => void queues.redrive(form.get('queue') ?? ''),
    run: async (form) => void (await compute.runSchedule(form.get('schedule') ?? '')),
    clock: (form) => clock.setTo(form.get('now') || null),
    chaos: (form) => {
      const now = new Map<string, unknown>(Object.entries(chaos?.settings() ?? {}));
      chaos?.set(Object.fromEntries([...form].map(([k, v]) => [k, switchOf(v, now.get(k))])));
    },
    token: (form) => {
      const claims = Object.fromEntries([...form].filter(([, value]) => value !== ''));
      return inside.mintToken(claims, { expiresIn: DAY });
    },
  };

  return async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
    const place = pathname.slice('/_local/'.length);
    if (request.method === 'GET' && place === '') {
      await send(response, searchParams);
      return true;
    }
    const button = Object.hasOwn(buttons, place) && buttons[place];
    if (!button || request.method !== 'POST') return false;
    try {
      const form = new URLSearchParams((await readBody(request, BODY_LIMIT)).toString());
      const token = await button(form);
      if (typeof token === 'string') await send(response, searchParams, { token });
      else response.writeHead(303, { location: '/_local/' }).end();
    } catch (error) {
      await send(response, searchParams, { error: (error as Error).message });
    }
    return true;
  };
};

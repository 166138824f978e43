// The page under /_local/, without scripts, rendered for each request.
import { createHash } from 'node:crypto';
import type { BusEvent } from '../messaging/bus.ts';
import type { Message } from '../messaging/queues.ts';
import { Html, html, type Part } from './html.ts';

export interface Shown {
  /** Whether the page reloads every two seconds. */
  readonly following: boolean;
  readonly now: string;
  /** Whether the clock was set. */
  readonly clockIsSet: boolean;
  readonly idle: boolean;
  readonly events: readonly BusEvent[];
  readonly queues: Readonly<Record<string, { visible: number; inFlight: number; dead: number }>>;
  /** The queue whose messages are shown. */
  readonly queue: { readonly name: string; readonly messages: readonly Message[] } | undefined;
  readonly tables: readonly string[];
  /** The table whose first items are shown. */
  readonly table: { readonly name: string; readonly items: readonly object[] } | undefined;
  readonly functions: Readonly<
    Record<string, { workers: number; inFlight: number; invocations: number; errors: number }>
  >;
  readonly schedules: Readonly<Record<string, { next: string; running: boolean; runs: number }>>;
  /** The chaos switches with their values; undefined for a host without chaos. */
  readonly chaos: Readonly<Record<string, unknown>> | undefined;
  readonly routes: readonly { readonly key: string; readonly isPublic: boolean }[];
  /** The token that was just made. */
  readonly token: string | undefined;
  /** Why the last action failed. */
  readonly error: string | undefined;
}

const style = `
body { font: 14px/1.5 system-ui, sans-serif; margin: 1.5rem auto; max-width: 72rem; padding: 0 1rem; }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid #ddd; vertical-align: top; }
td.n, th.n { text-align: right; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12px; }
form { display: inline; }
.bad { color: #b00020; font-weight: 600; }
nav a { margin-right: 1rem; }`;

/** Forbids scripts, foreign resources, framing, and forms that post elsewhere. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const rows = (headings: readonly Part[], lines: readonly (readonly Part[])[]): Html => {
  const cell = (tag: string, part: Part): Html =>
    html`${new Html(typeof part === 'number' ? `<${tag} class="n">` : `<${tag}>`)}${part}${new Html(`</${tag}>`)}`;
  return html`<table><tr>${headings.map((part) => cell('th', part))}</tr>
${lines.map((line) => html`<tr>${line.map((part) => cell('td', part))}</tr>\n`)}</table>`;
};

const pretty = (text: string): Html => {
  try {
    return html`<pre>${JSON.stringify(JSON.parse(text), null, 1)}</pre>`;
  } catch {
    return html`<pre>${text}</pre>`;
  }
};

const button = (action: string, name: string, value: string, label: string): Html =>
  html`<form method="post" action="/_local/${action}"><input type="hidden" name="${name}" value="${value}"><button>${label}</button></form>`;

const show = (kind: 'queue' | 'table', name: string, label: Part = name): Html =>
  html`<a href="/_local/?${kind}=${encodeURIComponent(name)}#${kind}s">${label}</a>`;

const input = (name: string, value = '', hint = ''): Html =>
  html`<label>${name} <input name="${name}" value="${value}" placeholder="${hint}"></label> `;

const events = ({ events: all }: Shown): Html => html`<h2 id="events">Events</h2>
${rows(
  ['time', 'type', 'detail', 'queues'],
  all.map(({ event, queues }) => [
    event.time,
    event['detail-type'],
    html`<details><summary>${event.source}</summary><pre>${JSON.stringify(event.detail, null, 1)}</pre></details>`,
    queues.join(', '),
  ]),
)}`;

const queues = ({ queues: all, queue }: Shown): Html => html`<h2 id="queues">Queues</h2>
${rows(
  ['queue', 'waiting', 'in flight', 'dead letters'],
  Object.entries(all).map(([name, { visible, inFlight, dead }]) => [
    show('queue', name),
    visible,
    inFlight,
    dead > 0
      ? html`<span class="bad">${dead}</span> ${button('redrive', 'queue', name, 'give back')}`
      : dead,
  ]),
)}
${
  queue &&
  html`<h3>${queue.name}</h3>${rows(
    ['sent', 'received', 'body'],
    queue.messages.map(({ sentAt, receiveCount, body }) => [
      new Date(sentAt).toISOString(),
      receiveCount,
      pretty(body),
    ]),
  )}`
}`;

const tables = ({ tables: all, table }: Shown): Html => html`<h2 id="tables">Tables</h2>
<p>${all.map((name) => html`${show('table', name)} `)}</p>
${
  table &&
  html`<h3>${table.name}: its first items</h3>${rows(
    ['item'],
    table.items.map((item) => [pretty(JSON.stringify(item))]),
  )}`
}`;

const functions = (shown: Shown): Html => html`<h2 id="functions">Functions</h2>
${rows(
  ['function', 'workers', 'running', 'invocations', 'errors'],
  Object.entries(shown.functions).map(([name, { workers, inFlight, invocations, errors }]) => [
    ...[name, workers, inFlight, invocations],
    errors > 0 ? html`<span class="bad">${errors}</span>` : errors,
  ]),
)}
<h2 id="schedules">Schedules</h2>
${rows(
  ['schedule', 'next', 'runs', ''],
  Object.entries(shown.schedules).map(([name, { next, running, runs }]) => [
    ...[name, next, runs],
    running ? 'running' : button('run', 'schedule', name, 'run now'),
  ]),
)}`;

const controls = ({ now, clockIsSet, chaos, token }: Shown): Html => html`<h2 id="clock">Clock</h2>
<p>${now}${clockIsSet && html` <span class="bad">set by hand</span>`}</p>
<form method="post" action="/_local/clock">${input('now', '', '2025-04-12T10:00:00+08:00')}
<button>set; empty is real time</button></form>
<h2 id="chaos">Chaos</h2>
${
  chaos
    ? html`<form method="post" action="/_local/chaos">${Object.entries(chaos).map(([name, value]) =>
        input(name, String(value)),
      )}<button>set</button></form>`
    : html`<p>Start the host with <code>CHAOS=1</code> to switch faults on.</p>`
}
<h2 id="tokens">Tokens</h2>
<form method="post" action="/_local/token">${['role', 'sub', 'organisation', 'area'].map((name) =>
  input(name),
)}<button>make a token, good for a day</button></form>
${token && html`<pre>${token}</pre>`}`;

const routes = ({ routes: all }: Shown): Html => html`<h2 id="routes">Routes</h2>
${rows(
  ['route', 'token'],
  all.map(({ key, isPublic }) => {
    const [method, path = ''] = key.split(' ');
    const isLink = isPublic && method === 'GET' && !path.includes('{');
    return [isLink ? html`<a href="${path}">${key}</a>` : key, isPublic ? 'none' : 'needed'];
  }),
)}`;

export const page = (shown: Shown): string => {
  const { following, idle, error } = shown;
  const places = 'events queues tables functions schedules clock chaos tokens routes'.split(' ');
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>leifeng, inside</title>
${following && html`<meta http-equiv="refresh" content="2">`}
<style>${new Html(style)}</style></head><body>
<h1>Inside this host</h1>
<p>${idle ? 'Idle: everything has been dealt with.' : 'Something is under way.'}
${following ? html`<a href="/_local/">stand still</a>` : html`<a href="/_local/?follow">follow</a>`}</p>
${error && html`<p class="bad">${error}</p>`}
<nav>${places.map((place) => html`<a href="#${place}">${place}</a> `)}</nav>
${events(shown)}${queues(shown)}${tables(shown)}${functions(shown)}${controls(shown)}${routes(shown)}
</body></html>`.text;
};

// Hands a file of events in to leifeng. Run: BASE=https://… PARTNER=… SECRET=whsec_… node hand-in.ts events.json
import { createHmac, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const { BASE = '', PARTNER = '', SECRET = '' } = process.env;
const body = readFileSync(process.argv[2] ?? 'events.json');
const key = Buffer.from(SECRET.replace('whsec_', ''), 'base64');
// The same message has the same id on a day: sent again tomorrow, it is looked at anew.
const id = `${new Date().toISOString().slice(0, 10)}-${hash('sha256', body)}`;

for (;;) {
  const timestamp = Math.floor(Date.now() / 1000);
  const signed = Buffer.concat([Buffer.from(`${id}.${timestamp}.`), body]);
  const response = await fetch(`${BASE}/inbound/${PARTNER}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/cloudevents-batch+json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    },
    body,
  });
  console.log(await response.text());
  process.exitCode = response.ok ? 0 : 1;
  if (![409, 429, 502, 503, 504].includes(response.status)) break;
  await sleep(response.status === 429 ? 3_600_000 : 5_000); // 429: the quota of the day, or too fast.
}

// Pulls events from leifeng. Run: BASE=https://… TOKEN=… node reader.ts
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const { BASE = '', TOKEN = '', QUERY = '', PLACE = 'place.txt' } = process.env;
let after = existsSync(PLACE) ? readFileSync(PLACE, 'utf8') : '';

for (;;) {
  const from = after ? `&after=${after}` : '';
  const response = await fetch(`${BASE}/events?limit=100${from}${QUERY}`, {
    headers: { authorization: `Bearer ${TOKEN}` },
  });
  if (!response.ok) {
    console.error(response.status, await response.text());
    await sleep(30_000);
    continue;
  }
  const { items, next, retryAfterSeconds } = await response.json();
  for (const { id, type } of items) console.log(id, type); // Your work, before the place is kept.
  writeFileSync(PLACE, next);
  after = next;
  await sleep(retryAfterSeconds * 1000);
}

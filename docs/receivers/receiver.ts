// A receiver of leifeng's webhooks. Run: SECRET=whsec_… PORT=8080 node receiver.ts
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';

const key = Buffer.from((process.env.SECRET ?? '').replace('whsec_', ''), 'base64');
const seen = new Set<string>(); // Keep the ids of a week in your database instead.

createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const header = (name: string): string => String(request.headers[`webhook-${name}`] ?? '');
    const body = Buffer.concat(chunks);
    const signed = Buffer.concat([Buffer.from(`${header('id')}.${header('timestamp')}.`), body]);
    const expected = createHmac('sha256', key).update(signed).digest();
    const isSigned = header('signature')
      .split(' ')
      .some((one) => {
        const given = Buffer.from(one.replace('v1,', ''), 'base64');
        return one.startsWith('v1,') && given.length === 32 && timingSafeEqual(given, expected);
      });
    const isRecent = Math.abs(Date.now() / 1000 - Number(header('timestamp'))) < 300;
    if (!isSigned || !isRecent) return response.writeHead(401).end();
    if (!seen.has(header('id'))) console.log(JSON.parse(body.toString()).type); // Your work: quick, or queued.
    seen.add(header('id'));
    return response.writeHead(204).end();
  });
}).listen(Number(process.env.PORT ?? 8080), '127.0.0.1');

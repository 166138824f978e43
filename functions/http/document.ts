import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Result } from './answer.ts';
import type { Route } from './contract.ts';
import type { Event } from './request.ts';

/**
 * A document changes with a deployment only. After one, a client may have the old document for an hour;
 * then its ETag makes asking again cheap.
 */
const kept = 'public, max-age=3600';

interface Document {
  readonly text: string;
  /** Gzip in base64, as API Gateway takes bytes. */
  readonly gzip: string;
  readonly etag: string;
}

/** By the use case's answer, which is one object for as long as the function's instance lives. */
const documents = new WeakMap<object, Document>();

const documentOf = (route: Route, body: object): Document => {
  const known = documents.get(body);
  if (known) return known;
  const text = JSON.stringify(route.answer.parse(body));
  const etag = weakEtag(text);
  const made = { text, gzip: gzipSync(text, { level: 9 }).toString('base64'), etag };
  documents.set(body, made);
  return made;
};

/** Whether `Accept-Encoding` accepts gzip (RFC 9110, 12.5.3). */
export const acceptsGzip = (header = ''): boolean => {
  const accepted = new Map(
    header.split(',').map((part) => {
      const [coding = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase());
      const q = parameters.map((each) => /^q=([\d.]+)$/.exec(each)?.[1]).find(Boolean);
      return [coding, Number(q ?? 1) > 0] as const;
    }),
  );
  return accepted.get('gzip') ?? accepted.get('x-gzip') ?? accepted.get('*') ?? false;
};

/** An ETag of what a representation says (RFC 9110, 8.8.1): the same in clear and compressed. */
export const weakEtag = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\n');
  return `W/"${hash.digest('base64url').slice(0, 22)}"`;
};

/** Whether `If-None-Match` has this ETag, by the weak comparison (RFC 9110, 13.1.2). */
export const isKnown = (header = '', etag: string): boolean => {
  const known: readonly string[] = header.match(/"[^"]*"/g) ?? [];
  return header.trim() === '*' || known.includes(etag.replace('W/', ''));
};

/** The answer of a route whose document changes with a deployment only. Compressed once. */
export const documentResult = (event: Event, route: Route, body: object): Result => {
  const { text, gzip, etag } = documentOf(route, body);
  const headers = { 'cache-control': kept, vary: 'Accept-Encoding', etag };
  if (isKnown(event.headers['if-none-match'], etag)) return { statusCode: 304, headers };
  const isGzip = acceptsGzip(event.headers['accept-encoding']);
  return {
    statusCode: route.status,
    headers: {
      ...headers,
      'content-type': 'application/json; charset=utf-8',
      ...(isGzip ? { 'content-encoding': 'gzip' } : {}),
    },
    body: isGzip ? gzip : text,
    isBase64Encoded: isGzip,
  };
};

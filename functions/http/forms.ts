// Forms of a session's pages: urlencoded, with a hidden one-time token that is CSRF token and idempotency key
// at once.
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { tokenField } from '../html/view.ts';
import { Problem } from '../refusals/problem.ts';
import { jsonLimits } from './read-json.ts';
import type { Event } from './request.ts';
import { originOf } from './session.ts';

const nonceBytes = 16;

const markOf = (secret: string, key: string, path: string, nonce: string): string =>
  createHmac('sha256', secret)
    .update(JSON.stringify(['form', key, path, nonce]))
    .digest('base64url');

/** A new token for one form: good for this session, this route and this path only. */
export const newFormToken = (secret: string, key: string, path: string): string => {
  const nonce = randomBytes(nonceBytes).toString('base64url');
  return `${nonce}.${markOf(secret, key, path, nonce)}`;
};

/** The idempotency key in a token. @throws Problem `foreign-form` when the token is not this form's */
const keyIn = (token: string, secret: string, key: string, path: string): string => {
  const [nonce = '', mark = ''] = token.split('.');
  const expected = Buffer.from(markOf(secret, key, path, nonce));
  const given = Buffer.from(mark);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new Problem('foreign-form');
  return nonce;
};

/**
 * Refuses what another site's page sends. Browsers say where a form is from in either header; a request with
 * neither is none of a form.
 * @throws Problem `foreign-form`
 */
export const checkOrigin = (event: Event): void => {
  const { origin, 'sec-fetch-site': site } = event.headers;
  const isOurs = origin === undefined ? site === 'same-origin' : origin === originOf(event);
  if (!isOurs || (site !== undefined && site !== 'same-origin')) throw new Problem('foreign-form');
};

type Node = { [name: string]: unknown };

/** Names that JavaScript gives a meaning of its own. */
const reserved = /^(?:__proto__|constructor|prototype)$/;

/** Arrays in place of objects whose names are positions from 0 on. */
const withArrays = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([name, inner]) => [name, withArrays(inner)] as const);
  const isList = entries.length > 0 && entries.every(([name]) => /^\d{1,3}$/.test(name));
  return isList
    ? entries.sort(([one], [other]) => Number(one) - Number(other)).map(([, inner]) => inner)
    : Object.fromEntries(entries);
};

/**
 * The value that a form's fields say: `themes.0.title` leads into lists and objects, `months[]` is a list. An
 * empty field is none.
 * @throws Problem `malformed-form` when it is not urlencoded, or has too many fields
 */
export const valueOfForm = (fields: URLSearchParams): unknown => {
  // Without a prototype, a field `toString` is like any other.
  const newNode = (): Node => Object.create(null) as Node;
  const root = newNode();
  if (fields.size > jsonLimits.parts) throw new Problem('malformed-form');
  for (const [name, text] of fields) {
    const value = text.replaceAll('\r\n', '\n');
    if (name === tokenField || value.trim() === '') continue;
    const path = name.replace(/\[\]$/, '').split('.');
    if (path.length > jsonLimits.depth || path.some((part) => reserved.test(part)))
      throw new Problem('malformed-form');
    const last = path.pop() ?? '';
    let at = root;
    for (const part of path) {
      at[part] ??= newNode();
      if (typeof at[part] !== 'object' || Array.isArray(at[part]))
        throw new Problem('malformed-form');
      at = at[part] as Node;
    }
    const given = at[last];
    if (name.endsWith('[]')) {
      if (given !== undefined && !Array.isArray(given)) throw new Problem('malformed-form');
      at[last] = [...(given ?? []), value];
    } else if (Object.hasOwn(at, last)) throw new Problem('malformed-form');
    else at[last] = value;
  }
  return withArrays(root);
};

/** What a person put into a form, by the names of its fields, so that it can be shown again. */
export const givenIn = (fields: URLSearchParams): ReadonlyMap<string, readonly string[]> =>
  new Map(
    [...Map.groupBy(fields, ([name]) => name)].map(([name, all]) => [
      name,
      all.map(([, value]) => value),
    ]),
  );

/** The fields of a form. @throws Problem `unsupported-media-type` */
export const fieldsIn = (event: Event, bytes: Buffer): URLSearchParams => {
  const [mediaType = ''] = (event.headers['content-type'] ?? '').split(';');
  if (mediaType.trim().toLowerCase() !== 'application/x-www-form-urlencoded')
    throw new Problem('unsupported-media-type', {
      mediaTypes: 'application/x-www-form-urlencoded',
    });
  return new URLSearchParams(bytes.toString('utf8'));
};

/**
 * Checks that a form is of this session and was sent by a page of this site.
 * @returns its idempotency key
 * @throws Problem `foreign-form`
 */
export const checkForm = (
  event: Event,
  fields: URLSearchParams,
  { secret, key, path }: { readonly secret: string; readonly key: string; readonly path: string },
): string => {
  checkOrigin(event);
  return keyIn(fields.get(tokenField) ?? '', secret, key, path);
};

import { Problem } from '../refusals/problem.ts';
import { readJson } from './read-json.ts';
import type { Event } from './request.ts';

/** The claims of a token, each with the JSON value that the identity provider signed. */
export type Claims = Readonly<Record<string, unknown>>;

/** One compact JWT. The gateway accepts it with or without `Bearer ` before it. */
const oneToken = /^(?:Bearer )?([\w-]+)\.([\w-]+)\.[\w-]+$/i;
const utf8 = new TextDecoder('utf-8', { fatal: true });

const isObject = (value: unknown): value is Claims =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The JSON object in a part of a token; undefined if it is none. RFC 7519 lets readers take the last of
 * several claims of one name, or refuse the token: two readers would otherwise see two persons. Other
 * peculiarities, such as numbers with more digits than JavaScript has, are the provider's own affair.
 */
const objectIn = (encoded: string): Claims | undefined => {
  try {
    const text = utf8.decode(Buffer.from(encoded, 'base64url'));
    const object = readJson(text, ['duplicate-name']);
    return isObject(object) ? object : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The claims in a token whose signature was checked.
 * @throws Problem `one-access-token-required` when it is none, or a name is there twice in it
 */
export const claimsIn = (token: string): Claims => {
  const [, header = '', claims = ''] = oneToken.exec(token) ?? [];
  const payload = objectIn(header) && objectIn(claims);
  if (!payload) throw new Problem('one-access-token-required');
  return payload;
};

/** Whether the payload belongs to the token that the gateway checked. The gateway gives claims as texts. */
const isOfToken = ({ iss, sub, exp }: Claims, checked: Claims): boolean =>
  typeof iss === 'string' &&
  iss === checked.iss &&
  String(sub ?? '') === (checked.sub ?? '') &&
  typeof exp === 'number' &&
  exp > 0 &&
  exp === Number(checked.exp);

/**
 * The claims of the access token that the gateway's authorizer verified, read from the token
 * itself. The claims from the gateway cannot be used: it turns them all into texts, so that the
 * list `["a", "b"]` and the text `[a b]` look the same.
 * @throws Problem `unauthorized` when the gateway verified no token; `one-access-token-required`
 * when the header holds anything other than that one token, or a name is there twice in it
 */
export const claimsOf = ({ headers, requestContext }: Event): Claims => {
  const checked = requestContext.authorizer?.jwt?.claims;
  if (!checked) throw new Problem('unauthorized');
  const payload = claimsIn(headers.authorization ?? '');
  if (!isOfToken(payload, checked)) throw new Problem('one-access-token-required');
  return payload;
};

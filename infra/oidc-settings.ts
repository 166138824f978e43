import * as z from 'zod';
import { roles } from '../events/envelope.ts';

const supported =
  'a claim is named by its name, or by the names that lead to it with dots between, as realm_access.roles; its value is a text or a list of texts';

/** Claims whose meaning RFC 7519 fixes. */
const registered = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'];

/** Why this path can never lead to a claim; undefined if it can. */
const claimFault = (path: string): string | undefined => {
  if (path !== path.trim() || /\p{Cc}/u.test(path))
    return 'it begins or ends with a blank, or has a control character in it';
  if (path.split('.').includes('')) return 'it has an empty name before, after or between its dots';
  if (/^[$/]|[[\]*]/.test(path)) return 'JSONPath, JSON Pointer and positions are not read';
  if (registered.includes(path)) return `${path} has a meaning of its own in every token`;
  return undefined;
};

const claim = z
  .string()
  .max(100)
  .superRefine((path, context) => {
    const fault = claimFault(path);
    if (fault) context.addIssue({ code: 'custom', message: `${fault}: ${supported}` });
  });

/** Why no token can ever contain this role name; undefined if one can. */
const nameFault = (name: string): string | undefined => {
  if (name === '') return 'an empty name is no role';
  if (name !== name.trim() || /\p{Cc}/u.test(name))
    return 'the name begins or ends with a blank, or has a control character in it';
  if (name === '__proto__') return '__proto__ cannot be mapped';
  if (/^(\[|\{|map\[)/.test(name))
    return 'one name is mapped at a time: the names in a list are looked up one by one';
  return undefined;
};

/** Checked before z.record parses it, because z.record drops the key `__proto__`. */
const mappable = z.unknown().superRefine((mapping, context) => {
  if (typeof mapping !== 'object' || mapping === null) return;
  for (const name of Object.keys(mapping)) {
    const message = nameFault(name);
    if (message) context.addIssue({ code: 'custom', path: [name], message });
  }
});

const role = z.enum(roles, { error: `there is no such role; the roles are ${roles.join(', ')}` });

/** API Gateway fetches the discovery document by https. Only an issuer on this machine may use http. */
const issuerFault = (issuer: string): string | undefined => {
  const { protocol, hostname, username, search, hash } = new URL(issuer);
  const local = ['127.0.0.1', 'localhost'].includes(hostname);
  if (protocol !== 'https:' && !(protocol === 'http:' && local)) return 'an issuer is an https URL';
  if (username || search || hash) return 'an issuer has no user, no query and no fragment';
  return undefined;
};

const issuer = z.url().superRefine((url, context) => {
  const message = URL.canParse(url) ? issuerFault(url) : undefined;
  if (message) context.addIssue({ code: 'custom', message });
});

/** The issuer of the tokens, and the names of their claims. docs/identity.md explains them. */
export const oidcSchema = z.strictObject({
  issuer,
  /** An authorizer of API Gateway accepts 50 at most. */
  audience: z.array(z.string().min(1)).min(1).max(50),
  claims: z.strictObject({ role: claim, organisation: claim, area: claim.default('area') }),
  /** The issuer's names for our roles, where they differ from ours. */
  roles: mappable.pipe(z.record(z.string().max(100), role)).default({}),
});

import * as z from 'zod';
import { roles } from '../events/envelope.ts';

const supported =
  'a claim is named by its name, or by the names that lead to it with dots between, as realm_access.roles; its value is a text or a list of texts';

/** Claims that RFC 7519 gives a meaning of their own. */
const registered = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'];

/** Why no claim of any token could ever be at this path; undefined when one could. */
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

/** Why no text of a token could ever be this name of a role; undefined when one could. */
const nameFault = (name: string): string | undefined => {
  if (name === '') return 'an empty name is no role';
  if (name !== name.trim() || /\p{Cc}/u.test(name))
    return 'the name begins or ends with a blank, or has a control character in it';
  if (name === '__proto__') return '__proto__ cannot be mapped';
  if (/^(\[|\{|map\[)/.test(name))
    return 'one name is mapped at a time: the names in a list are looked up one by one';
  return undefined;
};

/** Looked at before it is a record: of a record, zod drops the one key `__proto__`. */
const mappable = z.unknown().superRefine((mapping, context) => {
  if (typeof mapping !== 'object' || mapping === null) return;
  for (const name of Object.keys(mapping)) {
    const message = nameFault(name);
    if (message) context.addIssue({ code: 'custom', path: [name], message });
  }
});

const role = z.enum(roles, { error: `there is no such role; the roles are ${roles.join(', ')}` });

/** What API Gateway finds a discovery document at: https, but for a host on this machine. */
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

/** Who issues the tokens, and what their claims are called. docs/identity.md explains it. */
export const oidcSchema = z.strictObject({
  issuer,
  /** An authorizer of API Gateway takes 50. */
  audience: z.array(z.string().min(1)).min(1).max(50),
  claims: z.strictObject({ role: claim, organisation: claim, area: claim.default('area') }),
  /** What the issuer calls our roles, where it is not what we call them. */
  roles: mappable.pipe(z.record(z.string().max(100), role)).default({}),
});

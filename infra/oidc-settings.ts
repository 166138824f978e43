import * as z from 'zod';
import { roles } from '../events/envelope.ts';
import { isPublicHost, textFault } from './setting-faults.ts';

const supported =
  'a claim is named by its name, or by the names that lead to it with dots between, as realm_access.roles; its value is a text or a list of texts';

/** Claims whose meaning RFC 7519 fixes. */
const registered = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti'];

/** Why this path can never lead to a claim; undefined if it can. */
const claimFault = (path: string): string | undefined => {
  if (path.split('.').includes('')) return 'it has an empty name before, after or between its dots';
  const fault = textFault(path);
  if (fault) return fault;
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
  const fault = textFault(name);
  if (fault) return fault;
  if (name === '__proto__') return '__proto__ cannot be mapped';
  if (/^(\[|\{|map\[)/.test(name))
    return 'one name is mapped at a time: the names in a list are looked up one by one';
  return undefined;
};

/** Checked before z.record parses it, because z.record drops the key `__proto__`. */
const mappable = z
  .unknown()
  .meta({ type: 'object', additionalProperties: { type: 'string', enum: [...roles] } })
  .superRefine((mapping, context) => {
    if (typeof mapping !== 'object' || mapping === null) return;
    for (const name of Object.keys(mapping)) {
      const message = nameFault(name);
      if (message) context.addIssue({ code: 'custom', path: [name], message });
    }
  });

const role = z.enum(roles, { error: `there is no such role; the roles are ${roles.join(', ')}` });

/** An issuer on this machine, as a local host has, is reached by http. */
const isLocal = ({ protocol, hostname }: URL): boolean =>
  protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname);

/**
 * Why no token of an OpenID Connect provider can have this `iss`, byte for byte, or API Gateway can never
 * fetch its discovery document; undefined if neither is so.
 */
const issuerFault = (issuer: string): string | undefined => {
  const unseen = textFault(issuer);
  if (unseen) return unseen;
  const url = URL.parse(issuer);
  if (!url || !['https:', 'http:'].includes(url.protocol))
    return 'an issuer is an https URL, such as https://id.hrb.gov.cn/realms/district';
  const { protocol, hostname, pathname, username, password, href } = url;
  if (protocol !== 'https:' && !isLocal(url)) return 'an issuer is an https URL';
  if (username || password || /[?#]/.test(issuer) || /^[^/]*\/\/[^/]*@/.test(issuer))
    return 'an issuer has no user, no query and no fragment, also no empty one';
  if (/%(?![\da-f]{2})/i.test(issuer)) return 'a % stands before two hexadecimal digits only';
  // A host alone may be written with or without the slash behind it.
  if (href !== issuer && href !== `${issuer}/`)
    return `it is not in the form that a token has: if the provider’s discovery document says ${href}, write that`;
  if (/\/\.well-known(\/|$)/.test(pathname))
    return `this is the address of the discovery document: write what it says under "issuer", probably ${href.replace(/\/\.well-known.*/, '')}`;
  if (!isPublicHost(hostname) && !['127.0.0.1', 'localhost'].includes(hostname))
    return 'its host must be a name of the public Internet: API Gateway reaches no address, machine or network of your own';
  return undefined;
};

const issuer = z.string().superRefine((url, context) => {
  const message = issuerFault(url);
  if (message) context.addIssue({ code: 'custom', message });
});

/** Compared byte for byte with the values of `aud`. */
const audience = z.string().superRefine((text, context) => {
  const message = textFault(text);
  if (message)
    context.addIssue({ code: 'custom', message: `${message}: no token has such an aud` });
});

/**
 * An organisation is one UUID, roles are names and areas are ids, and what is none of them gives nothing or
 * closes all areas. So no claim has two of these meanings.
 */
const claims = z
  .strictObject({ role: claim, organisation: claim, area: claim.default('area') })
  .superRefine((named, context) => {
    const entries = Object.entries(named);
    for (const [at, [purpose, path]] of entries.entries()) {
      const [same] = entries.slice(0, at).find(([, other]) => other === path) ?? [];
      if (same)
        context.addIssue({
          code: 'custom',
          path: [purpose],
          message: `the claim ${path} is already the one for ${same}: each needs a claim of its own`,
        });
    }
  });

/** Parameters of the code flow, which are not for the settings to say. */
const ofTheFlow = [
  'response_type',
  'response_mode',
  'client_id',
  'client_secret',
  'redirect_uri',
  'scope',
  'state',
  'nonce',
  'code_challenge',
  'code_challenge_method',
];

/** How people sign in to the pages: as a public client with PKCE, which keeps no secret. */
const signIn = z
  .strictObject({
    clientId: z.string().min(1).max(200).describe('The id of the client at the provider'),
    scope: z
      .string()
      .regex(/(^| )openid( |$)/, 'must contain openid')
      .max(400)
      .default('openid')
      .describe('The scopes that are asked for, with blanks between'),
    parameters: z
      .record(z.string().regex(/^[a-z_]{1,40}$/), z.string().min(1).max(300))
      .refine((all) => !Object.keys(all).some((name) => ofTheFlow.includes(name)), {
        message: 'names a parameter that sign-in itself sets',
      })
      .default({})
      .describe('What the provider wants in addition, such as audience or resource'),
  })
  .nullable()
  .default(null)
  .describe('The client with which people sign in to the pages; null: nobody does');

/** The issuer of the tokens, and the names of their claims. docs/identity.md explains them. */
export const oidcSchema = z.strictObject({
  issuer: issuer.describe('The issuer of the access tokens, byte for byte as in their iss'),
  audience: z
    .array(audience)
    .min(1)
    // An authorizer of API Gateway accepts no more.
    .max(50)
    .describe('The accepted values of aud, which only access tokens should carry'),
  claims: claims.describe(
    'The claims that say who somebody is: a name, or names with dots between',
  ),
  roles: mappable
    .pipe(z.record(z.string().max(100), role))
    .default({})
    .describe('The issuer’s names for our roles, where they differ from ours'),
  signIn,
});

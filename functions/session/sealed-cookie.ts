// Cookies whose content only this district's functions can read or make.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { settings } from '../runtime/settings.ts';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** A sealed cookie opens under its own name and month only. */
const additionalData = (name: string, month: string): Buffer =>
  Buffer.from(JSON.stringify([settings().name, 'cookie', name, month]));

/** Browsers send it over https only, or to this machine; no script reads it; only this host sets it. */
const attributes = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** A cookie as `Set-Cookie` has it. @param seconds how long the browser keeps it */
export const cookieText = (name: string, value: string, seconds: number): string =>
  `${name}=${value}; ${attributes}; Max-Age=${Math.floor(seconds)}`;

/** What ends a cookie. */
export const endOfCookie = (name: string): string => cookieText(name, '', 0);

/** Seals a JSON value with the key of a month: the month, and IV, ciphertext and tag in base64url. */
export const sealValue = (
  key: Uint8Array,
  { name, month }: { readonly name: string; readonly month: string },
  value: unknown,
): string => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv).setAAD(additionalData(name, month));
  const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
  return `${month}.${Buffer.concat([iv, text, cipher.getAuthTag()]).toString('base64url')}`;
};

/** The values of a cookie's name among those of a request, as `name=value`. */
const valuesOf = (cookies: readonly string[], name: string): readonly string[] =>
  cookies.flatMap((each) => (each.startsWith(`${name}=`) ? [each.slice(name.length + 1)] : []));

/**
 * Opens the cookie of a name; undefined when there is none, several, one of another month, or one that was
 * changed.
 * @param keyOf gives the key of a month; asked for these months only
 */
export const openCookie = async (
  cookies: readonly string[],
  { name, months }: { readonly name: string; readonly months: readonly string[] },
  keyOf: (month: string) => Promise<Uint8Array>,
): Promise<unknown> => {
  const [value, ...others] = valuesOf(cookies, name);
  if (value === undefined || others.length > 0) return undefined;
  const [month = '', sealed = ''] = value.split('.');
  if (!months.includes(month)) return undefined;
  const key = await keyOf(month);
  const bytes = Buffer.from(sealed, 'base64url');
  try {
    const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    })
      .setAAD(additionalData(name, month))
      .setAuthTag(bytes.subarray(-tagBytes));
    const text = Buffer.concat([
      decipher.update(bytes.subarray(ivBytes, -tagBytes)),
      decipher.final(),
    ]);
    return JSON.parse(text.toString('utf8'));
  } catch {
    return undefined;
  }
};

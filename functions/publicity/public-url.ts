import * as z from 'zod';

/** Names that lead to nothing outside a network or a machine. */
const innerName =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa|test|invalid|example)$/;

/** Whether an address can be opened by anybody, and holds nobody's credentials. */
const isPublicUrl = (text: string): boolean => {
  const url = URL.parse(text);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  const host = url.hostname.replace(/\.$/, '');
  // An address in place of a name is a machine's; brackets are of IPv6.
  const isNumber = host.startsWith('[') || /^[\d.]+$/.test(host);
  return url.port === '' && host.includes('.') && !isNumber && !innerName.test(host);
};

const message =
  '须为公开网页的 https 地址，不含账号、端口和内网主机，中文须编码 / must be the https address of a public page, without credentials, port or a private host, and percent-encoded';

/** The public address of a page elsewhere: https, a name of the public internet, no credentials and no port. */
export const publicUrl = z
  .string()
  .max(500)
  .regex(/^https:\/\/[\x21-\x7e]+$/, message)
  .refine(isPublicUrl, { message });

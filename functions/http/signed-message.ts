import { isUtf8 } from 'node:buffer';
import { Problem } from '../refusals/problem.ts';
import { idempotencyKey } from './contract.ts';

/** One of the three headers of Standard Webhooks 1.0. */
type Header = 'webhook-id' | 'webhook-timestamp' | 'webhook-signature';

const shapes: Readonly<Record<Header, RegExp>> = {
  'webhook-id': idempotencyKey,
  'webhook-timestamp': /^\d{1,12}$/,
  'webhook-signature': /^[\x21-\x7e ]{1,2000}$/,
};

/** Whether a secret signed these bytes. Given by the slice that takes messages: the others need no such library. */
export type IsSigned = (
  secret: string,
  bytes: Buffer,
  headers: Readonly<Record<Header, string>>,
) => boolean;

/**
 * The body of a route with access `signed`, closed until its signature was checked: a use case cannot
 * read what nobody has signed. The signature is that of Standard Webhooks 1.0 (`v1`), over the bytes as
 * they came, at most five minutes old by the machine's clock.
 */
export class SignedMessage {
  /** `webhook-id`: the same when the message comes again. */
  readonly id: string;
  readonly #headers: Readonly<Record<Header, string>>;
  readonly #bytes: Buffer;

  /** @throws Problem `invalid-signature` when a header is missing or has no such form; `malformed-json` */
  constructor(headers: Readonly<Record<string, string | undefined>>, bytes: Buffer) {
    const read = (name: Header): string => {
      const value = headers[name];
      if (value === undefined || !shapes[name].test(value)) throw new Problem('invalid-signature');
      return value;
    };
    this.#headers = {
      'webhook-id': read('webhook-id'),
      'webhook-timestamp': read('webhook-timestamp'),
      'webhook-signature': read('webhook-signature'),
    };
    // The library turns bytes into text before it checks them, which is exact for UTF-8 only.
    if (!isUtf8(bytes)) throw new Problem('malformed-json');
    this.id = this.#headers['webhook-id'];
    this.#bytes = bytes;
  }

  /**
   * The bytes, if one of these secrets signed them.
   * @throws Problem `invalid-signature`
   */
  open(secrets: readonly string[], isSigned: IsSigned): Buffer {
    if (!secrets.some((secret) => isSigned(secret, this.#bytes, this.#headers)))
      throw new Problem('invalid-signature');
    return this.#bytes;
  }
}

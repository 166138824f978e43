import { isUtf8 } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { SignedMessage } from '../../../functions/http/signed-message.ts';
import { isSigned } from '../../../functions/inbound/is-signed.ts';

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const secret = newSecret();
const body = '[{"id":"一","specversion":"1.0"}]';

interface Changes {
  readonly id?: string;
  readonly ago?: number;
  readonly text?: string;
  readonly by?: string;
}
const signed = ({ id = 'msg_1', ago = 0, text = body, by = secret }: Changes = {}) => {
  const at = new Date(Date.now() - ago * 1000);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(by).sign(id, at, text),
  };
};
const opened = (headers: Readonly<Record<string, string | undefined>>, bytes = Buffer.from(body)) =>
  new SignedMessage(headers, bytes).open([secret], isSigned).toString();
const invalid = expect.objectContaining({ code: 'invalid-signature' });

describe('a signed message', () => {
  test('opens with the secret that signed it, or one of several', () => {
    expect(opened(signed())).toBe(body);
    const message = new SignedMessage(signed(), Buffer.from(body));
    expect(message.open([newSecret(), secret], isSigned).toString()).toBe(body);
    expect(message.id).toBe('msg_1');
  });

  test('opens by one of several signatures, while the sender changes its secret', () => {
    const both = `${signed({ by: newSecret() })['webhook-signature']} ${signed()['webhook-signature']}`;
    expect(opened({ ...signed(), 'webhook-signature': both })).toBe(body);
  });

  test.each([
    ['another secret', signed({ by: newSecret() })],
    ['more than five minutes ago', signed({ ago: 301 })],
    ['more than five minutes ahead', signed({ ago: -310 })],
    ['another id', { ...signed(), 'webhook-id': 'msg_2' }],
    ['another time', { ...signed(), 'webhook-timestamp': signed({ ago: 1 })['webhook-timestamp'] }],
    ['no id', { ...signed(), 'webhook-id': undefined }],
    ['no time', { ...signed(), 'webhook-timestamp': undefined }],
    ['no signature', { ...signed(), 'webhook-signature': undefined }],
    ['an empty signature', { ...signed(), 'webhook-signature': '' }],
    [
      'a time with a tail',
      { ...signed(), 'webhook-timestamp': `${signed()['webhook-timestamp']}x` },
    ],
    ['an endless signature', { ...signed(), 'webhook-signature': 'v1,'.repeat(5_000) }],
    ['a scheme of no secret', { ...signed(), 'webhook-signature': 'v1a,AAAA' }],
  ])('is refused with %s', (_, headers) => {
    expect(() => opened(headers)).toThrow(invalid);
  });

  test('is refused when nobody has a secret', () => {
    expect(() => new SignedMessage(signed(), Buffer.from(body)).open([], isSigned)).toThrow(
      invalid,
    );
  });

  test('is refused with any byte changed, also one that no text has', () => {
    const bytes = Buffer.from(body);
    fc.assert(
      fc.property(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, change) => {
          const other = Buffer.from(bytes);
          other.writeUInt8(other.readUInt8(at) ^ change, at);
          // What is no text is no JSON either.
          const code = isUtf8(other) ? 'invalid-signature' : 'malformed-json';
          expect(() => opened(signed(), other)).toThrow(expect.objectContaining({ code }));
        },
      ),
    );
  });
});

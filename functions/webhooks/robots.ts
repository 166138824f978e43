// Robots of groups in WeCom, DingTalk and Feishu: how each takes a text, and says that it did not.
import { createHmac } from 'node:crypto';
import type { Webhook } from '../../events/webhooks.ts';
import type { Attempt } from './post.ts';

export type RobotKind = Exclude<Webhook['kind'], 'http'>;

/** Milliseconds between two messages to one robot: each takes at least 20 a minute. */
export const robotGapMs = 3_000;

/** Bytes of a text, of which a Chinese character has three. DingTalk documents no limit. */
const mostBytes: Readonly<Record<RobotKind, number>> = {
  wecom: 2_048,
  dingtalk: 18_000,
  feishu: 18_000,
};

/** Bytes of a text to a robot at most, besides the word that it wants in every message. */
export const textBytes = (kind: RobotKind, keyword: string | null): number =>
  mostBytes[kind] - (keyword === null ? 0 : Buffer.byteLength(withKeyword(keyword, '')));

/** A text as a robot takes it that wants a word in every message; null for one that wants none. */
export const withKeyword = (keyword: string | null, text: string): string =>
  keyword === null ? text : `${keyword} ${text}`;

const halfHourMs = 30 * 60_000;
/** Feishu refuses messages (11232) while everybody's scheduled ones come: as a half hour begins. */
const rush = { before: 10_000, after: 20_000 } as const;

/**
 * How long a message to a robot waits so that it does not come in the rush, milliseconds: those to Feishu
 * from ten seconds before each full and half hour until twenty seconds after it.
 * @param at epoch milliseconds; half hours begin together wherever the offset from UTC is whole or a half
 */
export const rushMs = (kind: Webhook['kind'], at: number): number => {
  if (kind !== 'feishu') return 0;
  const since = (at + rush.before) % halfHourMs;
  const whole = rush.before + rush.after;
  return since < whole ? whole - since : 0;
};

/** A text of so many bytes at most, with a sign for what is left out. */
export const withinBytes = (text: string, most: number): string => {
  if (Buffer.byteLength(text) <= most) return text;
  const rest = '…';
  let left = most - Buffer.byteLength(rest);
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    left -= Buffer.byteLength(segment);
    if (left < 0) break;
    kept += segment;
  }
  return `${kept}${rest}`;
};

const hmac = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64');

/** What is posted to a robot's URL, with what is added to the URL. */
export interface RobotRequest {
  readonly query: string;
  readonly body: string;
}

/**
 * @param secret what the robot's settings show for signing; empty when it does not sign
 * @param at the machine's time: robots take a signature for an hour
 */
export const robotRequest = (
  kind: RobotKind,
  text: string,
  { secret, at }: { readonly secret: string; readonly at: number },
): RobotRequest => {
  const content = withinBytes(text, mostBytes[kind]);
  if (kind === 'feishu') {
    const timestamp = String(Math.floor(at / 1000));
    // The key is the time with the secret, and the text is empty.
    const signed = secret ? { timestamp, sign: hmac(`${timestamp}\n${secret}`, '') } : {};
    const message = { msg_type: 'text', content: { text: content } };
    return { query: '', body: JSON.stringify({ ...signed, ...message }) };
  }
  const sign = encodeURIComponent(hmac(secret, `${at}\n${secret}`));
  return {
    query: kind === 'dingtalk' && secret ? `timestamp=${at}&sign=${sign}` : '',
    body: JSON.stringify({ msgtype: 'text', text: { content } }),
  };
};

/** Codes that mean "too fast", with the seconds that the robot takes nothing. */
const tooFast: Readonly<Record<RobotKind, Readonly<Record<number, number>>>> = {
  wecom: { 45009: 60 },
  // Beyond its rate a robot of DingTalk is silent for ten minutes.
  dingtalk: { 130101: 600 },
  feishu: { 11232: 60, 9499: 60 },
};

/**
 * What an answer means: with status 200, the code in the body says whether the message was taken. Without a
 * code it was not.
 */
export const robotAttempt = (kind: RobotKind, made: Attempt): Attempt => {
  if (made.problem !== null) return made;
  const code = /"(?:errcode|code|StatusCode)"\s*:\s*(-?\d+)/.exec(made.answer)?.[1];
  if (code === '0') return made;
  const wait = tooFast[kind][Number(code)];
  return { ...made, problem: 'refused', retryAfter: wait ?? made.retryAfter };
};

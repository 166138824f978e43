import { randomBytes, timingSafeEqual } from 'node:crypto';
import { blindHash } from '../people/keys.ts';
import { isSameCode, printedCode } from '../people/printed-code.ts';

/** 80 bits. */
const secretLength = 16;

/**
 * The secret part of a complaint's number, printed once.
 * @throws Problem `record-unreadable`, `not-set-up`
 */
export const secretOf = (number: string): Promise<string> =>
  printedCode(secretLength, 'complaint-secret', number);

/** Whether somebody typed the secret of a number. */
export const isSecretOf = async (number: string, typed: string): Promise<boolean> =>
  isSameCode(await secretOf(number), typed);

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** Milliseconds from a form's being shown until it may be sent, and until it may not any more. */
export const formLife = { least: 3_000, most: 24 * 60 * 60 * 1000 } as const;

const markOf = async (nonce: string, at: string): Promise<string> =>
  (await blindHash('complaint-form', nonce, at)).slice(0, 22);

/** The ticket of a form: when it was shown, and a random number by which a repetition is recognised. */
export const newTicket = async (at: number): Promise<string> => {
  const nonce = randomBytes(16).toString('base64url');
  return `${nonce}.${at.toString(36)}.${await markOf(nonce, at.toString(36))}`;
};

/**
 * When the form of a ticket was shown, in epoch milliseconds; undefined when the ticket is none of this district.
 * @throws Problem `record-unreadable`, `not-set-up`
 */
export const shownAt = async (ticket: string): Promise<number | undefined> => {
  const [nonce = '', at = '', mark = '', ...others] = ticket.split('.');
  if (others.length > 0 || !isSame(await markOf(nonce, at), mark)) return undefined;
  return Number.parseInt(at, 36);
};

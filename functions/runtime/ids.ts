import { createHash, hash } from 'node:crypto';
import { settings } from './settings.ts';

/** A UUID (version 8: our own derivation) of the first 16 bytes of a hash. */
export const uuidOf = (digest: Uint8Array): string => {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
};

/**
 * A UUID that is the same for the same district, kind and parts. Different districts give different
 * ids for the same parts. Whoever knows the parts can compute it; `keyedId` in `people/keys.ts` is
 * for ids of which that must not be so.
 */
export const idIn = (district: string, kind: string, ...parts: readonly string[]): string =>
  uuidOf(
    createHash('sha256')
      .update(JSON.stringify([kind, district, ...parts]))
      .digest(),
  );

/** `idIn` for the function's own district. */
export const derivedId = (kind: string, ...parts: readonly string[]): string =>
  idIn(settings().name, kind, ...parts);

/** 16 bytes of SHA-256, for keys and bodies that are only compared. */
export const fingerprint = (...parts: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest().subarray(0, 16).toString('base64url');

/** SHA-256 of a body, without converting or copying it. */
export const digest = (bytes: Uint8Array): string => hash('sha256', bytes, 'base64url');

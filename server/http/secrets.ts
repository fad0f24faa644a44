import { createHash, timingSafeEqual } from 'node:crypto';

/** What people type and tills send. The store only ever sees hashes of these. */

export type RandomBytes = (count: number) => Uint8Array;

/** No I, L, O or U: nothing to misread, nothing rude. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 10;
const TOKEN_BYTES = 32;

/** 50 random bits that live for minutes and are guarded by a rate limit: `7K3QX-M9TRB`. */
export function newPairingCode(random: RandomBytes): string {
  const letters = [...random(CODE_LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
  return `${letters.slice(0, CODE_LENGTH / 2)}-${letters.slice(CODE_LENGTH / 2)}`;
}

/** As typed: small letters, other dashes and the usual mix-ups are forgiven. */
export const hashPairingCode = (code: string): string =>
  sha256(
    code
      .toUpperCase()
      .replaceAll(/[^0-9A-Z]/g, '')
      .replaceAll('O', '0')
      .replaceAll(/[IL]/g, '1'),
  );

export const newToken = (random: RandomBytes): string =>
  Buffer.from(random(TOKEN_BYTES)).toString('base64url');

/**
 * A token is found by its hash. How long that takes says something about hashes at most, never about a token: it has 256
 * random bits, so it needs no slow hash either.
 */
export const hashToken = (token: string): string => sha256(token);

/** In a time that does not depend on where they differ. */
export const isSameSecret = (a: string, b: string): boolean =>
  timingSafeEqual(Buffer.from(sha256(a)), Buffer.from(sha256(b)));

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

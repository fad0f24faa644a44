import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Digest } from './brand.ts';

/**
 * SHA-256 of a text's UTF-8 bytes. Synchronous on purpose: awaiting `crypto.subtle` inside an IndexedDB transaction
 * would let the transaction commit without us.
 */
export function sha256Hex(text: string): Digest {
  return bytesToHex(sha256(utf8ToBytes(text))) as Digest;
}

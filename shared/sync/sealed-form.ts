import * as z from 'zod/mini';
import type { Profile } from '../domain/profile.ts';
import type { MemberId } from '../lib/brand.ts';
import type { Hlc } from '../lib/hlc.ts';
import { decodeBase64, encodeBase64 } from '../lib/base64.ts';

/**
 * The form of a profile document on its way: what is sealed, what the seal is bound to, and how the bytes lie. The ciphering
 * itself is the host's (renderer/sync/seal-profile.ts).
 *
 *   sealed = base64( version byte | 96-bit nonce | AES-256-GCM ciphertext and tag )
 *   bound to: shop, member, hlc. So an endpoint can't give one person's document to another, nor pass an old one off as new.
 */

export const SEAL_VERSION = 1;
export const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** The length of a text tells who has a long name or a note: nearly all documents have the same one. */
export const BUCKET_BYTES = 256;

/** What one lies under. Text, so that two different ones never look the same as bytes. */
export const boundTo = (shop: string, { member, hlc }: { readonly member: string; readonly hlc: string }) =>
  new TextEncoder().encode(JSON.stringify(['tenpunch profile', SEAL_VERSION, shop, member, hlc]));

/** JSON does not mind spaces behind it, so the filling needs no length of its own. */
export function writeContent({ member: _member, hlc: _hlc, ...content }: Profile): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(content));
  const filled = new Uint8Array(Math.ceil(text.length / BUCKET_BYTES) * BUCKET_BYTES).fill(0x20);
  filled.set(text);
  return filled;
}

const text = z.nullable(z.string().check(z.maxLength(256)));
/** Loose: what a newer app knows about a person stays with them, until somebody edits them with this one. */
const contentSchema = z.looseObject({
  name: z.string().check(z.maxLength(1024)),
  phone: z.nullable(z.string().check(z.regex(/^\+\d{5,15}$/))),
  card: text,
  birthday: z.nullable(z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}$/))),
  note: z.string().check(z.maxLength(16_384)),
});

/** Undefined for what no till of this shop can have written. */
export function readContent(
  bytes: BufferSource,
  { member, hlc }: { readonly member: string; readonly hlc: string },
): Profile | undefined {
  try {
    const json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
    const parsed = contentSchema.safeParse(json);
    if (!parsed.success) return undefined;
    return { ...parsed.data, member: member as MemberId, hlc: hlc as Hlc } as Profile;
  } catch (error) {
    // SyntaxError: no JSON. TypeError: no text.
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

export function writeSealed(nonce: Uint8Array, ciphertext: Uint8Array): string {
  const bytes = new Uint8Array(1 + nonce.length + ciphertext.length);
  bytes[0] = SEAL_VERSION;
  bytes.set(nonce, 1);
  bytes.set(ciphertext, 1 + nonce.length);
  return encodeBase64(bytes);
}

/** Undefined: of another version, or nothing that was sealed. */
export function readSealed(
  sealed: string,
): { readonly nonce: Uint8Array<ArrayBuffer>; readonly ciphertext: Uint8Array<ArrayBuffer> } | undefined {
  const bytes = decodeBase64(sealed);
  if (bytes?.[0] !== SEAL_VERSION || bytes.length < 1 + NONCE_BYTES + TAG_BYTES) return undefined;
  return { nonce: bytes.slice(1, 1 + NONCE_BYTES), ciphertext: bytes.slice(1 + NONCE_BYTES) };
}

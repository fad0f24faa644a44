import type { Profile } from '#shared/domain/profile.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import { decodeBase64 } from '#shared/lib/base64.ts';
import { sha256Hex } from '#shared/lib/sha256.ts';
import {
  boundTo,
  NONCE_BYTES,
  readContent,
  readSealed,
  writeContent,
  writeSealed,
} from '#shared/sync/sealed-form.ts';
import { SHOP_KEY_BYTES } from '#shared/sync/invitation.ts';
import type { ProfileDoc } from '#shared/sync/wire.ts';
import type { ProfileToSend, PulledProfile } from '#renderer/data/sync/sync-store.ts';

/** Closes documents before they leave the till and opens those of the others. The key is read once and can't be read back. */
export interface ProfileSealer {
  close(profile: ProfileToSend): Promise<ProfileDoc>;
  /** Never rejects: what does not open is unreadable. */
  open(doc: ProfileDoc): Promise<PulledProfile>;
}

export interface SealingParts {
  readonly subtle: Pick<SubtleCrypto, 'importKey' | 'encrypt' | 'decrypt'>;
  /** Never the same twice under one key. */
  readonly randomBytes: (count: number) => Uint8Array<ArrayBuffer>;
  readonly shop: string;
  /** Base64 of 32 bytes. */
  readonly shopKey: string;
}

/** Tells one key from another and says nothing about either: a key is 32 random bytes. */
export const markOfKey = (shopKey: string): string => sha256Hex(`tenpunch shop key ${shopKey}`).slice(0, 32);

/** Undefined when the key is none. */
export async function createProfileSealer(parts: SealingParts): Promise<ProfileSealer | undefined> {
  const { subtle, randomBytes, shop } = parts;
  const bytes = decodeBase64(parts.shopKey);
  if (bytes?.length !== SHOP_KEY_BYTES) return undefined;
  const key = await subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);

  async function seal(profile: Profile): Promise<string> {
    const iv = randomBytes(NONCE_BYTES);
    const cipher = { name: 'AES-GCM', iv, additionalData: boundTo(shop, profile) };
    return writeSealed(iv, new Uint8Array(await subtle.encrypt(cipher, key, writeContent(profile))));
  }

  async function unseal(doc: ProfileDoc & { readonly sealed: string }): Promise<Profile | undefined> {
    const found = readSealed(doc.sealed);
    if (!found) return undefined;
    const cipher = { name: 'AES-GCM', iv: found.nonce, additionalData: boundTo(shop, doc) };
    try {
      return readContent(await subtle.decrypt(cipher, key, found.ciphertext), doc);
    } catch (error) {
      // Sealed with another key, for somebody else, or damaged: the cipher does not say which.
      if (error instanceof DOMException) return undefined;
      throw error;
    }
  }

  return {
    async close(waiting) {
      if (waiting.kind === 'erased') return { member: waiting.member, hlc: waiting.hlc, erased: true };
      const { profile } = waiting;
      return { member: profile.member, hlc: profile.hlc, sealed: await seal(profile) };
    },
    async open(doc) {
      const member = doc.member as MemberId;
      if (!('sealed' in doc)) return { kind: 'erased', member, hlc: doc.hlc as Hlc };
      const profile = await unseal(doc);
      return profile ? { kind: 'profile', profile } : { kind: 'unreadable', member };
    },
  };
}

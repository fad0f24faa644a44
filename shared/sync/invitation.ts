import * as z from 'zod/mini';
import { parseAnything } from '../lib/parse-anything.ts';
import { decodeBase64, decodeBase64Url, encodeBase64Url } from '../lib/base64.ts';

/**
 * What a manager's till shows to the next one, as a text and as a QR code: where the endpoint is, a one-time code for it, and
 * the shop key. The key goes from till to till this way and never over the endpoint.
 */

export interface InvitationContent {
  readonly address: string;
  readonly code: string;
  /** Base64 of 32 bytes. */
  readonly key: string;
}

export const SHOP_KEY_BYTES = 32;
const PREFIX = 'tenpunch:';
const VERSION = 1;
/** Far more than a real one has, and far less than what somebody could paste. */
const MAX_LENGTH = 2048;

const printable = z.string().check(z.minLength(1), z.maxLength(300), z.regex(/^[\x21-\x7e]+$/));
const contentSchema = z.object({
  v: z.literal(VERSION),
  address: printable,
  code: printable.check(z.maxLength(64)),
  key: z.string().check(z.refine((text) => decodeBase64(text)?.length === SHOP_KEY_BYTES)),
});

export function formatInvitation({ address, code, key }: InvitationContent): string {
  const json = JSON.stringify({ v: VERSION, address, code, key });
  return PREFIX + encodeBase64Url(new TextEncoder().encode(json));
}

/** Undefined for everything else, whatever was scanned or pasted; spaces and line breaks of a message are forgiven. */
export function parseInvitation(text: string): InvitationContent | undefined {
  if (text.length > MAX_LENGTH * 2) return undefined;
  const bare = text.replaceAll(/\s/g, '');
  if (bare.length > MAX_LENGTH || bare.slice(0, PREFIX.length).toLowerCase() !== PREFIX) return undefined;
  const bytes = decodeBase64Url(bare.slice(PREFIX.length));
  const content = bytes && parseAnything(contentSchema, readJson(bytes));
  if (!content) return undefined;
  const { address, code, key } = content;
  return { address, code, key };
}

function readJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    // SyntaxError: no JSON. TypeError: no text.
    if (error instanceof SyntaxError || error instanceof TypeError) return undefined;
    throw error;
  }
}

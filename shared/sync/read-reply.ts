import * as z from 'zod/mini';
import { parseAnything } from '../lib/parse-anything.ts';

/**
 * What a reply means, whatever came: an endpoint's answer, a proxy's page, a captive portal's log-in, half a text, nothing.
 * Never throws. Only an answer in our own words is believed when it would change what the till does for good.
 */

/** What the transport saw. */
export type RawReply =
  | { readonly kind: 'failed'; readonly because: 'timeout' | 'network' | 'tls' }
  | {
      readonly kind: 'http';
      readonly status: number;
      readonly retryAfter: string | null;
      readonly text: string;
    };

export type NoAnswer =
  /** Nobody knows whether it was done: the same again, later. */
  | { readonly kind: 'unknown'; readonly because: 'no-answer' | 'not-ours' }
  | { readonly kind: 'busy'; readonly retryAfterMs: number }
  /** The endpoint was restored since our hello and did nothing of what was asked: hello again, then the same again. */
  | { readonly kind: 'other-epoch' }
  | { readonly kind: 'unauthorized' }
  | { readonly kind: 'stop'; readonly because: 'revoked' | 'too-old' | 'tls' };

/** The batch as a whole was refused, by our endpoint or by something on the way that has limits of its own. */
export interface Rejected {
  readonly kind: 'rejected';
  readonly status: 400 | 413 | 422;
  readonly isOurs: boolean;
}

export type Reply<Answer> = NoAnswer | Rejected | { readonly kind: 'answer'; readonly value: Answer };

/** What every endpoint of ours answers with, also one with codes that this app does not know. */
const ourError = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

const NOT_OURS = { kind: 'unknown', because: 'not-ours' } as const;
const NO_ANSWER = { kind: 'unknown', because: 'no-answer' } as const;

/** @param nowMs to read a Retry-After that is a date. */
export function readReply<Schema extends z.ZodMiniType>(
  raw: RawReply,
  schema: Schema,
  nowMs: number,
): Reply<z.output<Schema>> {
  if (raw.kind === 'failed') return raw.because === 'tls' ? { kind: 'stop', because: 'tls' } : NO_ANSWER;
  const { status } = raw;
  const json = parseJson(raw.text);
  if (status === 200) {
    const value = parseAnything(schema, json);
    return value === undefined ? NOT_OURS : { kind: 'answer', value };
  }
  if (status === 429 || status === 503) {
    const retryAfterMs = readRetryAfter(raw.retryAfter, nowMs);
    return retryAfterMs === undefined ? NO_ANSWER : { kind: 'busy', retryAfterMs };
  }
  const error = parseAnything(ourError, json)?.error;
  if (status === 400 || status === 413 || status === 422)
    return { kind: 'rejected', status, isOurs: error !== undefined };
  if (status >= 500) return NO_ANSWER;
  if (!error) return NOT_OURS;
  if (status === 401) return { kind: 'unauthorized' };
  // A token for something else than this till or this shop is as good as none.
  if (status === 403)
    return error.code === 'revoked' ? { kind: 'stop', because: 'revoked' } : { kind: 'unauthorized' };
  if (status === 409 && error.code === 'other-epoch') return { kind: 'other-epoch' };
  if (status === 426) return { kind: 'stop', because: 'too-old' };
  return NOT_OURS;
}

/** Undefined for what is no JSON: cut off, a page, nothing. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Seconds, or a date; undefined when it says nothing that can be waited for. */
function readRetryAfter(text: string | null, nowMs: number): number | undefined {
  if (text === null) return undefined;
  if (/^\d{1,9}$/.test(text.trim())) return Number(text) * 1000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}

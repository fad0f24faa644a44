import * as z from 'zod/mini';
import { parseAnything } from '#shared/lib/parse-anything.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { RawReply } from './read-reply.ts';
import { pairAnswerSchema, pairRequestSchema } from './wire.ts';

/** `not-kept`: the host could not keep the secrets. `too-old`: the app. `busy`: try again in a moment. */
export const PAIR_FAILURES = [
  'bad-address',
  'no-answer',
  'tls',
  'not-ours',
  'bad-code',
  'other-shop',
  'too-old',
  'busy',
  'not-kept',
] as const;
export type PairFailureCode = (typeof PAIR_FAILURES)[number];

export type PairingRequest = z.infer<typeof pairRequestSchema>;
export type PairingAnswer = z.infer<typeof pairAnswerSchema>;

/** The body to redeem a code with; a code that no endpoint gave out needs no request. Nothing but what is named here leaves. */
export function pairingBody({
  code,
  till,
  name,
  app,
  shop,
}: PairingRequest): Result<string, { readonly code: 'bad-code' }> {
  const request = { code: code.trim(), till, name, app, ...(shop === undefined ? {} : { shop }) };
  return pairRequestSchema.safeParse(request).success
    ? ok(JSON.stringify(request))
    : err({ code: 'bad-code' });
}

const ourError = z.object({ error: z.object({ code: z.string() }) });

/** @param shop the shop of the ledger that is here already */
export function readPairingReply(
  raw: RawReply,
  shop: string | undefined,
): Result<PairingAnswer, { readonly code: PairFailureCode }> {
  if (raw.kind === 'failed') return err({ code: raw.because === 'tls' ? 'tls' : 'no-answer' });
  const { status } = raw;
  const json = parseJson(raw.text);
  if (status === 200) {
    const answer = parseAnything(pairAnswerSchema, json);
    if (!answer) return err({ code: 'not-ours' });
    // A token of another shop would mix two ledgers.
    return shop === undefined || answer.shop === shop ? ok(answer) : err({ code: 'other-shop' });
  }
  if (status === 429 || status === 503) return err({ code: 'busy' });
  if (status >= 500) return err({ code: 'no-answer' });
  const error = parseAnything(ourError, json)?.error;
  return err({ code: error === undefined ? 'not-ours' : failureOf(status, error.code) });
}

function failureOf(status: number, code: string): PairFailureCode {
  if (status === 426) return 'too-old';
  if (code === 'other-shop') return 'other-shop';
  // 400: a code longer or stranger than any endpoint gives out.
  return code === 'bad-code' || status === 400 ? 'bad-code' : 'not-ours';
}

/** Undefined for what is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

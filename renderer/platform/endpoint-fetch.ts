// The browser's requests to an endpoint. A page can't tell a broken certificate from a broken line: both are 'network'.

import type { RawReply } from '#shared/sync/read-reply.ts';
import { GZIP_FROM_BYTES, LIVE_SILENCE_MS, MAX_REPLY_BYTES } from '#shared/sync/transport-limits.ts';
import { createLiveReader } from '#shared/sync/live-messages.ts';
import type { SendRequest } from './endpoint-link.ts';

interface Target {
  readonly address: string;
  readonly token?: string;
}

/** No cookie, no other place than the one that was asked, and nothing about this page. */
const STRICT = {
  redirect: 'error',
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
} as const satisfies RequestInit;
/**
 * No page of a stranger's portal is kept in place of an answer. Only what can be kept is asked for so: it also makes the
 * browser forget that it may ask, and a batch would cost two requests.
 */
const UNKEPT = { ...STRICT, cache: 'no-store' } as const satisfies RequestInit;

/** Never rejects: whatever happens is a reply. `timeoutMs` is for all of it, down to the last byte of the answer. */
export async function fetchReply(target: Target, request: SendRequest): Promise<RawReply> {
  const end = new AbortController();
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    end.abort();
  }, request.timeoutMs);
  try {
    const response = await fetch(target.address + request.path, {
      ...(request.method === 'GET' ? UNKEPT : STRICT),
      method: request.method,
      signal: end.signal,
      ...(await contentOf(target, request.body)),
    });
    const text = await readText(response);
    if (text === undefined) return { kind: 'failed', because: 'network' };
    return { kind: 'http', status: response.status, retryAfter: response.headers.get('retry-after'), text };
  } catch {
    // The only thing fetch says is that it failed.
    return { kind: 'failed', because: isLate ? 'timeout' : 'network' };
  } finally {
    clearTimeout(timer);
    // Nobody reads on: an answer over the limit must not keep arriving.
    end.abort();
  }
}

async function contentOf({ token }: Target, body: string | undefined): Promise<RequestInit> {
  const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  if (body === undefined) return { headers };
  headers['Content-Type'] = 'application/json';
  const bytes = new TextEncoder().encode(body);
  if (bytes.byteLength < GZIP_FROM_BYTES) return { headers, body: bytes };
  headers['Content-Encoding'] = 'gzip';
  return { headers, body: await gzip(bytes) };
}

/** As one piece: a body that is a stream needs HTTP/2. */
async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  const { writable, readable } = new CompressionStream('gzip');
  const writer = writable.getWriter();
  const [zipped] = await Promise.all([
    new Response(readable).arrayBuffer(),
    writer.write(bytes),
    writer.close(),
  ]);
  return zipped;
}

/** Undefined when it is larger than any answer of ours. */
async function readText(response: Response): Promise<string | undefined> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return parts.join('') + decoder.decode();
    length += value.byteLength;
    if (length > MAX_REPLY_BYTES) return undefined;
    parts.push(decoder.decode(value, { stream: true }));
  }
}

/** The data of each message of the live feed, until the feed ends, falls silent, or `signal` says so. Never rejects. */
export async function* followLive(target: Target, signal: AbortSignal): AsyncGenerator<string, void> {
  const end = new AbortController();
  const stop = () => end.abort();
  signal.addEventListener('abort', stop);
  let silence = setTimeout(stop, LIVE_SILENCE_MS);
  try {
    const response = await fetch(`${target.address}/v1/live`, {
      ...UNKEPT,
      headers: { Authorization: `Bearer ${target.token}`, Accept: 'text/event-stream' },
      signal: end.signal,
    });
    // A proxy's page, an endpoint that is stopping, a token that is no longer good.
    if (!response.ok || !response.headers.get('content-type')?.startsWith('text/event-stream')) return;
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const read = createLiveReader();
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) return;
      clearTimeout(silence);
      silence = setTimeout(stop, LIVE_SILENCE_MS);
      const found = read(piece.value);
      if (found === 'too-long') return;
      yield* found;
    }
  } catch {
    // The line broke, or we were told to stop: both are an end. What the reader of the messages throws does not come here.
    return;
  } finally {
    clearTimeout(silence);
    signal.removeEventListener('abort', stop);
    end.abort();
  }
}

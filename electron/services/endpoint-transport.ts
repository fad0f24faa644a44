// The main process's requests to an endpoint, over Node's own http: it follows no redirect, keeps no cookie and says why a
// connection failed. Nothing here rejects: whatever happens is a reply.

import { request as requestHttp, type IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { promisify } from 'node:util';
import { createGunzip, gzip } from 'node:zlib';
import { endpointUrl } from '#shared/sync/endpoint-address.ts';
import { createLiveReader } from '#shared/sync/live-messages.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';
import { GZIP_FROM_BYTES, LIVE_SILENCE_MS, MAX_REPLY_BYTES } from '#shared/sync/transport-limits.ts';
import { isTlsFault } from './tls-fault.ts';

const zip = promisify(gzip);

export interface EndpointRequest {
  readonly address: string;
  readonly token?: string | undefined;
  readonly method: 'GET' | 'POST' | 'DELETE';
  readonly path: string;
  readonly body?: string | undefined;
  /** For all of it, down to the last byte of the answer. */
  readonly timeoutMs: number;
}

export interface LiveListener {
  readonly news: (text: string) => void;
  /** Once. Not after a stop. */
  readonly end: () => void;
}

export interface EndpointTransport {
  request(request: EndpointRequest): Promise<RawReply>;
  /** @returns how to end it */
  listen(target: { readonly address: string; readonly token: string }, on: LiveListener): () => void;
}

/**
 * @param trusted certificates of the endpoint's own authority, PEM; absent: those that Node trusts
 * @param silenceMs a live feed that says nothing for so long is dead, whether it has begun or not
 */
export function createEndpointTransport(trusted?: string, silenceMs = LIVE_SILENCE_MS): EndpointTransport {
  const ca = trusted === undefined ? {} : { ca: trusted };

  async function open(
    request: Omit<EndpointRequest, 'timeoutMs'>,
    signal: AbortSignal,
  ): Promise<IncomingMessage> {
    const { address, token, method, path, body } = request;
    const url = endpointUrl(address, path);
    if (!url) throw new TypeError('not a route of the endpoint');
    const sent = body === undefined ? undefined : await contentOf(body);
    const headers = {
      Accept: 'application/json, text/event-stream',
      'Accept-Encoding': 'gzip',
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      ...(sent?.headers ?? (method === 'POST' ? { 'Content-Length': 0 } : {})),
    };
    return new Promise((resolve, reject) => {
      const send = url.protocol === 'https:' ? requestHttps : requestHttp;
      send(url, { method, headers, signal, ...ca }, resolve)
        .on('error', reject)
        .end(sent?.bytes);
    });
  }

  return {
    async request(request) {
      const end = new AbortController();
      let isLate = false;
      const timer = setTimeout(() => {
        isLate = true;
        end.abort();
      }, request.timeoutMs);
      try {
        const response = await open(request, end.signal);
        const status = response.statusCode ?? 0;
        // Followed by nobody: the token is for one place. A browser says no more about it either.
        if (status >= 300 && status < 400) return { kind: 'failed', because: 'network' };
        const text = await readText(response);
        if (text === undefined) return { kind: 'failed', because: 'network' };
        return { kind: 'http', status, retryAfter: response.headers['retry-after'] ?? null, text };
      } catch (error) {
        if (isLate) return { kind: 'failed', because: 'timeout' };
        return { kind: 'failed', because: isTlsFault(error) ? 'tls' : 'network' };
      } finally {
        clearTimeout(timer);
        // Frees the line where nobody read to the end.
        end.abort();
      }
    },

    listen(target, { news, end }) {
      const stop = new AbortController();
      let isStopped = false;
      const request = { ...target, method: 'GET', path: '/v1/live' } as const;
      const silence = setTimeout(() => stop.abort(), silenceMs);
      void open(request, stop.signal)
        .then((response) => follow(response, { signal: stop.signal, silence, news }))
        // A broken line ends the feed like any other end.
        .catch(() => undefined)
        .then(() => {
          clearTimeout(silence);
          stop.abort();
          if (!isStopped) end();
        });
      return () => {
        isStopped = true;
        stop.abort();
      };
    },
  };
}

async function contentOf(body: string) {
  const bytes = Buffer.from(body, 'utf8');
  const type = { 'Content-Type': 'application/json' };
  if (bytes.byteLength < GZIP_FROM_BYTES)
    return { bytes, headers: { ...type, 'Content-Length': bytes.byteLength } };
  const zipped = await zip(bytes);
  return {
    bytes: zipped,
    headers: { ...type, 'Content-Encoding': 'gzip', 'Content-Length': zipped.byteLength },
  };
}

/** Undefined when it is larger than any answer of ours, or in an encoding nobody asked for. @throws when it is cut off */
async function readText(response: IncomingMessage): Promise<string | undefined> {
  const encoding = response.headers['content-encoding'] ?? 'identity';
  if (encoding !== 'gzip' && encoding !== 'identity') return undefined;
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let length = 0;
  const pieces = encoding === 'gzip' ? unzipped(response) : response;
  for await (const piece of pieces as AsyncIterable<Buffer>) {
    length += piece.byteLength;
    if (length > MAX_REPLY_BYTES) return undefined;
    parts.push(decoder.decode(piece, { stream: true }));
  }
  // A line that broke under a body of unknown length ends it without an error.
  if (!response.complete) throw new Error('cut off');
  return parts.join('') + decoder.decode();
}

function unzipped(response: IncomingMessage): AsyncIterable<Buffer> {
  const unzip = createGunzip();
  // `pipe` passes no errors on.
  response.on('error', (error) => unzip.destroy(error));
  response.on('aborted', () => unzip.destroy(new Error('cut off')));
  return response.pipe(unzip);
}

async function follow(
  response: IncomingMessage,
  {
    signal,
    silence,
    news,
  }: {
    readonly signal: AbortSignal;
    readonly silence: NodeJS.Timeout;
    readonly news: (text: string) => void;
  },
): Promise<void> {
  const isFeed = response.headers['content-type']?.startsWith('text/event-stream') ?? false;
  // A proxy's page, an endpoint that is stopping, a token that is no longer good.
  if (response.statusCode !== 200 || !isFeed) return;
  const read = createLiveReader();
  const decoder = new TextDecoder();
  silence.refresh();
  for await (const piece of response as AsyncIterable<Buffer>) {
    silence.refresh();
    const found = read(decoder.decode(piece, { stream: true }));
    if (found === 'too-long' || signal.aborted) return;
    found.forEach(news);
  }
}

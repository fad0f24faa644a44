// An endpoint on a real port for the hosts to talk to: the real app over a store in memory, and, under /v1/trouble/, all
// that can stand between a till and an endpoint.

import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { getRequestListener } from '@hono/node-server';
import { createApp, DEFAULT_LIMITS } from '#server/http/app.ts';
import { hashPairingCode } from '#server/http/secrets.ts';
import { createMemoryStore } from '#server/store/memory-store.ts';
import { MAX_REPLY_BYTES } from '#shared/sync/transport-limits.ts';

/** What the tests need to know; text only, so that it reaches a page. */
export interface TrialAddresses {
  readonly endpoint: string;
  /** What only the tests may ask of it; always plain http. */
  readonly control: string;
  /** Answers everything with a page, as a captive portal does. */
  readonly stranger: string;
  /** Nobody listens. */
  readonly nobody: string;
}

export interface TrialEndpoint {
  readonly addresses: TrialAddresses;
  stop(): Promise<void>;
}

/** Vite takes the next free port after 63315 for the page of the tests. */
const PAGES = Array.from({ length: 50 }, (_, index) => `http://127.0.0.1:${63_315 + index}`);
const now = (): number => Date.now();

export async function startTrialEndpoint(tls?: { key: string; cert: string }): Promise<TrialEndpoint> {
  const store = createMemoryStore('trial');
  const quiet = { info: () => undefined, error: () => undefined };
  const limit = { perSecond: 1e6, burst: 1e6 };
  const app = createApp({
    store,
    now,
    random: randomBytes,
    log: quiet,
    limits: { ...DEFAULT_LIMITS, guess: limit },
    origins: PAGES,
    minApp: '1.0.0',
  });
  const answerAsApp = getRequestListener((request) => app.fetch(request, { address: '127.0.0.1' }), {
    overrideGlobalObjects: false,
  });
  let shops = 0;
  let landed = 0;

  /** What only the tests may ask, as text. */
  async function control(path: string): Promise<string> {
    if (path === '/landed') return String(landed);
    if (path === '/end-feeds') {
      await store.revokeTill({ shop: `shop-${shops}`, till: 'till-1', atMs: now() });
      await app.beat();
      return 'ended';
    }
    shops += 1;
    const code = `CODE-${shops}`;
    await store.createShop({ shop: `shop-${shops}`, atMs: now() });
    await store.addPairingCode({
      shop: `shop-${shops}`,
      codeHash: hashPairingCode(code),
      expiresAtMs: now() + 600_000,
    });
    return JSON.stringify({ code, shop: `shop-${shops}` });
  }

  const endpoint = await listen((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://trial');
    if (pathname === '/v1/trouble/landed') landed += 1;
    if (pathname.startsWith('/v1/trouble/')) void trouble(pathname.slice(12), request, response);
    else void answerAsApp(request, response);
  }, tls);
  const controls = await listen((request, response) => {
    void control(request.url ?? '').then((text) => allow(request, response).end(text));
  });
  const stranger = await listen((request, response) => {
    allow(request, response).setHeader('Content-Type', 'text/html').end('<h1>Free Wi-Fi</h1>');
  });
  const nobody = await listen(() => undefined);
  await close(nobody);
  return {
    addresses: {
      endpoint: endpoint.origin,
      control: controls.origin,
      stranger: stranger.origin,
      nobody: nobody.origin,
    },
    async stop() {
      app.stop();
      await Promise.all([endpoint, controls, stranger].map(close));
    },
  };
}

interface Listening {
  readonly server: Server;
  readonly origin: string;
}

async function listen(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
  tls?: { key: string; cert: string },
): Promise<Listening> {
  const server = tls ? createTlsServer(tls, answer) : createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, origin: `${tls ? 'https' : 'http'}://127.0.0.1:${port}` };
}

async function close({ server }: Listening): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

/** Without these a page is told nothing, whatever came. */
function allow(request: IncomingMessage, response: ServerResponse): ServerResponse {
  const headers = {
    'Access-Control-Allow-Origin': request.headers.origin ?? '*',
    'Access-Control-Allow-Headers': 'authorization, content-type, content-encoding',
    'Access-Control-Allow-Methods': 'GET, POST, DELETE',
    'Access-Control-Expose-Headers': 'Retry-After',
  };
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  return response;
}

async function trouble(kind: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  allow(request, response);
  if (request.method === 'OPTIONS') return void response.end();
  const body: Buffer[] = [];
  for await (const part of request) body.push(part as Buffer);
  switch (kind) {
    case 'echo':
      return void response.end(JSON.stringify({ ...request.headers, bytes: Buffer.concat(body).length }));
    case 'redirect':
      return void response.writeHead(307, { Location: '/v1/trouble/landed' }).end();
    case 'busy':
      return void response.writeHead(429, { 'Retry-After': '17' }).end('later');
    case 'page':
      return void response.writeHead(200, { 'Content-Type': 'text/html' }).end('<h1>İyi günler</h1>');
    case 'reset':
      // Under TLS there is only the end of the line.
      if (request.socket instanceof TLSSocket) return void request.socket.destroy();
      return void request.socket.resetAndDestroy();
    case 'half':
      response.writeHead(200, { 'Content-Length': '1000' }).write('half');
      return void setImmediate(() => request.socket.destroy());
    case 'half-zip': {
      const zipped = gzipSync(randomBytes(10_000).toString('hex'));
      response.writeHead(200, { 'Content-Encoding': 'gzip' }).write(zipped.subarray(0, 5000));
      return void setImmediate(() => request.socket.destroy());
    }
    case 'not-zip':
      return void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('plain');
    case 'huge': {
      const zipped = gzipSync(Buffer.alloc(MAX_REPLY_BYTES + 1, 'x'));
      return void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(zipped);
    }
    case 'no-end':
      return void response.writeHead(200).write('{"never":');
    case 'silent':
      return;
    default:
      return void response.writeHead(404).end();
  }
}

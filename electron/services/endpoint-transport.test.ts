// What only this transport promises; what it shares with the browser's is in tests/contract/endpoint-link.contract.ts.

import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createEndpointTransport } from './endpoint-transport.ts';

const { request, listen } = (() => {
  const transport = createEndpointTransport();
  return {
    request: (path: string, address: string) =>
      transport.request({ address, token: 'token', method: 'GET', path, timeoutMs: 10_000 }),
    listen: (address: string, on: Parameters<typeof transport.listen>[1]) =>
      transport.listen({ address, token: 'token' }, on),
  };
})();

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serve(answer: (path: string, response: ServerResponse) => unknown): Promise<string> {
  const server = createServer((asked, response) => void answer(asked.url ?? '', response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const feedHeaders = { 'Content-Type': 'text/event-stream' };

/** What is heard until the end. */
function hearAll(address: string): Promise<string[]> {
  const heard: string[] = [];
  return new Promise((resolve) => {
    listen(address, { news: (text) => heard.push(text), end: () => resolve(heard) });
  });
}

test.each(['/metrics', '/v1/../metrics', '/v1/%2e%2e/metrics', '@127.0.0.1/v1/', ''])(
  'nothing is asked of %j',
  async (path) => {
    const asked: string[] = [];
    const address = await serve((heard, response) => {
      asked.push(heard);
      response.end('told');
    });
    expect(await request(path, address)).toEqual({ kind: 'failed', because: 'network' });
    expect(asked).toEqual([]);
  },
);

test('a token that no header can carry is no reason to break', async () => {
  const address = await serve((_path, response) => void response.end());
  const transport = createEndpointTransport();
  const reply = await transport.request({
    address,
    token: 'a\r\nb',
    method: 'GET',
    path: '/v1/tills',
    timeoutMs: 10_000,
  });
  expect(reply).toEqual({ kind: 'failed', because: 'network' });
});

test('an encoding nobody asked for is no answer', async () => {
  const address = await serve((_path, response) => {
    response.writeHead(200, { 'Content-Encoding': 'br' }).end('x');
  });
  expect(await request('/v1/tills', address)).toEqual({ kind: 'failed', because: 'network' });
});

test('a feed in pieces cut anywhere, letters too, is read as it was meant', async () => {
  const bytes = Buffer.from(': open\r\n\r\ndata: {"ş":1}\r\n\r\ndata: 2\n\n', 'utf8');
  const address = await serve(async (_path, response) => {
    response.writeHead(200, feedHeaders);
    for (const byte of bytes) await new Promise((sent) => response.write(Buffer.of(byte), sent));
    response.end();
  });
  expect(await hearAll(address)).toEqual(['{"ş":1}', '2']);
});

test.each([
  [
    'a page',
    (response: ServerResponse) => response.writeHead(200, { 'Content-Type': 'text/html' }).end('data: x\n\n'),
  ],
  ['a refusal', (response: ServerResponse) => response.writeHead(401, feedHeaders).end('data: x\n\n')],
  ['a redirect', (response: ServerResponse) => response.writeHead(302, { Location: '/v1/other' }).end()],
  [
    'a line without an end',
    (response: ServerResponse) => response.writeHead(200, feedHeaders).write('x'.repeat(1e6)),
  ],
  ['a broken line', (response: ServerResponse) => response.socket?.destroy()],
])('%s is no feed: it ends, and nothing was heard', async (_what, answer) => {
  const asked: string[] = [];
  const address = await serve((path, response) => {
    asked.push(path);
    answer(response);
  });
  expect(await hearAll(address)).toEqual([]);
  expect(asked).toEqual(['/v1/live']);
});

test.each([
  ['never answers', () => undefined],
  [
    'answers, and then says nothing',
    (response: ServerResponse) => response.writeHead(200, feedHeaders).write(''),
  ],
])('a feed that %s is over after a while', async (_what, answer) => {
  const address = await serve((_path, response) => answer(response));
  const transport = createEndpointTransport(undefined, 50);
  const heard: string[] = [];
  await new Promise<void>((resolve) => {
    transport.listen({ address, token: 'token' }, { news: (text) => heard.push(text), end: resolve });
  });
  expect(heard).toEqual([]);
});

test('a stopped feed says nothing more, not even that it ended, and lets the line go', async () => {
  let onGone: () => void = () => undefined;
  const gone = new Promise<void>((resolve) => (onGone = resolve));
  const address = await serve((_path, response) => {
    response.on('close', onGone);
    response.writeHead(200, feedHeaders).write('data: 1\n\n');
  });
  const heard: string[] = [];
  await new Promise<void>((resolve) => {
    const stop = listen(address, {
      news(text) {
        heard.push(text);
        stop();
        stop();
        resolve();
      },
      end: () => heard.push('end'),
    });
  });
  await gone;
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual(['1']);
});

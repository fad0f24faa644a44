import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cacheControl, contentType, fileFor, serve } from '../../scripts/setup/static-server.mjs';

let folder = '';
let site: { origin: string; close(): Promise<void> };
let port = 0;

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  body: string;
}

/** Not `fetch`: it tidies paths and refuses a foreign Host, and both are what is tested here. */
function ask(path: string, { host = `127.0.0.1:${port}`, method = 'GET' } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asking = request({ host: '127.0.0.1', port, path, method, headers: { host } }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    asking.on('error', reject).end();
  });
}

beforeAll(async () => {
  const parent = mkdtempSync(join(tmpdir(), 'tenpunch-server-'));
  folder = join(parent, 'dist');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(parent, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<p>till</p>');
  writeFileSync(join(folder, '.build-stamp'), 'stamp');
  writeFileSync(join(folder, 'assets', 'app-D3adB33f.js'), 'export {};');
  site = await serve({ folder, host: '127.0.0.1', port: 0, version: '1.2.3' });
  port = Number(new URL(site.origin).port);
});
afterAll(async () => {
  await site.close();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

test('the page comes at / with every protecting header and is never kept', async () => {
  const { status, headers, body } = await ask('/');
  expect([status, body]).toEqual([200, '<p>till</p>']);
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
});

test('a hashed asset is kept for ever', async () => {
  const { headers } = await ask('/assets/app-D3adB33f.js?x=1');
  expect(headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': expect.stringContaining('immutable') as string,
  });
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/assets/..%5c..%5csecret.txt',
  '//etc/passwd',
  '/.build-stamp',
  '/assets/',
  '/assets',
  '/missing.js',
  '/%',
  '/%00',
])('%s is not there', async (path) => {
  const { status, body } = await ask(path);
  expect(status).toBe(404);
  expect(body).not.toMatch(/secret|stamp/);
});

test('another name for this machine gets nothing', async () => {
  for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `[::1]:${port}`]) {
    expect(await ask('/', { host })).toMatchObject({ status: 421 });
  }
});

test('localhost is sent to the one address the data belongs to', async () => {
  const { status, headers } = await ask('/#/day', { host: `localhost:${port}` });
  expect([status, headers['location']]).toEqual([308, `http://127.0.0.1:${port}/#/day`]);
});

test('nothing can be sent to it', async () => {
  expect(await ask('/', { method: 'POST' })).toMatchObject({ status: 405 });
  expect(await ask('/', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
});

test('a second start finds the first', async () => {
  const second = serve({ folder, host: '127.0.0.1', port, version: '9' });
  expect(await second).toEqual({ kind: 'already-running', origin: site.origin, version: '1.2.3' });
});

test('a port another program holds is an error that names it, never another port', async () => {
  const other = createServer((_request, response) => response.end('something else'));
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const taken = (other.address() as AddressInfo).port;
  const attempt = serve({ folder, host: '127.0.0.1', port: taken, version: '9' });
  await expect(attempt).rejects.toThrow(`Port ${taken} is used by another program`);
  other.closeAllConnections();
  await new Promise((resolve) => other.close(resolve));
});

describe('rules by name', () => {
  test('types', () => {
    const names = [
      'a.svg',
      'a.woff2',
      'a.wasm',
      'a.csv',
      'a.json',
      'a.wav',
      'a.mp3',
      'a.webmanifest',
      'a.css',
      'a.xyz',
    ];
    expect(names.map((name) => (contentType(name) as string).split(';')[0])).toEqual([
      'image/svg+xml',
      'font/woff2',
      'application/wasm',
      'text/csv',
      'application/json',
      'audio/wav',
      'audio/mpeg',
      'application/manifest+json',
      'text/css',
      'application/octet-stream',
    ]);
  });

  test('only what carries a hash below assets/ is kept', () => {
    expect(cacheControl('/x/dist/assets/inter-Bv3_x9-k.woff2')).toMatch(/immutable/);
    expect(cacheControl('/x/dist/assets/plain.js')).toBe('no-cache');
    expect(cacheControl('/x/dist/index.html')).toBe('no-cache');
  });

  test('a path never leaves the folder', () => {
    expect(fileFor('/x/dist', '/assets/a.js')).toBe(join('/x/dist', 'assets', 'a.js'));
    expect(fileFor('/x/dist', '/../dist-electron/main.js')).toBeUndefined();
  });
});

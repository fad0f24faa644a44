import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Log } from '#shared/lib/ports.ts';
import { respond, SCHEMES, SECURITY_HEADERS } from './protocol.ts';

const log: Log = { info: () => undefined, error: () => undefined };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenpunch-protocol-'));
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
});
afterEach(() => rm(folder, { recursive: true }));

const get = (url: string, method = 'GET') => respond({ method, url }, folder, log);

test('serves a built file with its type and every security header', async () => {
  const response = await get('app://tenpunch/index.html');
  expect(response.status).toBe(200);
  expect(await response.text()).toBe('<!doctype html>');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  for (const [name, value] of Object.entries(SECURITY_HEADERS))
    expect(response.headers.get(name)).toBe(value);
});

test('a missing file and a path outside are both "not found", headers included', async () => {
  for (const url of ['app://tenpunch/missing.js', 'app://tenpunch/..%2fsecret.json']) {
    const response = await get(url);
    expect(response.status).toBe(404);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe('');
  }
});

test('HEAD answers without a body, writing methods are refused', async () => {
  const head = await get('app://tenpunch/', 'HEAD');
  expect(head.status).toBe(200);
  expect(await head.text()).toBe('');
  expect((await get('app://tenpunch/index.html', 'POST')).status).toBe(405);
});

test('nobody may frame, sniff or learn the address; the page connects to nowhere; devices are off', () => {
  expect(SECURITY_HEADERS).toMatchObject({
    'Content-Security-Policy': "frame-ancestors 'none'; connect-src 'self'",
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  });
  expect(SECURITY_HEADERS['Permissions-Policy']).toContain('camera=()');
  expect(Object.keys(SECURITY_HEADERS).map((name) => name.toLowerCase())).not.toContain(
    'access-control-allow-origin',
  );
});

test('the scheme has an origin and bypasses nothing', () => {
  expect(SCHEMES).toHaveLength(1);
  expect(SCHEMES[0]?.scheme).toBe('app');
  expect(SCHEMES[0]?.privileges).toMatchObject({ standard: true, secure: true });
  expect(SCHEMES[0]?.privileges).not.toHaveProperty('bypassCSP');
  expect(SCHEMES[0]?.privileges).not.toHaveProperty('allowExtensions');
  expect(SCHEMES[0]?.privileges).not.toHaveProperty('allowServiceWorkers');
});

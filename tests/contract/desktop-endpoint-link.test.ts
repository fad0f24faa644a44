// The desktop's way to the endpoint: the page's side, the real handlers and the real transport, over plain http and over
// TLS. Only the pipe between the processes and the key store are played. The certificates are made by openssl, good for a
// hundred years and trusted by nobody but these tests.

import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createEndpointHandlers } from '#electron/ipc/handlers/endpoint-handlers.ts';
import { createEndpointTransport } from '#electron/services/endpoint-transport.ts';
import { createSecretsFile, type KeyStore } from '#electron/services/secrets-file.ts';
import { writeWholeFile } from '#electron/services/write-whole-file.ts';
import { createDesktopEndpointLink } from '#renderer/platform/desktop-endpoint-link.ts';
import { bridgeTo, NOT_ASKED } from './desktop-bridge.ts';
import { describeEndpointLink } from './endpoint-link.contract.ts';
import { startTrialEndpoint, type TrialEndpoint } from './trial-endpoint.ts';

const log = { info: () => undefined, error: () => undefined };
const pem = (name: string) => readFile(new URL(`certificates/${name}.pem`, import.meta.url), 'utf8');

/** Nothing of the text is left in the bytes, as with a real one. */
const keyStore: KeyStore = {
  isAvailable: async () => true,
  encrypt: async (text) => Buffer.from(text, 'utf8').map((byte) => byte ^ 0x5a),
  decrypt: async (bytes) => ({
    text: Buffer.from(bytes.map((byte) => byte ^ 0x5a)).toString('utf8'),
    isStale: false,
  }),
};

function createLink(file: string, trusted?: string, keys = keyStore) {
  const secrets = createSecretsFile({ file, keyStore: keys, writeWholeFile, log });
  return createDesktopEndpointLink(
    bridgeTo({
      ...NOT_ASKED,
      ...createEndpointHandlers({ secrets, transport: createEndpointTransport(trusted), log }),
    }),
  );
}

async function withFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tenpunch-link-'));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

let plain: TrialEndpoint;
let secure: TrialEndpoint;
let otherName: TrialEndpoint;
let trusted: string;
beforeAll(async () => {
  const key = await pem('key');
  trusted = await pem('this-computer');
  plain = await startTrialEndpoint();
  secure = await startTrialEndpoint({ key, cert: trusted });
  otherName = await startTrialEndpoint({ key, cert: await pem('other-name') });
});
afterAll(() => Promise.all([plain, secure, otherName].map((trial) => trial.stop())));

describeEndpointLink('desktop', (use) =>
  withFolder((folder) => {
    const restart = () => createLink(join(folder, 'endpoint.bin'));
    return use({ link: restart(), restart, addresses: plain.addresses });
  }),
);

describeEndpointLink('desktop over TLS', (use) =>
  withFolder((folder) => {
    const restart = () => createLink(join(folder, 'endpoint.bin'), trusted);
    return use({ link: restart(), restart, addresses: secure.addresses });
  }),
);

const request = {
  code: 'CODE',
  till: 'till-1',
  name: 'Till',
  app: '1.2.3',
  shopKey: `${'A'.repeat(43)}=`,
};

async function codeFrom(trial: TrialEndpoint): Promise<string> {
  const answer = await fetch(`${trial.addresses.control}/code`);
  return ((await answer.json()) as { code: string }).code;
}

test.each([
  ['a certificate that nobody we trust has signed', () => secure.addresses.endpoint, undefined],
  ['a certificate of another name', () => otherName.addresses.endpoint, 'other-name'],
  ['no TLS at all', () => plain.addresses.endpoint.replace('http:', 'https:'), undefined],
] as const)('%s is told as such, and no code is spent on it', (_what, address, trust) =>
  withFolder(async (folder) => {
    const link = createLink(join(folder, 'endpoint.bin'), trust && (await pem(trust)));
    const outcome = await link.pair({ ...request, address: address() });
    expect(outcome).toEqual({ ok: false, error: { code: 'tls' } });
    expect(await link.find()).toBeUndefined();
  }),
);

test('a certificate that goes bad later stops the till’s requests, as what it is', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'endpoint.bin');
    const paired = await createLink(file, trusted).pair({
      ...request,
      address: secure.addresses.endpoint,
      code: await codeFrom(secure),
    });
    expect(paired.ok).toBe(true);
    const send = createLink(file).send({ method: 'GET', path: '/v1/tills', timeoutMs: 10_000 });
    expect(await send).toEqual({ kind: 'failed', because: 'tls' });
  }));

test('the secrets lie encrypted, readable by their owner only', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'endpoint.bin');
    const code = await codeFrom(plain);
    await createLink(file).pair({ ...request, address: plain.addresses.endpoint, code });
    const bytes = await readFile(file);
    expect(bytes.includes(request.shopKey)).toBe(false);
    expect(bytes.includes('127.0.0.1')).toBe(false);
  }));

test('without a key store a till is not paired, and the code is not spent', () =>
  withFolder(async (folder) => {
    const code = await codeFrom(plain);
    const offered = { ...request, address: plain.addresses.endpoint, code };
    const without = createLink(join(folder, 'a.bin'), undefined, {
      ...keyStore,
      isAvailable: async () => false,
    });
    expect(await without.pair(offered)).toEqual({ ok: false, error: { code: 'not-kept' } });
    expect(await createLink(join(folder, 'b.bin')).pair(offered)).toMatchObject({ ok: true });
  }));

test('secrets of another computer are none', () =>
  withFolder(async (folder) => {
    const file = join(folder, 'endpoint.bin');
    const code = await codeFrom(plain);
    await createLink(file).pair({ ...request, address: plain.addresses.endpoint, code });
    const elsewhere = { ...keyStore, decrypt: async () => ({ text: '\u0000', isStale: false }) };
    expect(await createLink(file, undefined, elsewhere).find()).toBeUndefined();
    expect(await createLink(file).find()).toMatchObject({ address: plain.addresses.endpoint });
  }));

test('a path that is not the endpoint’s is a bug of the page', () =>
  withFolder(async (folder) => {
    const link = createLink(join(folder, 'endpoint.bin'));
    for (const path of ['/metrics', '/v1/../metrics\n', '/v1/ü'])
      await expect(link.send({ method: 'GET', path, timeoutMs: 1000 })).rejects.toThrow('bad-request');
  }));

test('a main process that is ending answers nothing, and nothing breaks by it', async () => {
  const gone = async () => {
    throw new Error('reply was never sent');
  };
  const bridge = { ...bridgeTo(NOT_ASKED), endpointSend: gone, endpointNews: gone, endpointHush: gone };
  const link = createDesktopEndpointLink(bridge);
  const reply = await link.send({ method: 'GET', path: '/v1/tills', timeoutMs: 1000 });
  expect(reply).toEqual({ kind: 'failed', because: 'network' });
  const stop = await new Promise<() => void>((resolve) => {
    const end = link.listen({ news: () => undefined, end: () => resolve(end) });
  });
  stop();
});

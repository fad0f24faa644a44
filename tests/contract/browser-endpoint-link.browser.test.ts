// The browser's way to the endpoint, out of a real page into a real port: CORS, compression and private files are real.

import { expect, inject, test } from 'vitest';
import { createBrowserEndpointLink } from '#renderer/platform/browser-endpoint-link.ts';
import { describeEndpointLink } from './endpoint-link.contract.ts';

describeEndpointLink('browser', async (use) => {
  const restart = () => createBrowserEndpointLink(navigator.storage);
  await restart().unpair({ forgetsKey: true });
  try {
    await use({ link: restart(), restart, addresses: inject('trialEndpoint') });
  } finally {
    await restart().unpair({ forgetsKey: true });
  }
});

const request = {
  address: inject('trialEndpoint').endpoint,
  code: 'CODE',
  till: 'till-1',
  name: 'Till',
  app: '1.2.3',
  shopKey: 'key',
};

test('a browser without private files keeps no secret, and spends no code', async () => {
  const link = createBrowserEndpointLink(undefined);
  expect(await link.pair(request)).toEqual({ ok: false, error: { code: 'not-kept' } });
  expect(await link.find()).toBeUndefined();
});

test('a disk that is full keeps none either', async () => {
  const trial = await fetch(`${inject('trialEndpoint').control}/code`);
  const { code } = (await trial.json()) as { code: string };
  const link = createBrowserEndpointLink({
    getDirectory: async () => {
      throw new DOMException('', 'QuotaExceededError');
    },
  });
  expect(await link.pair({ ...request, code })).toEqual({ ok: false, error: { code: 'not-kept' } });
});

test('damaged secrets are none', async () => {
  const folder = await navigator.storage.getDirectory();
  const writable = await (await folder.getFileHandle('endpoint.json', { create: true })).createWritable();
  await writable.write('{"address":');
  await writable.close();
  const link = createBrowserEndpointLink(navigator.storage);
  expect(await link.find()).toBeUndefined();
  expect(await link.readShopKey()).toBeUndefined();
  await link.unpair();
});

test('secrets that can’t be removed are not said to be gone', async () => {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle('endpoint.json', { create: true });
  const writable = await handle.createWritable();
  const link = createBrowserEndpointLink(navigator.storage);
  await expect(link.unpair()).rejects.toHaveProperty('name', 'NoModificationAllowedError');
  await writable.abort();
  await link.unpair();
  await link.unpair();
});

test('a path that is not the endpoint’s is a bug of the caller', async () => {
  const link = createBrowserEndpointLink(navigator.storage);
  const send = link.send({ method: 'GET', path: '/metrics', timeoutMs: 1000 });
  await expect(send).rejects.toThrow('own routes');
});

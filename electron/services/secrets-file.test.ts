import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSecretsFile, type KeyStore } from './secrets-file.ts';
import { writeWholeFile } from './write-whole-file.ts';

let folder: string;
let logged: string[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenpunch-secrets-'));
  logged = [];
});
afterEach(() => rm(folder, { recursive: true }));

const secrets = { address: 'https://shop.example.com', shop: 'shop-1', token: 'token-1', shopKey: 'key-1' };
const log = { info: () => undefined, error: (code: string) => void logged.push(code) };
const reversed = (bytes: Uint8Array) => Buffer.from(bytes).reverse();
const keyStore: KeyStore = {
  isAvailable: async () => true,
  encrypt: async (text) => reversed(Buffer.from(text, 'utf8')),
  decrypt: async (bytes) => ({ text: reversed(bytes).toString('utf8'), isStale: false }),
};
const create = (change: Partial<KeyStore> = {}, write = writeWholeFile) =>
  createSecretsFile({
    file: join(folder, 'endpoint.bin'),
    keyStore: { ...keyStore, ...change },
    writeWholeFile: write,
    log,
  });

test('what is kept is read back, by the next start too, and forgotten when asked to', async () => {
  const file = create();
  expect(await file.read()).toBeUndefined();
  expect(await file.write(secrets)).toBe(true);
  expect(await file.read()).toEqual(secrets);
  expect(await create().read()).toEqual(secrets);
  await file.remove();
  expect(await file.read()).toBeUndefined();
  expect(await create().read()).toBeUndefined();
  expect(await readdir(folder)).toEqual([]);
  await file.remove();
  expect(logged).toEqual([]);
});

test('unpaired, the shop key stays alone, and what can’t be written changes nothing', async () => {
  await create().write(secrets);
  const full = create({}, async () => {
    throw Object.assign(new Error('injected'), { code: 'ENOSPC' });
  });
  await expect(full.keepKeyOnly()).rejects.toThrow('not kept alone');
  expect(await full.read()).toEqual(secrets);
  const file = create();
  await file.keepKeyOnly();
  for (const now of [file, create()]) {
    expect(await now.read()).toBeUndefined();
    expect(await now.readKey()).toEqual({ shop: 'shop-1', shopKey: 'key-1' });
  }
  await file.keepKeyOnly();
  expect(await file.readKey()).toEqual({ shop: 'shop-1', shopKey: 'key-1' });
  await file.remove();
  await file.keepKeyOnly();
  expect(await readdir(folder)).toEqual([]);
});

test('nothing is kept in the open, also where it could be encrypted a moment ago', async () => {
  const file = create({ isAvailable: async () => false });
  expect(await file.canKeep()).toBe(false);
  expect(await file.write(secrets)).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

test('a write that fails leaves what was there', async () => {
  await create().write(secrets);
  const full = create({}, async () => {
    throw Object.assign(new Error('injected'), { code: 'ENOSPC' });
  });
  expect(await full.read()).toEqual(secrets);
  expect(await full.write({ ...secrets, token: 'token-2' })).toBe(false);
  expect(await full.read()).toEqual(secrets);
  const refuses = create({
    encrypt: async () => {
      throw new Error('the keyring was locked');
    },
  });
  expect(await refuses.write({ ...secrets, token: 'token-2' })).toBe(false);
  expect(await create().read()).toEqual(secrets);
  expect(logged).toEqual(['secrets-not-kept', 'secrets-not-kept']);
});

test.each(['', 'not what the key store wrote', '}"1":"sserdda"{'])(
  '%j in the file: not paired',
  async (text) => {
    await writeFile(join(folder, 'endpoint.bin'), text);
    expect(await create().read()).toBeUndefined();
    expect(logged).toHaveLength(1);
    expect(await create().write(secrets)).toBe(true);
    expect((await readFile(join(folder, 'endpoint.bin'))).includes('token-1')).toBe(false);
  },
);

test('under a key that has changed they are encrypted anew', async () => {
  await create().write(secrets);
  const written: string[] = [];
  const changed = create(
    { decrypt: async (bytes) => ({ text: reversed(bytes).toString('utf8'), isStale: true }) },
    async (path, bytes) => {
      written.push(path);
      await writeWholeFile(path, bytes);
    },
  );
  expect(await changed.read()).toEqual(secrets);
  expect(await changed.read()).toEqual(secrets);
  expect(written).toEqual([join(folder, 'endpoint.bin')]);
  expect(await create().read()).toEqual(secrets);
});

test('a key store that breaks keeps nothing', async () => {
  const broken = create({
    isAvailable: async () => {
      throw new Error('no session bus');
    },
  });
  expect(await broken.canKeep()).toBe(false);
  expect(await broken.write(secrets)).toBe(false);
  expect(logged).toEqual(['no-key-store', 'secrets-not-kept']);
});

test('secrets that can’t be removed are not said to be gone', async () => {
  await mkdir(join(folder, 'endpoint.bin'));
  await writeFile(join(folder, 'endpoint.bin', 'inside'), '');
  await expect(create().remove()).rejects.toHaveProperty('code');
});

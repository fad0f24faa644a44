import { expect, test } from 'vitest';
import { createKeyStore } from './key-store.ts';

type Backend = 'basic_text' | 'gnome_libsecret' | 'kwallet5' | 'unknown';
const playing = (isEncryptionAvailable: boolean, backend: Backend) => ({
  isAsyncEncryptionAvailable: async () => isEncryptionAvailable,
  getSelectedStorageBackend: () => backend,
  encryptStringAsync: async (text: string) => Buffer.from(`sealed ${text}`),
  decryptStringAsync: async (bytes: Buffer) => ({
    result: bytes.toString().slice('sealed '.length),
    shouldReEncrypt: true,
  }),
});

test.each([
  ['linux', true, 'gnome_libsecret', true],
  ['linux', true, 'kwallet5', true],
  // "Encrypted" under a password that everybody knows.
  ['linux', true, 'basic_text', false],
  ['linux', true, 'unknown', false],
  ['linux', false, 'gnome_libsecret', false],
  ['win32', true, 'unknown', true],
  ['win32', false, 'unknown', false],
  ['darwin', true, 'unknown', true],
] as const)('%s, available: %s, %s: %s', async (platform, isEncryptionAvailable, backend, isAvailable) => {
  const keyStore = createKeyStore(playing(isEncryptionAvailable, backend), platform);
  expect(await keyStore.isAvailable()).toBe(isAvailable);
});

test('encrypts and decrypts', async () => {
  const keyStore = createKeyStore(playing(true, 'kwallet5'), 'linux');
  const bytes = await keyStore.encrypt('ş');
  expect(await keyStore.decrypt(new Uint8Array(bytes))).toEqual({ text: 'ş', isStale: true });
});

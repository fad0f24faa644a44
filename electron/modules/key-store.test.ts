import { expect, test } from 'vitest';
import { createKeyStore } from './key-store.ts';

type Backend = 'basic_text' | 'gnome_libsecret' | 'kwallet5' | 'unknown';
const playing = (isEncryptionAvailable: boolean, backend: Backend) => ({
  isEncryptionAvailable: () => isEncryptionAvailable,
  getSelectedStorageBackend: () => backend,
  encryptString: (text: string) => Buffer.from(`sealed ${text}`),
  decryptString: (bytes: Buffer) => bytes.toString().slice('sealed '.length),
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
] as const)('%s, available: %s, %s: %s', (platform, isEncryptionAvailable, backend, isAvailable) => {
  expect(createKeyStore(playing(isEncryptionAvailable, backend), platform).isAvailable()).toBe(isAvailable);
});

test('encrypts and decrypts', () => {
  const { encrypt, decrypt } = (() => {
    const store = createKeyStore(playing(true, 'kwallet5'), 'linux');
    return {
      encrypt: (text: string) => store.encrypt(text),
      decrypt: (bytes: Uint8Array) => store.decrypt(bytes),
    };
  })();
  expect(decrypt(new Uint8Array(encrypt('ş')))).toBe('ş');
});

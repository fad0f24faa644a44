import type { SafeStorage } from 'electron';
import type { KeyStore } from '#electron/services/secrets-file.ts';

/** Not a key store but a password that is the same on every computer. */
const OPEN_TO_ALL: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

export function createKeyStore(
  safeStorage: Pick<
    SafeStorage,
    'isEncryptionAvailable' | 'encryptString' | 'decryptString' | 'getSelectedStorageBackend'
  >,
  platform: NodeJS.Platform,
): KeyStore {
  return {
    isAvailable: () =>
      safeStorage.isEncryptionAvailable() &&
      // The others have exactly one, and no such question.
      (platform !== 'linux' || !OPEN_TO_ALL.has(safeStorage.getSelectedStorageBackend())),
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
  };
}

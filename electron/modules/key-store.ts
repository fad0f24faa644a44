import type { SafeStorage } from 'electron';
import type { KeyStore } from '#electron/services/secrets-file.ts';

/** Not a key store but a password that is the same on every computer. */
const OPEN_TO_ALL: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

/** Good once the app is `ready`. */
export function createKeyStore(
  safeStorage: Pick<
    SafeStorage,
    'isAsyncEncryptionAvailable' | 'encryptStringAsync' | 'decryptStringAsync' | 'getSelectedStorageBackend'
  >,
  platform: NodeJS.Platform,
): KeyStore {
  return {
    async isAvailable() {
      // The others have exactly one, and no such question.
      if (platform === 'linux' && OPEN_TO_ALL.has(safeStorage.getSelectedStorageBackend())) return false;
      return safeStorage.isAsyncEncryptionAvailable();
    },
    encrypt: (text) => safeStorage.encryptStringAsync(text),
    async decrypt(bytes) {
      const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(bytes));
      return { text: result, isStale: shouldReEncrypt };
    },
  };
}

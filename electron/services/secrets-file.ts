// What belongs to the pairing, in one file that only this computer's key store can read: endpoint, token and shop key. A
// profile folder that is copied elsewhere takes no pairing along.
//
// Where there is no key store (Linux without a keyring; Electron would then "encrypt" under a password that everybody
// knows) nothing is kept and the till can't be paired. To keep the token in the open and say so would look safe to everybody
// but the one who reads it: a keyring is installed once. The browser host remains for those who accept what browsers do.

import { readFile, rm } from 'node:fs/promises';
import * as z from 'zod/mini';
import type { Log } from '#shared/lib/ports.ts';
import { errorCode } from './error-code.ts';
import type { WriteWholeFile } from './write-whole-file.ts';

const text = z.string().check(z.minLength(1));
const secretsSchema = z.object({ address: text, shop: text, token: text, shopKey: text });
export type EndpointSecrets = Readonly<z.infer<typeof secretsSchema>>;

/** The computer's key store. Its functions throw what they like. */
export interface KeyStore {
  isAvailable(): boolean;
  encrypt(text: string): Uint8Array;
  decrypt(bytes: Uint8Array): string;
}

export interface SecretsFile {
  /** Asked before a code is redeemed: a code is good once. */
  canKeep(): boolean;
  /** Undefined: there are none, or they are not readable here. */
  read(): Promise<EndpointSecrets | undefined>;
  /** @returns whether they were kept; if not, what was there before remains */
  write(secrets: EndpointSecrets): Promise<boolean>;
  /** @throws when the file can't be removed: the secrets are still there then */
  remove(): Promise<void>;
}

export function createSecretsFile(setting: {
  readonly file: string;
  readonly keyStore: KeyStore;
  readonly writeWholeFile: WriteWholeFile;
  readonly log: Log;
}): SecretsFile {
  const { file, keyStore, writeWholeFile, log } = setting;
  /** One process owns the file, so that it is read and decrypted once. */
  let known: { readonly secrets: EndpointSecrets | undefined } | undefined;

  async function load(): Promise<EndpointSecrets | undefined> {
    try {
      const parsed = secretsSchema.safeParse(JSON.parse(keyStore.decrypt(await readFile(file))));
      if (!parsed.success) log.error('secrets-damaged');
      return parsed.data;
    } catch (error) {
      // Another computer's, a key store that was emptied, half a disk. Pairing again mends all of it.
      if (errorCode(error) !== 'ENOENT') log.error('secrets-unreadable', { code: errorCode(error) });
      return undefined;
    }
  }

  return {
    canKeep: () => keyStore.isAvailable(),
    async read() {
      known ??= { secrets: await load() };
      return known.secrets;
    },
    async write(secrets) {
      try {
        if (!keyStore.isAvailable()) return false;
        await writeWholeFile(file, keyStore.encrypt(JSON.stringify(secrets)));
        known = { secrets };
        return true;
      } catch (error) {
        log.error('secrets-not-kept', { code: errorCode(error) });
        return false;
      }
    },
    async remove() {
      await rm(file, { force: true });
      known = { secrets: undefined };
    },
  };
}

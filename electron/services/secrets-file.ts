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
const keptKeySchema = z.object({ shop: text, shopKey: text });
const secretsSchema = z.extend(keptKeySchema, { address: text, token: text });
const fileSchema = z.union([secretsSchema, keptKeySchema]);
type KeptKey = Readonly<z.infer<typeof keptKeySchema>>;
export type EndpointSecrets = Readonly<z.infer<typeof secretsSchema>>;

/** The computer's key store; it may ask its user first. Rejects with what it likes. */
export interface KeyStore {
  isAvailable(): Promise<boolean>;
  encrypt(text: string): Promise<Uint8Array>;
  /** `isStale`: the key has changed since, and what was decrypted should be encrypted anew. */
  decrypt(bytes: Uint8Array): Promise<{ readonly text: string; readonly isStale: boolean }>;
}

export interface SecretsFile {
  /** Asked before a code is redeemed: a code is good once. */
  canKeep(): Promise<boolean>;
  /** Undefined: there are none, or they are not readable here. */
  read(): Promise<EndpointSecrets | undefined>;
  /** @returns whether they were kept; if not, what was there before remains */
  write(secrets: EndpointSecrets): Promise<boolean>;
  /** Of a pairing that is, or was. */
  readKey(): Promise<KeptKey | undefined>;
  /** Leaves the shop key of it all. @throws when the rest can't be removed: the secrets are still there then */
  keepKeyOnly(): Promise<void>;
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
  let known: Promise<EndpointSecrets | KeptKey | undefined> | undefined;

  async function load(): Promise<EndpointSecrets | KeptKey | undefined> {
    try {
      const { text: json, isStale } = await keyStore.decrypt(await readFile(file));
      const { data: secrets } = fileSchema.safeParse(JSON.parse(json));
      if (!secrets) log.error('secrets-damaged');
      else if (isStale) await keep(secrets);
      return secrets;
    } catch (error) {
      // Another computer's, a key store that was emptied, half a disk. Pairing again mends all of it.
      if (errorCode(error) !== 'ENOENT') log.error('secrets-unreadable', { code: errorCode(error) });
      return undefined;
    }
  }

  async function keep(secrets: EndpointSecrets | KeptKey): Promise<boolean> {
    try {
      if (!(await keyStore.isAvailable())) return false;
      await writeWholeFile(file, await keyStore.encrypt(JSON.stringify(secrets)));
      return true;
    } catch (error) {
      log.error('secrets-not-kept', { code: errorCode(error) });
      return false;
    }
  }

  async function readFileOnce(): Promise<EndpointSecrets | KeptKey | undefined> {
    known ??= load();
    return await known;
  }

  async function remove(): Promise<void> {
    await rm(file, { force: true });
    known = Promise.resolve(undefined);
  }

  return {
    async canKeep() {
      try {
        return await keyStore.isAvailable();
      } catch (error) {
        log.error('no-key-store', { code: errorCode(error) });
        return false;
      }
    },
    async read() {
      const kept = await readFileOnce();
      return kept && 'token' in kept ? kept : undefined;
    },
    readKey: readFileOnce,
    async keepKeyOnly() {
      const kept = await readFileOnce();
      if (!kept) return await remove();
      const { shop, shopKey } = kept;
      if (!(await keep({ shop, shopKey }))) throw new Error('the shop key was not kept alone');
      known = Promise.resolve({ shop, shopKey });
    },
    async write(secrets) {
      const isKept = await keep(secrets);
      if (isKept) known = Promise.resolve(secrets);
      return isKept;
    },
    remove,
  };
}

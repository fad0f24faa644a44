// Where a browser keeps what belongs to the pairing: in the origin's private files, which no other page can read. Whoever
// can read the profile folder can read it, like the ledger beside it; the desktop has the system's key store instead.

import * as z from 'zod/mini';
import { isUnsupported, type FileStorage } from './private-files.ts';

const FILE = 'endpoint.json';
/** An address, an id, a token and a key; anything longer is not ours. */
const MAX_CHARACTERS = 4000;

const text = z.string().check(z.minLength(1), z.maxLength(1000));
const secretsSchema = z.object({ address: text, shop: text, token: text, shopKey: text });
export type EndpointSecrets = Readonly<z.infer<typeof secretsSchema>>;

export interface SecretsFile {
  /** Read anew each time: another window may have paired or unpaired. Undefined: nothing there, or nothing readable. */
  read(): Promise<EndpointSecrets | undefined>;
  /** Whole or not at all. @returns whether it was kept */
  write(secrets: EndpointSecrets): Promise<boolean>;
  /** @throws when it can't be removed: the secrets are still there then */
  remove(): Promise<void>;
}

export function createSecretsFile(storage: FileStorage | undefined): SecretsFile {
  const root = async () => await storage?.getDirectory?.();
  return {
    read: () =>
      orElse(undefined, async () => {
        const file = await (await (await root())?.getFileHandle(FILE))?.getFile();
        if (!file || file.size > MAX_CHARACTERS) return undefined;
        return secretsSchema.safeParse(JSON.parse(await file.text())).data;
      }),
    write: (secrets) =>
      orElse(false, async () => {
        const handle = await (await root())?.getFileHandle(FILE, { create: true });
        if (!handle) return false;
        // What is written lies beside the file until close() puts it in its place.
        const writable = await handle.createWritable();
        await writable.write(JSON.stringify(secrets));
        await writable.close();
        return true;
      }),
    async remove() {
      try {
        await (await root())?.removeEntry(FILE);
      } catch (error) {
        // Not there, or nothing can be: gone either way.
        const isMissing = error instanceof DOMException && error.name === 'NotFoundError';
        if (!isMissing && !isUnsupported(error)) throw error;
      }
    },
  };
}

async function orElse<Value>(otherwise: Value, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    // Missing, damaged, refused, or the disk is full.
    if (error instanceof DOMException || error instanceof SyntaxError || isUnsupported(error))
      return otherwise;
    throw error;
  }
}

// Where a browser keeps what belongs to the pairing: in the origin's private files, which no other page can read. Whoever
// can read the profile folder can read it, like the ledger beside it; the desktop has the system's key store instead.

import * as z from 'zod/mini';
import { isUnsupported, type FileStorage } from './private-files.ts';

const FILE = 'endpoint.json';
/** An address, an id, a token and a key; anything longer is not ours. */
const MAX_CHARACTERS = 4000;

const text = z.string().check(z.minLength(1), z.maxLength(1000));
const keptKeySchema = z.object({ shop: text, shopKey: text });
const secretsSchema = z.extend(keptKeySchema, { address: text, token: text });
export type KeptKey = Readonly<z.infer<typeof keptKeySchema>>;
export type EndpointSecrets = Readonly<z.infer<typeof secretsSchema>>;

export interface SecretsFile {
  /** Read anew each time: another window may have paired or unpaired. Undefined: nothing there, or nothing readable. */
  read(): Promise<EndpointSecrets | undefined>;
  /** Whole or not at all. @returns whether it was kept */
  write(secrets: EndpointSecrets): Promise<boolean>;
  /** Of a pairing that is, or was. */
  readKey(): Promise<KeptKey | undefined>;
  /** Leaves the key of it all. @throws when the rest can't be removed: the secrets are still there then */
  keepKeyOnly(): Promise<void>;
  /** @throws when it can't be removed: the secrets are still there then */
  remove(): Promise<void>;
}

export function createSecretsFile(storage: FileStorage | undefined): SecretsFile {
  const root = async () => await storage?.getDirectory?.();
  const readAs = <Schema extends z.ZodMiniType>(schema: Schema) =>
    orElse<z.output<Schema> | undefined>(undefined, async () => {
      const file = await (await (await root())?.getFileHandle(FILE))?.getFile();
      if (!file || file.size > MAX_CHARACTERS) return undefined;
      return schema.safeParse(JSON.parse(await file.text())).data;
    });
  const readKey = () => readAs(keptKeySchema);

  async function put(kept: KeptKey): Promise<boolean> {
    const handle = await (await root())?.getFileHandle(FILE, { create: true });
    if (!handle) return false;
    // What is written lies beside the file until close() puts it in its place.
    const writable = await handle.createWritable();
    await writable.write(JSON.stringify(kept));
    await writable.close();
    return true;
  }

  async function remove(): Promise<void> {
    try {
      await (await root())?.removeEntry(FILE);
    } catch (error) {
      // Not there, or nothing can be: gone either way.
      const isMissing = error instanceof DOMException && error.name === 'NotFoundError';
      if (!isMissing && !isUnsupported(error)) throw error;
    }
  }

  return {
    read: () => readAs(secretsSchema),
    readKey,
    write: (secrets) => orElse(false, () => put(secrets)),
    async keepKeyOnly() {
      const kept = await readKey();
      if (kept) await put(kept);
      else await remove();
    },
    remove,
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

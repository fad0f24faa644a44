// A note beside the store: "this till has a shop". A browser that finds its database damaged deletes all of it and says
// nothing; without the note that looks like a first run. Ids only, so that it tells nobody anything.

import * as z from 'zod/mini';
import { isUnsupported, type FileStorage } from './private-files.ts';

const FILE = 'till.json';
/** Two ids and a moment; anything longer is not ours. */
const MAX_CHARACTERS = 1000;

const markSchema = z.object({
  shop: z.string().check(z.minLength(1)),
  till: z.string().check(z.minLength(1)),
  /** Milliseconds since 1970 UTC: when the note was first written. */
  since: z.number(),
});

export type TillMark = Readonly<z.infer<typeof markSchema>>;

/** None of it rejects: a note that can't be read or kept costs a warning, never a stamp. */
export interface TillMarks {
  /** Undefined: there never was a shop here, or nobody can know. */
  read(): Promise<TillMark | undefined>;
  write(mark: TillMark): Promise<void>;
  remove(): Promise<void>;
}

export function createTillMarks(storage: FileStorage | undefined): TillMarks {
  const root = async () => await storage?.getDirectory?.();
  return {
    read: () =>
      quietly(async () => {
        const file = await (await (await root())?.getFileHandle(FILE))?.getFile();
        if (!file || file.size > MAX_CHARACTERS) return undefined;
        const parsed = markSchema.safeParse(JSON.parse(await file.text()));
        return parsed.success ? parsed.data : undefined;
      }),
    write: (mark) =>
      quietly(async () => {
        const handle = await (await root())?.getFileHandle(FILE, { create: true });
        const writable = await handle?.createWritable();
        await writable?.write(JSON.stringify(mark));
        await writable?.close();
      }),
    remove: () => quietly(async () => await (await root())?.removeEntry(FILE)),
  };
}

async function quietly<Value>(run: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await run();
  } catch (error) {
    // Missing, unreadable, or the disk is full: as if there were no note.
    if (error instanceof DOMException || error instanceof SyntaxError || isUnsupported(error))
      return undefined;
    throw error;
  }
}

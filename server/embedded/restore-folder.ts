import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { tombstonesByShop, type Erasure, type RowsPart } from '#server/store/event-store.ts';
import { writeBaseLog } from './base-log.ts';
import { readErased, writeErased } from './erased-list.ts';
import type { Operation } from './operation-log.ts';
import { syncFolder } from './sync-folder.ts';

export class FolderNotEmptyError extends Error {
  constructor(folder: string) {
    super(`${folder} is not empty. Restore into a new folder; only a list named erased may be in it.`);
  }
}

/**
 * A new folder from a backup. It appears under its name when it is whole. A list of erased members that is in the folder already
 * is kept, and used together with `erased`.
 *
 * @returns how many erased members it knows
 */
export async function restoreFolder({
  folder: name,
  parts,
  epoch,
  erased = [],
}: {
  readonly folder: string;
  readonly parts: AsyncIterable<RowsPart>;
  readonly epoch: string;
  readonly erased?: readonly Erasure[];
}): Promise<number> {
  const folder = resolve(name);
  const list = join(folder, 'erased');
  const isThere = existsSync(folder);
  const found = isThere ? await readdir(folder) : [];
  if (found.some((entry) => entry !== 'erased')) throw new FolderNotEmptyError(folder);
  const all = [...(await readErased(list)), ...erased];
  const draft = `${folder}.restoring-${process.pid}`;
  await mkdir(draft, { recursive: true, mode: 0o700 });
  try {
    const writes = [...tombstonesByShop(all)].map(([shop, docs]): Operation => [
      'putProfiles',
      { shop, docs },
    ]);
    const dump = async (write: (part: RowsPart) => Promise<void>) => {
      for await (const part of parts) await write(part);
    };
    await writeErased(join(draft, 'erased'), all);
    await writeBaseLog(join(draft, 'log'), { epoch, dump, writes });
    await syncFolder(draft);
    // The list is in the draft too by now.
    await rm(list, { force: true });
    if (isThere) await rmdir(folder);
    await rename(draft, folder);
    await syncFolder(dirname(folder));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return all.length;
}

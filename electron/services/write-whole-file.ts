import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export type WriteWholeFile = (target: string, bytes: Uint8Array) => Promise<void>;

/**
 * Puts a whole file at `target` or leaves what was there: writes beside it, forces the bytes to the disk, then renames.
 * A power cut in between leaves the old file, never half of the new one.
 *
 * @throws the file system's error, with its `code`, after removing the unfinished file.
 */
export async function writeWholeFile(target: string, bytes: Uint8Array): Promise<void> {
  const unfinished = await writeBeside(target, bytes);
  try {
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  await syncFolder(dirname(target));
}

/**
 * The bytes, forced to the disk, under a name of their own beside the target: a rename is atomic only within one file
 * system.
 *
 * @returns the path to rename to the target
 * @throws as writeWholeFile
 */
export async function writeBeside(target: string, bytes: Uint8Array): Promise<string> {
  const unfinished = join(dirname(target), `.tenpunch-${randomUUID()}.part`);
  try {
    // Readable by its owner only: these files hold members' names and numbers.
    const file = await open(unfinished, 'wx', 0o600);
    await writeAndClose(file, bytes);
    return unfinished;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

async function writeAndClose(file: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Makes the rename itself survive a power cut. The file is whole at its place by now, and some file systems (network
 * shares, Windows) refuse to open or sync a folder, so a refusal here is not a failed save.
 */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch {
    return;
  } finally {
    await handle?.close();
  }
}

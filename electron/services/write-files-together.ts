import { randomUUID } from 'node:crypto';
import { copyFile, link, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode } from './error-code.ts';
import { syncFolder, writeBeside } from './write-whole-file.ts';

export interface FileToWrite {
  /** A plain name. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type WriteFilesTogether = (folder: string, files: readonly FileToWrite[]) => Promise<void>;

interface Step {
  readonly target: string;
  /** All of the new bytes, forced to the disk. */
  readonly unfinished: string;
  /** The file that was there before, under a second name; undefined when there was none. */
  old?: string | undefined;
}

/**
 * All of the files, or the folder as it was. Every file is whole beside its place before the first one is moved there, and
 * what it replaces is kept until the last one is. A power cut between two moves leaves some files new and some old, each
 * of them whole.
 *
 * @throws the file system's error, with its `code`
 */
export async function writeFilesTogether(
  folder: string,
  files: readonly FileToWrite[],
  move: (from: string, to: string) => Promise<void> = rename,
): Promise<void> {
  const steps: Step[] = [];
  const moved: Step[] = [];
  try {
    for (const { name, bytes } of files) {
      const target = join(folder, name);
      const step: Step = { target, unfinished: await writeBeside(target, bytes) };
      steps.push(step);
      step.old = await keepOld(target);
    }
    for (const step of steps) {
      await move(step.unfinished, step.target);
      moved.push(step);
    }
  } catch (error) {
    for (const step of moved.toReversed()) await putBack(step);
    throw error;
  } finally {
    for (const { unfinished, old } of steps) {
      await rm(unfinished, { force: true });
      if (old !== undefined) await rm(old, { force: true });
    }
  }
  await syncFolder(folder);
}

/** A second name for the file, or, where the file system has no such thing (memory sticks), a copy. */
async function keepOld(target: string): Promise<string | undefined> {
  const old = join(dirname(target), `.tenpunch-${randomUUID()}.old`);
  try {
    await link(target, old);
    return old;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
  }
  try {
    await copyFile(target, old);
    return old;
  } catch (error) {
    await rm(old, { force: true });
    throw error;
  }
}

async function putBack(step: Step): Promise<void> {
  try {
    await (step.old === undefined ? rm(step.target, { force: true }) : rename(step.old, step.target));
  } catch {
    // The disk refuses this too; the failure that led here is the one that is reported. The old file stays beside the new
    // one: it is not removed where it could not be put back.
    step.old = undefined;
  }
}

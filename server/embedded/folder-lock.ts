import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One process at a time works in a folder. A lock whose process is gone is taken over. */

export class FolderInUseError extends Error {
  readonly pid: number;
  constructor(folder: string, pid: number) {
    super(`Process ${pid} works in ${folder} already.`);
    this.pid = pid;
  }
}

interface Owner {
  readonly pid: number;
  /** Tells a process from a later one with the same number; empty where the system doesn't say. */
  readonly born: string;
}

const MAX_TRIES = 5;

/** @returns what gives the folder back. @throws FolderInUseError */
export async function lockFolder(folder: string): Promise<() => Promise<void>> {
  const path = join(folder, 'lock');
  const own = JSON.stringify({ pid: process.pid, born: birthOf(process.pid) } satisfies Owner);
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    if (await create(path, own)) return () => rm(path, { force: true });
    const found = await readFile(path, 'utf8').catch(() => undefined);
    if (found === undefined) continue;
    const owner = readOwner(found);
    if (owner && isAlive(owner)) throw new FolderInUseError(folder, owner.pid);
    await setAside(path, found);
  }
  throw new FolderInUseError(folder, 0);
}

/** The whole content at once or not at all: nobody reads half a lock. */
async function create(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${process.pid}`;
  const file = await open(draft, 'w', 0o600);
  try {
    await file.writeFile(content);
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Two processes may find the same dead lock: the one that comes late must not take away the other's new one. */
async function setAside(path: string, expected: string): Promise<void> {
  const aside = `${path}.stale.${process.pid}`;
  try {
    await rename(path, aside);
    if ((await readFile(aside, 'utf8')) !== expected) await link(aside, path).catch(() => undefined);
    await rm(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function readOwner(text: string): Owner | undefined {
  try {
    const { pid, born } = JSON.parse(text) as Partial<Owner>;
    return Number.isInteger(pid) && typeof born === 'string' ? { pid: Number(pid), born } : undefined;
  } catch {
    return undefined;
  }
}

function isAlive({ pid, born }: Owner): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Not ours to signal, but there.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return born === '' || born === birthOf(pid);
}

const STATE = 0;
const START_TIME = 19;
/** Ended, and kept in the list because nobody asked how: where no init process cleans up, for ever. */
const ENDED = /^[ZXx]$/;

/** When a process started, in Linux's own count, and in which life of the machine; empty for one that ended. */
function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The name in the second field may hold anything, so count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return ENDED.test(fields[STATE] ?? '') ? '' : `${boot} ${fields[START_TIME] ?? ''}`;
  } catch {
    return '';
  }
}

import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** A disk that can be filled and freed under a running till. */
export interface SmallDisk {
  /** The folder for a launch; what the till stores in it lies on the small disk. */
  readonly profile: string;
  fill(page: Page): Promise<void>;
  free(page: Page): Promise<void>;
  close(): Promise<void>;
}

/** What a few hundred stamps need, and some. */
const SIZE = '24m';
const MORE_THAN_FITS = 32 * 1024 * 1024;

/**
 * Where a Chromium profile keeps a page's data. Only these lie on the small disk: the browser maps files of its own into
 * memory, and dies of a full disk under them long before it has anything to say to the app.
 */
const STORED = [join('Default', 'IndexedDB'), join('Default', 'File System')];

/**
 * A real file system of a fixed size where this user may mount one. Elsewhere files and commits are made to fail the way
 * Chromium reports a full disk, so that the same journey runs on every machine; there a commit that is so much as tried
 * while the disk is full fails the test, because on a real one it would cost the store.
 */
export async function createSmallDisk(): Promise<SmallDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'tenpunch-disk-'));
  return mount(folder) ? realDisk(folder) : pretendedDisk(folder);
}

function mount(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

async function realDisk(folder: string): Promise<SmallDisk> {
  const filler = join(folder, 'filler');
  const profile = await mkdtemp(join(tmpdir(), 'tenpunch-e2e-'));
  await mkdir(join(profile, 'Default'));
  for (const stored of STORED) {
    await mkdir(join(folder, stored), { recursive: true });
    await symlink(join(folder, stored), join(profile, stored));
  }
  return {
    profile,
    fill: () =>
      writeFile(filler, Buffer.alloc(MORE_THAN_FITS)).then(
        () => Promise.reject(new Error('the disk was not small')),
        (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOSPC') throw error;
        },
      ),
    free: () => rm(filler),
    async close() {
      execFileSync('umount', ['--lazy', folder]);
      await rm(folder, { recursive: true, force: true });
      await rm(profile, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

function pretendedDisk(folder: string): SmallDisk {
  return {
    profile: folder,
    async fill(page) {
      await page.evaluate(() => {
        const { commit } = IDBTransaction.prototype;
        let triedCommits = 0;
        IDBTransaction.prototype.commit = function refuse(this: IDBTransaction) {
          triedCommits += 1;
          this.abort();
        };
        const freeTheDisk = () => {
          IDBTransaction.prototype.commit = commit;
          return triedCommits;
        };
        Object.assign(window, { freeTheDisk });
      });
      for (const worker of page.workers()) {
        await worker.evaluate(() => {
          const { write } = FileSystemSyncAccessHandle.prototype;
          FileSystemSyncAccessHandle.prototype.write = () => {
            throw new DOMException('no room', 'QuotaExceededError');
          };
          const freeTheDisk = () => {
            FileSystemSyncAccessHandle.prototype.write = write;
          };
          Object.assign(self, { freeTheDisk });
        });
      }
    },
    async free(page) {
      const triedCommits = await page.evaluate(() =>
        (window as unknown as { freeTheDisk: () => number }).freeTheDisk(),
      );
      for (const worker of page.workers()) {
        await worker.evaluate(() => (self as unknown as { freeTheDisk: () => void }).freeTheDisk());
      }
      if (triedCommits > 0) throw new Error(`${triedCommits} commits were tried on a full disk`);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

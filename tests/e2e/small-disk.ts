import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** A disk that can be filled and freed under a running till. */
export interface SmallDisk {
  readonly folder: string;
  readonly isReal: boolean;
  fill(page: Page): Promise<void>;
  free(page: Page): Promise<void>;
  close(): Promise<void>;
}

/** Chromium's profile needs about half of it. */
const SIZE = '96m';
const MORE_THAN_FITS = 128 * 1024 * 1024;

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

function realDisk(folder: string): SmallDisk {
  const filler = join(folder, 'filler');
  return {
    folder,
    isReal: true,
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
    },
  };
}

function pretendedDisk(folder: string): SmallDisk {
  return {
    folder,
    isReal: false,
    fill: (page) =>
      page.evaluate(() => {
        // oxlint-disable-next-line typescript/unbound-method -- put back as it was
        const { commit } = IDBTransaction.prototype;
        // oxlint-disable-next-line typescript/unbound-method -- put back as it was
        const { write } = FileSystemWritableFileStream.prototype;
        let triedCommits = 0;
        IDBTransaction.prototype.commit = function refuse(this: IDBTransaction) {
          triedCommits += 1;
          this.abort();
        };
        FileSystemWritableFileStream.prototype.write = () =>
          Promise.reject(new DOMException('no room', 'QuotaExceededError'));
        const freeTheDisk = () => {
          IDBTransaction.prototype.commit = commit;
          FileSystemWritableFileStream.prototype.write = write;
          return triedCommits;
        };
        Object.assign(window, { freeTheDisk });
      }),
    async free(page) {
      const triedCommits = await page.evaluate(() =>
        (window as unknown as { freeTheDisk: () => number }).freeTheDisk(),
      );
      if (triedCommits > 0) throw new Error(`${triedCommits} commits were tried on a full disk`);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

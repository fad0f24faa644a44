import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { lockFolder } from '#server/embedded/folder-lock.ts';

let parent = '';

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'tenpunch-endpoint-'));
});
afterEach(() => rm(parent, { recursive: true, force: true }));

describe('the lock', () => {
  test('keeps a second one out while the first is there', async () => {
    const unlock = await lockFolder(parent);
    await expect(lockFolder(parent)).rejects.toThrow(`Process ${process.pid} works in`);
    await unlock();
    await (
      await lockFolder(parent)
    )();
  });

  test('one of a process that is gone is taken over, whatever is in it, by one only', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => gone.once('exit', resolve));
    const stale = [
      JSON.stringify({ pid: gone.pid, born: '' }),
      '',
      'x',
      JSON.stringify({ pid: process.pid, born: 'other' }),
    ];
    for (const content of stale) {
      await writeFile(join(parent, 'lock'), content);
      const tries = await Promise.allSettled([lockFolder(parent)]);
      expect(tries.map(({ status }) => status)).toEqual(['fulfilled']);
      await Promise.all(tries.map(async (one) => one.status === 'fulfilled' && (await one.value())));
    }
  });
});

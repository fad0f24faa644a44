import { statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { diskRoom } from './disk-room.ts';

const logged: string[] = [];
const log = { info: () => undefined, error: (code: string) => void logged.push(code) };
const disk = (bavail: number) => async () => ({ bavail, bsize: 4096 });

test.each([
  [2, 4096, true],
  // Exactly full afterwards is full.
  [1, 4096, false],
  [0, 0, false],
])('%i free blocks for %i bytes: %s', async (bavail, bytes, hasRoom) => {
  expect(await diskRoom({ statfs: disk(bavail), folder: '', log }, { bytes })).toEqual({ hasRoom });
});

test('asks the real file system', async () => {
  const ask = (bytes: number) => diskRoom({ statfs, folder: tmpdir(), log }, { bytes });
  expect(await ask(1)).toEqual({ hasRoom: true });
  expect(await ask(Number.MAX_SAFE_INTEGER)).toEqual({ hasRoom: false });
});

test('a file system that does not tell stops nobody', async () => {
  const fails = async () => {
    throw Object.assign(new Error('not for the page'), { code: 'ENOSYS' });
  };
  expect(await diskRoom({ statfs: fails, folder: '', log }, { bytes: 1 })).toEqual({ hasRoom: true });
  expect(logged).toEqual(['disk-room-unknown']);
});

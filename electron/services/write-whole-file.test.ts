import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeWholeFile } from './write-whole-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenpunch-write-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('writes all of it and leaves nothing beside it', async () => {
  const target = join(folder, 'Üyeler.csv');
  await writeWholeFile(target, Buffer.from('ad;damga\n'));
  expect(await readFile(target, 'utf8')).toBe('ad;damga\n');
  expect(await readdir(folder)).toEqual(['Üyeler.csv']);
});

test.skipIf(process.platform === 'win32')('only its owner may read it', async () => {
  await writeWholeFile(join(folder, 'members.csv'), new Uint8Array(1));
  expect((await stat(join(folder, 'members.csv'))).mode & 0o077).toBe(0);
});

test('replaces an older, longer file whole', async () => {
  const target = join(folder, 'backup.json');
  await writeFile(target, 'x'.repeat(10_000));
  await writeWholeFile(target, Buffer.from('{}'));
  expect(await readFile(target, 'utf8')).toBe('{}');
});

test('an empty file is a file', async () => {
  await writeWholeFile(join(folder, 'empty.txt'), new Uint8Array());
  expect((await stat(join(folder, 'empty.txt'))).size).toBe(0);
});

test('a missing folder is an error with its code', async () => {
  await expect(writeWholeFile(join(folder, 'missing', 'a.csv'), new Uint8Array(1))).rejects.toMatchObject({
    code: 'ENOENT',
  });
});

test('a target that is a folder stays as it was, and the unfinished file is gone', async () => {
  const target = join(folder, 'folder');
  await mkdir(target);
  await writeFile(join(target, 'inside'), 'kept');
  await expect(writeWholeFile(target, new Uint8Array(1))).rejects.toHaveProperty('code');
  expect(await readdir(folder)).toEqual(['folder']);
  expect(await readFile(join(target, 'inside'), 'utf8')).toBe('kept');
});

test('two saves to one target at once leave one whole file', async () => {
  const target = join(folder, 'same.txt');
  const versions = ['a', 'b', 'c'].map((letter) => letter.repeat(200_000));
  await Promise.all(versions.map((text) => writeWholeFile(target, Buffer.from(text))));
  expect(versions).toContain(await readFile(target, 'utf8'));
  expect(await readdir(folder)).toEqual(['same.txt']);
});

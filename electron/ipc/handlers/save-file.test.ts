import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { IpcRequest } from '#shared/ipc/contract.ts';
import { writeWholeFile, type WriteWholeFile } from '#electron/services/write-whole-file.ts';
import { saveFile } from './save-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tenpunch-save-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const text: IpcRequest<'saveFile'> = {
  suggestedName: 'Gün özeti.csv',
  kind: 'csv',
  contents: { encoding: 'text', text: 'gün;damga\n' },
};

function save(
  request: IpcRequest<'saveFile'>,
  target: string | undefined,
  write: WriteWholeFile = writeWholeFile,
) {
  const log = { info: () => undefined, error: () => undefined };
  return saveFile({ chooseTarget: async () => target, writeWholeFile: write, log }, request);
}

test('text is saved as UTF-8; only the last part of the folder is told', async () => {
  const target = join(folder, 'Backups', 'gün.csv');
  await mkdir(join(folder, 'Backups'));
  expect(await save(text, target)).toEqual({ kind: 'saved', folderName: 'Backups' });
  expect(await readFile(target, 'utf8')).toBe('gün;damga\n');
});

test('base64 is saved as its bytes', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  const base64 = Buffer.from(bytes).toString('base64');
  const request: IpcRequest<'saveFile'> = {
    suggestedName: 'a.pdf',
    kind: 'pdf',
    contents: { encoding: 'base64', base64 },
  };
  await save(request, join(folder, 'a.pdf'));
  expect(new Uint8Array(await readFile(join(folder, 'a.pdf')))).toEqual(bytes);
});

test('cancelling writes nothing', async () => {
  expect(await save(text, undefined)).toEqual({ kind: 'cancelled' });
  expect(await readdir(folder)).toEqual([]);
});

test('a folder that went away is a failure, not a crash', async () => {
  expect(await save(text, join(folder, 'gone', 'a.csv'))).toEqual({ kind: 'failed', code: 'unknown' });
});

test.each([
  ['ENOSPC', 'disk-full'],
  ['EDQUOT', 'disk-full'],
  ['EACCES', 'denied'],
  ['EPERM', 'denied'],
  ['EROFS', 'denied'],
  ['EBUSY', 'denied'],
  ['EIO', 'unknown'],
])('%s is reported as %s', async (code, reported) => {
  const fails = async () => {
    throw Object.assign(new Error('not for the page'), { code });
  };
  expect(await save(text, join(folder, 'a.csv'), fails)).toEqual({ kind: 'failed', code: reported });
});

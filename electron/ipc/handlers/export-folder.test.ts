import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeFilesTogether } from '#electron/services/write-files-together.ts';
import { writeWholeFile } from '#electron/services/write-whole-file.ts';
import {
  chooseExportFolder,
  findExportFolder,
  writeToExportFolder,
  type ExportFolderDependencies,
} from './export-folder.ts';

let profile: string;
let logged: string[];
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'tenpunch-profile-'));
  logged = [];
});
afterEach(() => rm(profile, { recursive: true }));

const dependenciesWith = (change: Partial<ExportFolderDependencies> = {}): ExportFolderDependencies => ({
  file: join(profile, 'export-folder.json'),
  chooseFolder: async () => undefined,
  writeWholeFile,
  writeFilesTogether,
  log: { info: () => undefined, error: (code) => void logged.push(code) },
  ...change,
});
const files = [{ name: 'a.csv', contents: { encoding: 'text' as const, text: 'ş' } }];

test('the dialog begins at the folder chosen before; cancelling keeps it', async () => {
  await chooseExportFolder(dependenciesWith({ chooseFolder: async () => '/media/Günlük' }));
  const seen: (string | undefined)[] = [];
  const cancelling = dependenciesWith({ chooseFolder: async (current) => void seen.push(current) });
  expect(await chooseExportFolder(cancelling)).toEqual({ kind: 'failed', code: 'cancelled' });
  expect(seen).toEqual(['/media/Günlük']);
  expect(await findExportFolder(cancelling)).toEqual({ name: 'Günlük' });
});

test('a drive without a folder has a name too', async () => {
  expect(await chooseExportFolder(dependenciesWith({ chooseFolder: async () => '/' }))).toEqual({
    kind: 'chosen',
    name: '/',
  });
});

test('a folder that went away is a failure, and still the chosen one: the stick comes back', async () => {
  const gone = join(profile, 'gone');
  await chooseExportFolder(dependenciesWith({ chooseFolder: async () => gone }));
  expect(await writeToExportFolder(dependenciesWith(), { files })).toEqual({
    kind: 'failed',
    code: 'unknown',
  });
  expect(await findExportFolder(dependenciesWith())).toEqual({ name: 'gone' });
  expect(logged).toEqual(['export-failed']);
});

test('a choice that can’t be remembered is none', async () => {
  const full = async () => {
    throw Object.assign(new Error('injected'), { code: 'ENOSPC' });
  };
  const dependencies = dependenciesWith({ chooseFolder: async () => profile, writeWholeFile: full });
  expect(await chooseExportFolder(dependencies)).toEqual({ kind: 'failed', code: 'unknown' });
  expect(await findExportFolder(dependencies)).toEqual({});
  expect(logged).toEqual(['export-folder-not-kept']);
});

test.each(['', '{"folder":', '{"folder":7}'])('a memory of %j is none', async (text) => {
  await writeFile(join(profile, 'export-folder.json'), text);
  expect(await findExportFolder(dependenciesWith())).toEqual({});
  expect(await writeToExportFolder(dependenciesWith(), { files })).toEqual({
    kind: 'failed',
    code: 'denied',
  });
});

test('base64 is written as its bytes', async () => {
  await chooseExportFolder(dependenciesWith({ chooseFolder: async () => profile }));
  const contents = { encoding: 'base64' as const, base64: 'AP8K' };
  const outcome = await writeToExportFolder(dependenciesWith(), { files: [{ name: 'a.bin', contents }] });
  expect(outcome.kind).toBe('written');
  expect([...(await readFile(join(profile, 'a.bin')))]).toEqual([0, 255, 10]);
  expect(await readdir(profile)).toEqual(['a.bin', 'export-folder.json']);
});

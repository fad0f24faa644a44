// The desktop's export folder: the page's side, the real handlers and a real folder. Only the dialog is played.

import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  chooseExportFolder,
  findExportFolder,
  writeToExportFolder,
} from '#electron/ipc/handlers/export-folder.ts';
import { writeFilesTogether, type FileToWrite } from '#electron/services/write-files-together.ts';
import { writeWholeFile } from '#electron/services/write-whole-file.ts';
import { createDesktopExportFolder } from '#renderer/platform/desktop-export-folder.ts';
import { bridgeTo, NOT_ASKED } from './desktop-bridge.ts';
import { describeExportFolder, type FolderTrouble } from './export-folder.contract.ts';

const log = { info: () => undefined, error: () => undefined };
const failure = (code: string) => Object.assign(new Error('injected'), { code });

function writerFor(trouble: FolderTrouble) {
  return async (folder: string, files: readonly FileToWrite[]): Promise<void> => {
    if (trouble === 'disk-full') throw failure('ENOSPC');
    if (trouble === 'denied') throw failure('EACCES');
    await writeFilesTogether(folder, files, async (from, to) => {
      // As Windows answers while a spreadsheet has the old file open.
      if (trouble === 'late-denied' && to.endsWith(files.at(-1)?.name ?? '')) throw failure('EPERM');
      await rename(from, to);
    });
  };
}

describeExportFolder('desktop', async (trouble, use) => {
  const profile = await mkdtemp(join(tmpdir(), 'tenpunch-export-'));
  const folder = join(profile, 'Günlük');
  await mkdir(folder);
  const dependencies = {
    file: join(profile, 'export-folder.json'),
    chooseFolder: async () => (trouble === 'cancel' ? undefined : folder),
    writeWholeFile,
    writeFilesTogether: writerFor(trouble),
    log,
  };
  const restart = () =>
    createDesktopExportFolder(
      bridgeTo({
        ...NOT_ASKED,
        exportFolderChoose: () => chooseExportFolder(dependencies),
        exportFolderFind: () => findExportFolder(dependencies),
        exportFolderWrite: (request) => writeToExportFolder(dependencies, request),
      }),
    );
  try {
    await use({
      exports: restart(),
      restart,
      name: 'Günlük',
      async contents() {
        const found = (await readdir(folder, { withFileTypes: true })).sort((left, right) =>
          left.name < right.name ? -1 : 1,
        );
        const entries = found.map(async (entry) => [
          entry.name,
          entry.isDirectory() ? 'folder' : await readFile(join(folder, entry.name), 'latin1'),
        ]);
        return Object.fromEntries(await Promise.all(entries)) as Record<string, string>;
      },
      put: (name, text) => writeFile(join(folder, name), text),
      putFolder: (name) => mkdir(join(folder, name)),
    });
  } finally {
    await rm(profile, { recursive: true });
  }
});

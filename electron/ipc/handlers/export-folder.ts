// The folder for day closes and sync files. Chosen in the system's dialog, remembered here; the page knows its last part.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import * as z from 'zod/mini';
import type { IpcRequest, IpcResponse } from '#shared/ipc/contract.ts';
import type { Log } from '#shared/lib/ports.ts';
import { errorCode } from '#electron/services/error-code.ts';
import type { WriteFilesTogether } from '#electron/services/write-files-together.ts';
import type { WriteWholeFile } from '#electron/services/write-whole-file.ts';
import { bytesOf, saveFailure } from './file-contents.ts';

export interface ExportFolderDependencies {
  /** Where the choice is remembered. */
  readonly file: string;
  /** Asks the user. Undefined when the user cancels. */
  readonly chooseFolder: (current: string | undefined) => Promise<string | undefined>;
  readonly writeWholeFile: WriteWholeFile;
  readonly writeFilesTogether: WriteFilesTogether;
  readonly log: Log;
}

const memorySchema = z.object({ folder: z.string().check(z.minLength(1)) });

export async function findExportFolder(
  dependencies: ExportFolderDependencies,
): Promise<IpcResponse<'exportFolderFind'>> {
  const folder = await recall(dependencies);
  return folder === undefined ? {} : { name: nameOf(folder) };
}

export async function chooseExportFolder(
  dependencies: ExportFolderDependencies,
): Promise<IpcResponse<'exportFolderChoose'>> {
  const { file, chooseFolder, writeWholeFile, log } = dependencies;
  const folder = await chooseFolder(await recall(dependencies));
  if (folder === undefined) return { kind: 'failed', code: 'cancelled' };
  try {
    await writeWholeFile(file, Buffer.from(JSON.stringify({ folder }), 'utf8'));
  } catch (error) {
    log.error('export-folder-not-kept', { code: errorCode(error) });
    return { kind: 'failed', code: 'unknown' };
  }
  return { kind: 'chosen', name: nameOf(folder) };
}

export async function writeToExportFolder(
  dependencies: ExportFolderDependencies,
  { files }: IpcRequest<'exportFolderWrite'>,
): Promise<IpcResponse<'exportFolderWrite'>> {
  const folder = await recall(dependencies);
  if (folder === undefined) return { kind: 'failed', code: 'denied' };
  try {
    await dependencies.writeFilesTogether(
      folder,
      files.map(({ name, contents }) => ({ name, bytes: bytesOf(contents) })),
    );
  } catch (error) {
    const code = errorCode(error);
    dependencies.log.error('export-failed', { code, files: files.length });
    return { kind: 'failed', code: saveFailure(code) };
  }
  return { kind: 'written', name: nameOf(folder) };
}

/** The root of a drive has no last part. */
const nameOf = (folder: string): string => basename(folder) || folder;

async function recall({ file, log }: ExportFolderDependencies): Promise<string | undefined> {
  try {
    return memorySchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).data?.folder;
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') log.error('export-folder-unreadable', { code: errorCode(error) });
    return undefined;
  }
}

import * as z from 'zod/mini';
import { CONTRACT, MAX_FILE_BYTES } from '#shared/ipc/contract.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { FileToExport } from './export-folder.ts';
import type { SaveError } from './host.ts';

export interface CheckedFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/**
 * The files' bytes, once names and sizes pass: plain names, each once, and all of them together no larger than one file may
 * be. The same rule on both hosts.
 */
export function checkExportFiles(files: readonly FileToExport[]): Result<readonly CheckedFile[], SaveError> {
  const shape = files.map(({ name }) => ({ name, contents: { encoding: 'text', text: '' } }));
  if (!z.safeParse(CONTRACT.exportFolderWrite.request, { files: shape }).success)
    return err({ code: 'invalid' });
  const checked: CheckedFile[] = [];
  let left = MAX_FILE_BYTES;
  for (const { name, contents } of files) {
    // A character takes at least a byte: refuse by length before copying a huge text.
    if (contents.length > left) return err({ code: 'too-large' });
    const bytes =
      typeof contents === 'string' ? new TextEncoder().encode(contents) : new Uint8Array(contents);
    left -= bytes.byteLength;
    if (left < 0) return err({ code: 'too-large' });
    checked.push({ name, bytes });
  }
  return ok(checked);
}

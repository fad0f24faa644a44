import { basename, dirname } from 'node:path';
import type { FileKind, IpcRequest, IpcResponse } from '#shared/ipc/contract.ts';
import type { Log } from '#shared/lib/ports.ts';
import { errorCode } from '#electron/services/error-code.ts';
import type { WriteWholeFile } from '#electron/services/write-whole-file.ts';
import { bytesOf, saveFailure } from './file-contents.ts';

export interface SaveFileDependencies {
  /** Asks the user. Undefined when the user cancels. The renderer never names a path. */
  readonly chooseTarget: (suggestion: { name: string; kind: FileKind }) => Promise<string | undefined>;
  readonly writeWholeFile: WriteWholeFile;
  readonly log: Log;
}

export async function saveFile(
  dependencies: SaveFileDependencies,
  request: IpcRequest<'saveFile'>,
): Promise<IpcResponse<'saveFile'>> {
  const target = await dependencies.chooseTarget({ name: request.suggestedName, kind: request.kind });
  if (target === undefined) return { kind: 'cancelled' };
  const bytes = bytesOf(request.contents);
  try {
    await dependencies.writeWholeFile(target, bytes);
  } catch (error) {
    const code = errorCode(error);
    dependencies.log.error('file-save-failed', { code, bytes: bytes.byteLength });
    return { kind: 'failed', code: saveFailure(code) };
  }
  return { kind: 'saved', folderName: basename(dirname(target)) };
}

// The File System Access dialog, as far as we use it; TypeScript has no types for it because not every browser has it.

import { err, ok, type Result } from '#shared/lib/result.ts';
import type { FileKind } from '#shared/ipc/contract.ts';
import type { SaveError, SaveOutcome } from './host.ts';

export interface PickerOptions {
  readonly suggestedName: string;
  readonly types: readonly { readonly accept: Readonly<Record<string, readonly string[]>> }[];
}

export type ShowSaveFilePicker = (
  options: PickerOptions,
) => Promise<Pick<FileSystemFileHandle, 'createWritable'>>;

export const MIME_TYPES: Readonly<Record<FileKind, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  pdf: 'application/pdf',
  text: 'text/plain',
};

const EXTENSIONS: Readonly<Record<FileKind, string>> = {
  csv: '.csv',
  json: '.json',
  pdf: '.pdf',
  text: '.txt',
};

export interface FileToSave {
  readonly suggestedName: string;
  readonly kind: FileKind;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** `not-offered`: this page may not show the dialog now (no click, inside a frame); a download still works. */
export type PickerError = SaveError | { readonly code: 'not-offered' };

export async function saveWithPicker(
  showSaveFilePicker: ShowSaveFilePicker,
  { suggestedName, kind, bytes }: FileToSave,
): Promise<Result<SaveOutcome, PickerError>> {
  let writable: FileSystemWritableFileStream | undefined;
  try {
    const types = [{ accept: { [MIME_TYPES[kind]]: [EXTENSIONS[kind]] } }];
    const handle = await showSaveFilePicker({ suggestedName, types });
    // Writes to a shadow file; only close() puts it in place, so the old file survives a failure.
    writable = await handle.createWritable();
    await writable.write(bytes);
    await writable.close();
    return ok({ kind: 'saved' });
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    // After a failed write the stream is already closed and abort() rejects; the failure itself is reported below.
    await writable?.abort().catch(() => undefined);
    return outcomeOf(error);
  }
}

function outcomeOf(error: DOMException): Result<SaveOutcome, PickerError> {
  switch (error.name) {
    case 'AbortError':
      return ok({ kind: 'cancelled' });
    case 'SecurityError':
      return err({ code: 'not-offered' });
    case 'NotAllowedError':
    case 'NoModificationAllowedError':
      return err({ code: 'denied' });
    case 'QuotaExceededError':
      return err({ code: 'disk-full' });
    default:
      return err({ code: 'unknown' });
  }
}

// The folder of a browser: chosen in its dialog, its handle remembered. New bytes lie beside a file until the file is closed
// and then take its place at once. A name that is new in the folder is there, empty, from the moment its writing begins.

import { err, ok, type Result } from '#shared/lib/result.ts';
import { checkExportFiles, type CheckedFile } from './check-export-files.ts';
import type { ChosenFolder, ExportFolder } from './export-folder.ts';
import type { FolderMemory } from './folder-memory.ts';
import type { SaveError } from './host.ts';

/** The parts of the File System Access API that TypeScript has no types for, because not every browser has them. */
type Permission = { readonly mode: 'readwrite' };
export interface PickedFolder extends FileSystemDirectoryHandle {
  queryPermission(wanted: Permission): Promise<PermissionState>;
  requestPermission(wanted: Permission): Promise<PermissionState>;
}
export type ShowDirectoryPicker = (options: {
  readonly id: string;
  readonly mode: 'readwrite';
  readonly startIn: 'documents';
}) => Promise<FileSystemDirectoryHandle>;

const READ_AND_WRITE = { mode: 'readwrite' } as const;
const LOCK_TRIES = 100;
const LOCK_REST_MS = 10;

export interface BrowserFolderParts {
  readonly showDirectoryPicker: ShowDirectoryPicker | undefined;
  readonly memory: FolderMemory;
  readonly download: (file: Blob, name: string) => void;
}

export function createBrowserExportFolder(parts: BrowserFolderParts): ExportFolder {
  const { showDirectoryPicker, memory, download } = parts;
  /** Where the browser does not keep it: good until the page is closed. */
  let held: PickedFolder | undefined;
  const recall = async () => held ?? ((await memory.recall()) as PickedFolder | undefined);

  return {
    canChoose: showDirectoryPicker !== undefined,
    async find() {
      const folder = showDirectoryPicker && (await recall());
      return folder && describe(folder);
    },
    async choose() {
      if (!showDirectoryPicker) return err({ code: 'unsupported' });
      try {
        const options = { id: 'tenpunch-exports', startIn: 'documents', ...READ_AND_WRITE } as const;
        held = (await showDirectoryPicker(options)) as PickedFolder;
        await memory.keep(held);
        return ok(await describe(held));
      } catch (error) {
        if (!(error instanceof DOMException)) throw error;
        if (error.name === 'AbortError') return err({ code: 'cancelled' });
        const isRefused = error.name === 'NotAllowedError' || error.name === 'SecurityError';
        return err({ code: isRefused ? 'denied' : 'unknown' });
      }
    },
    async write(files) {
      const checked = checkExportFiles(files);
      if (!checked.ok) return checked;
      if (!showDirectoryPicker) {
        for (const { name, bytes } of checked.value) download(new Blob([bytes]), name);
        return ok({ name: 'downloads', mustAsk: false });
      }
      const folder = await recall();
      if (!folder) return err({ code: 'denied' });
      return (await mayWrite(folder)) ? writeTogether(folder, checked.value) : err({ code: 'denied' });
    },
  };
}

async function describe(folder: PickedFolder): Promise<ChosenFolder> {
  return { name: folder.name, mustAsk: (await folder.queryPermission(READ_AND_WRITE)) !== 'granted' };
}

async function mayWrite(folder: PickedFolder): Promise<boolean> {
  if ((await folder.queryPermission(READ_AND_WRITE)) === 'granted') return true;
  try {
    return (await folder.requestPermission(READ_AND_WRITE)) === 'granted';
  } catch (error) {
    // Not from a click: then nobody can be asked.
    if (error instanceof DOMException) return false;
    throw error;
  }
}

interface Step {
  readonly name: string;
  readonly handle: FileSystemFileHandle;
  /** What was there before; undefined when there was nothing. */
  readonly old: Uint8Array<ArrayBuffer> | undefined;
  writable?: FileSystemWritableFileStream;
}

/** Every file is written beside its place before the first one takes it; if one can't, the others are put back. */
async function writeTogether(
  folder: PickedFolder,
  files: readonly CheckedFile[],
): Promise<Result<ChosenFolder, SaveError>> {
  const steps: Step[] = [];
  try {
    for (const { name, bytes } of files) {
      const old = await readOld(folder, name);
      const step: Step = { name, handle: await folder.getFileHandle(name, { create: true }), old };
      steps.push(step);
      step.writable = await step.handle.createWritable();
      await step.writable.write(bytes);
    }
    for (const { writable } of steps) await writable?.close();
    return ok(await describe(folder));
  } catch (error) {
    for (const step of steps.toReversed()) await putBack(folder, step);
    if (error instanceof DOMException || error instanceof TypeError) return err({ code: failureOf(error) });
    throw error;
  }
}

async function readOld(
  folder: FileSystemDirectoryHandle,
  name: string,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    const file = await (await folder.getFileHandle(name)).getFile();
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return undefined;
    throw error;
  }
}

/** As far as the disk lets us; the failure that led here is the one that is reported. */
async function putBack(
  folder: FileSystemDirectoryHandle,
  { name, handle, old, writable }: Step,
): Promise<void> {
  try {
    // What was closed already can't be aborted: it is in its place.
    await writable?.abort().catch(() => undefined);
    if (old === undefined) return await removeOnceFree(folder, name);
    const now = await handle.getFile();
    if (isSame(new Uint8Array(await now.arrayBuffer()), old)) return;
    const again = await handle.createWritable();
    await again.write(old);
    await again.close();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** A writable that was aborted lets go of its file a moment later; until then the browser removes nothing. */
async function removeOnceFree(folder: FileSystemDirectoryHandle, name: string): Promise<void> {
  for (let triesLeft = LOCK_TRIES; ; triesLeft--) {
    try {
      return await folder.removeEntry(name);
    } catch (error) {
      const isLocked = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!isLocked || triesLeft === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, LOCK_REST_MS));
    }
  }
}

const isSame = (left: Uint8Array, right: Uint8Array): boolean =>
  left.length === right.length && left.every((byte, at) => byte === right[at]);

function failureOf(error: Error): SaveError['code'] {
  switch (error.name) {
    case 'QuotaExceededError':
      return 'disk-full';
    case 'NotAllowedError':
    case 'NoModificationAllowedError':
    case 'SecurityError':
      return 'denied';
    // A name that this file system does not take.
    case 'TypeError':
      return 'invalid';
    default:
      return 'unknown';
  }
}

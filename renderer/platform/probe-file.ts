import { isUnsupported, type FileStorage } from './private-files.ts';

/** What of a file's handle the probe needs. Chromium's takes a mode, so that two windows may probe one file. */
interface OpenFile {
  write(bytes: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
}
interface SharedHandle {
  createSyncAccessHandle(options: { mode: 'readwrite-unsafe' }): Promise<OpenFile>;
}

const FILE = 'room.probe';
/** Where earlier versions probed. */
const OLD_FOLDER = 'room';

/**
 * Tries whether bytes can be stored, by storing them. For a worker: only there can a page's file be written in place.
 *
 * The file is made and opened once, while there is room: making and opening are writes to the browser's own directory of
 * files, and on a full disk those can end the whole browser. A write into an open file that fails changes nothing.
 */
export function createFileProbe(storage: FileStorage | undefined): (bytes: number) => Promise<boolean> {
  let file: OpenFile | 'unsupported' | undefined;
  let sample = new Uint8Array(0);

  async function open(): Promise<OpenFile | 'unsupported'> {
    try {
      if (!storage?.getDirectory) return 'unsupported';
      const root = await storage.getDirectory();
      await root.removeEntry(OLD_FOLDER, { recursive: true }).catch(() => undefined);
      const handle = (await root.getFileHandle(FILE, { create: true })) as unknown as SharedHandle;
      const opened = await handle.createSyncAccessHandle({ mode: 'readwrite-unsafe' });
      // What a killed browser left.
      opened.truncate(0);
      return opened;
    } catch (error) {
      // A browser without shared handles lends the file to one window only; the others can't know.
      if (isUnsupported(error) || isLent(error)) return 'unsupported';
      throw error;
    }
  }

  function fits(target: OpenFile, bytes: number): boolean {
    if (sample.length !== bytes) sample = new Uint8Array(bytes);
    try {
      const written = target.write(sample, { at: 0 });
      target.flush();
      return written === bytes;
    } finally {
      target.truncate(0);
    }
  }

  return async (bytes) => {
    try {
      file ??= await open();
      return file === 'unsupported' || fits(file, bytes);
    } catch (error) {
      // Cleared data closes it under us; a full disk does not.
      if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) file = undefined;
      return false;
    }
  };
}

const isLent = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'NoModificationAllowedError';

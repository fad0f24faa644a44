// Is there room on the disk? A page can't ask; it can only try. So it writes that many bytes to the origin's private
// file system and takes them away again:
//
//   folder "room" ─► room.probe ─► swap file, kept open ─► write `bytes` ─► truncate to 0 ─► …
//                                      └─ a failed write ends it; the next probe opens another
//
// The swap file never becomes the file itself, so no probe leaves data. One stays open because each new one is a write
// to the browser's directory of files, which on a full disk could tear that.

import { isUnsupported, type FileStorage } from './private-files.ts';

const FOLDER = 'room';
const FILE = 'room.probe';

/** @returns whether `bytes` more can be stored right now. Never rejects; true where nobody can know. */
export function createRoomProbe(storage: FileStorage | undefined): (bytes: number) => Promise<boolean> {
  let running: { readonly bytes: number; readonly answer: Promise<boolean> } | undefined;
  let sample: Blob | undefined;
  let writable: FileSystemWritableFileStream | undefined;
  let isSwept = false;

  async function open(): Promise<FileSystemWritableFileStream | 'unsupported'> {
    if (!storage?.getDirectory) return 'unsupported';
    try {
      const root = await storage.getDirectory();
      if (!isSwept) {
        isSwept = true;
        // What a killed browser left. Refused while another window probes, and missing at a first start.
        await root.removeEntry(FOLDER, { recursive: true }).catch(() => undefined);
      }
      const folder = await root.getDirectoryHandle(FOLDER, { create: true });
      const file = await folder.getFileHandle(FILE, { create: true });
      return await file.createWritable();
    } catch (error) {
      if (isUnsupported(error)) return 'unsupported';
      throw error;
    }
  }

  async function attempt(bytes: number): Promise<boolean> {
    const target = writable ?? (await open());
    if (target === 'unsupported') return true;
    writable = target;
    try {
      // Made once: the browser keeps it and copies it past the page's thread.
      if (sample?.size !== bytes) sample = new Blob([new Uint8Array(bytes)]);
      await target.write({ type: 'write', position: 0, data: sample });
      await target.truncate(0);
      return true;
    } catch (error) {
      writable = undefined;
      await target.abort().catch(() => undefined);
      throw error;
    }
  }

  async function probe(bytes: number): Promise<boolean> {
    const wasOpen = writable !== undefined;
    try {
      return await attempt(bytes);
    } catch (error) {
      const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
      if (!wasOpen || isFull) return false;
    }
    // A file held open can be taken from us (cleared data); a new one tells whether it was that or the disk.
    return await attempt(bytes).catch(() => false);
  }

  return async (bytes) => {
    if (running?.bytes === bytes) return await running.answer;
    const before = running?.answer;
    const answer = (async () => {
      await before;
      return await probe(bytes);
    })();
    const mine = { bytes, answer };
    running = mine;
    const hasRoom = await answer;
    if (running === mine) running = undefined;
    return hasRoom;
  };
}

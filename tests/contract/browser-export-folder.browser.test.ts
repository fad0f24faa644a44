// The browser's export folder over real handles (in the origin's private files) and a real IndexedDB. Only the dialog and the
// questions of the browser are played: they need a person.

import { expect, test } from 'vitest';
import {
  createBrowserExportFolder,
  type ShowDirectoryPicker,
} from '#renderer/platform/browser-export-folder.ts';
import { createFolderMemory } from '#renderer/platform/folder-memory.ts';
import { describeExportFolder, type FolderTrouble } from './export-folder.contract.ts';

const NAME = 'contract-folder';

async function forget(): Promise<void> {
  await new Promise((resolve) => {
    const request = indexedDB.deleteDatabase('tenpunch-export-folder');
    request.addEventListener('success', resolve);
  });
}

async function contentsOf(folder: FileSystemDirectoryHandle): Promise<Record<string, string>> {
  const found: [string, string][] = [];
  for await (const entry of folder.values()) {
    const text =
      entry.kind === 'directory'
        ? 'folder'
        : new TextDecoder('latin1').decode(await (await entry.getFile()).arrayBuffer());
    found.push([entry.name, text]);
  }
  return Object.fromEntries(found.sort(([left], [right]) => (left < right ? -1 : 1)));
}

async function put(folder: FileSystemDirectoryHandle, name: string, text: string): Promise<void> {
  const writable = await (await folder.getFileHandle(name, { create: true })).createWritable();
  await writable.write(text);
  await writable.close();
}

/** The folder, on a disk that refuses the last file. */
function troubled(folder: FileSystemDirectoryHandle, trouble: FolderTrouble): FileSystemDirectoryHandle {
  if (trouble === 'none' || trouble === 'cancel') return folder;
  const refuse = async (): Promise<never> => {
    throw new DOMException('', trouble === 'disk-full' ? 'QuotaExceededError' : 'NoModificationAllowedError');
  };
  const getFileHandle: typeof folder.getFileHandle = async (name, options) => {
    const handle = await folder.getFileHandle(name, options);
    if (name !== 'c.csv') return handle;
    const createWritable: typeof handle.createWritable = async (how) => {
      const writable = await handle.createWritable(how);
      if (trouble !== 'late-denied') writable.write = refuse;
      else writable.close = async () => (await writable.abort(), refuse());
      return writable;
    };
    return over(handle, { createWritable });
  };
  return over(folder, { getFileHandle });
}

/** The same object with some functions replaced; the others are called on the object itself, as browsers insist. */
function over<Whole extends object>(whole: Whole, change: Partial<Whole>): Whole {
  return new Proxy(whole, {
    get(target, key) {
      if (key in change) return change[key as keyof Whole];
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

function createExports(showDirectoryPicker: ShowDirectoryPicker | undefined, download = () => undefined) {
  const memory = createFolderMemory(indexedDB);
  return createBrowserExportFolder({ showDirectoryPicker, memory, download });
}

describeExportFolder('browser', async (trouble, use) => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(NAME, { create: true });
  await forget();
  const restart = () =>
    createExports(async () => {
      if (trouble === 'cancel') throw new DOMException('', 'AbortError');
      return troubled(folder, trouble);
    });
  try {
    await use({
      exports: restart(),
      restart,
      name: NAME,
      contents: () => contentsOf(folder),
      put: (name, text) => put(folder, name, text),
      putFolder: async (name) => void (await folder.getDirectoryHandle(name, { create: true })),
    });
  } finally {
    await root.removeEntry(NAME, { recursive: true });
    await forget();
  }
});

test('a new file that can’t be written goes, even where its lock is let go late', async () => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(NAME, { create: true });
  const full = troubled(folder, 'disk-full');
  const others: FileSystemWritableFileStream[] = [];
  const refusals: string[] = [];
  const late = over(full, {
    getFileHandle: async (name, options) => {
      const handle = await full.getFileHandle(name, options);
      if (options?.create && name === 'c.csv') others.push(await handle.createWritable());
      return handle;
    },
    removeEntry: async (name) => {
      try {
        await folder.removeEntry(name);
      } catch (error) {
        refusals.push(name);
        if (refusals.length === 2) await others[0]?.abort();
        throw error;
      }
    },
  });
  const exports = createExports(async () => late);
  await exports.choose();
  const outcome = await exports.write([{ name: 'c.csv', contents: 'c' }]);
  expect(outcome).toEqual({ ok: false, error: { code: 'disk-full' } });
  expect(await contentsOf(folder)).toEqual({});
  expect(refusals.length).toBeGreaterThanOrEqual(2);
  await root.removeEntry(NAME, { recursive: true });
});

/** A real folder of a browser that says this when asked for permission. */
async function askingFolder(answers: { before: PermissionState; after: PermissionState | DOMException }) {
  const root = await navigator.storage.getDirectory();
  const asked: string[] = [];
  const change = {
    queryPermission: async () => answers.before,
    requestPermission: async () => {
      asked.push('asked');
      if (answers.after instanceof DOMException) throw answers.after;
      return answers.after;
    },
  };
  const folder = over(await root.getDirectoryHandle(NAME, { create: true }), change as object);
  return { folder, asked, remove: () => root.removeEntry(NAME, { recursive: true }) };
}

test.each([
  ['granted', { ok: true, value: { name: NAME, mustAsk: true } }],
  ['denied', { ok: false, error: { code: 'denied' } }],
  [new DOMException('', 'SecurityError'), { ok: false, error: { code: 'denied' } }],
] as const)('a browser that has to ask again asks at the next write: %s', async (after, outcome) => {
  const { folder, asked, remove } = await askingFolder({ before: 'prompt', after });
  const exports = createExports(async () => folder);
  await exports.choose();
  expect(await exports.find()).toEqual({ name: NAME, mustAsk: true });
  expect(asked).toEqual([]);
  expect(await exports.write([{ name: 'a.csv', contents: 'a' }])).toEqual(outcome);
  expect(asked).toEqual(['asked']);
  await remove();
});

test.each([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotReadableError', 'unknown'],
])('a dialog that ends with %s: %s', async (name, code) => {
  const exports = createExports(async () => {
    throw new DOMException('', name);
  });
  expect(await exports.choose()).toEqual({ ok: false, error: { code } });
});

test('a browser without folders sends the files to its downloads', async () => {
  const downloads: [string, string][] = [];
  const files: Promise<void>[] = [];
  const exports = createBrowserExportFolder({
    showDirectoryPicker: undefined,
    memory: createFolderMemory(undefined),
    download: (file, name) => void files.push(file.text().then((text) => void downloads.push([name, text]))),
  });
  expect(await exports.choose()).toEqual({ ok: false, error: { code: 'unsupported' } });
  expect(await exports.find()).toBeUndefined();
  const outcome = await exports.write([
    { name: 'a.csv', contents: 'ş' },
    { name: 'b.json', contents: new Uint8Array([123, 125]) },
  ]);
  expect(outcome).toEqual({ ok: true, value: { name: 'downloads', mustAsk: false } });
  await Promise.all(files);
  expect(downloads).toEqual([
    ['a.csv', 'ş'],
    ['b.json', '{}'],
  ]);
});

test('a browser that can’t remember the folder has it until the page closes', async () => {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(NAME, { create: true });
  const parts = { showDirectoryPicker: async () => folder, download: () => undefined };
  const exports = createBrowserExportFolder({ ...parts, memory: createFolderMemory(undefined) });
  expect(await exports.choose()).toMatchObject({ ok: true });
  expect(await exports.find()).toEqual({ name: NAME, mustAsk: false });
  const next = createBrowserExportFolder({ ...parts, memory: createFolderMemory(undefined) });
  expect(await next.find()).toBeUndefined();
  await root.removeEntry(NAME, { recursive: true });
});

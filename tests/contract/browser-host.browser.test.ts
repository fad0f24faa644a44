// The browser host in a real browser: real file handles (in the origin's private file system), real blobs, real
// storage estimate. Only the dialog itself is played: it needs a person.

import { expect, test } from 'vitest';
import { createBrowserHost, type BrowserParts } from '#renderer/platform/browser-host.ts';
import { chooseHost } from '#renderer/platform/choose-host.ts';
import { startProbeWorker, type ProbeWorker } from '#renderer/platform/room-probe.ts';
import type { ShowSaveFilePicker } from '#renderer/platform/save-picker.ts';
import { CHANNELS, type BridgeName } from '#shared/ipc/channels.ts';
import type { HostBridge } from '#shared/ipc/contract.ts';
import { describeHost, type HostTrouble, type HostWorld } from './host.contract.ts';

const NAME = 'contract-file';

function partsFor(trouble: HostTrouble): BrowserParts {
  return {
    version: '1.2.3',
    locale: 'tr-TR',
    userAgent: navigator.userAgent,
    storage: {
      persisted: async () => false,
      persist: async () => trouble.isPersistenceGranted,
      estimate: () => navigator.storage.estimate(),
      getDirectory: () => navigator.storage.getDirectory(),
    },
    clipboard: navigator.clipboard,
    startProbeWorker: () => startProbe(trouble.disk),
    showSaveFilePicker: pickerFor(trouble),
    showDirectoryPicker: undefined,
    indexedDb: undefined,
    download: () => undefined,
    reload: () => undefined,
  };
}

/** The real worker; a troubled one runs the same code on a disk that refuses. */
function startProbe(trouble: string | undefined): ProbeWorker {
  if (trouble === undefined) return startProbeWorker();
  return new Worker(new URL('./trouble-probe.worker.ts', import.meta.url), { type: 'module', name: trouble });
}

async function bytesIn(folder: FileSystemDirectoryHandle): Promise<number> {
  let bytes = 0;
  for await (const entry of folder.values()) {
    if (entry.name === NAME) continue;
    bytes += entry.kind === 'directory' ? await bytesIn(entry) : (await entry.getFile()).size;
  }
  return bytes;
}

function pickerFor(trouble: HostTrouble): ShowSaveFilePicker {
  return async ({ suggestedName }) => {
    if (suggestedName === '') throw new TypeError('the real dialog refuses an empty name');
    if (trouble.save === 'cancel') throw new DOMException('', 'AbortError');
    if (trouble.save === 'denied') throw new DOMException('', 'NotAllowedError');
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle(NAME, { create: true });
    if (trouble.save === 'none') return handle;
    return {
      async createWritable() {
        const writable = await handle.createWritable();
        writable.write = async () => {
          throw new DOMException('', 'QuotaExceededError');
        };
        return writable;
      },
    };
  };
}

async function withWorld(trouble: HostTrouble, use: (world: HostWorld) => Promise<void>): Promise<void> {
  const folder = await navigator.storage.getDirectory();
  const savedBytes = async () => {
    try {
      const file = await (await folder.getFileHandle(NAME)).getFile();
      return new Uint8Array(await file.arrayBuffer());
    } catch {
      return undefined;
    }
  };
  try {
    await use({
      host: createBrowserHost(partsFor(trouble)),
      savedBytes,
      leftBytes: () => bytesIn(folder),
    });
  } finally {
    if (await savedBytes()) await folder.removeEntry(NAME);
  }
}

describeHost('browser', withWorld);

const calm: HostTrouble = { save: 'none', isPersistenceGranted: true };
const CSV = { suggestedName: 'a.csv', kind: 'csv', contents: 'a' } as const;

test.each([
  ['there is no dialog', undefined],
  [
    'the dialog is not offered now',
    async () => {
      throw new DOMException('', 'SecurityError');
    },
  ],
] as const)('when %s, the file goes to the downloads', async (_reason, showSaveFilePicker) => {
  const downloads: { name: string; file: Blob }[] = [];
  const host = createBrowserHost({
    ...partsFor(calm),
    showSaveFilePicker,
    download: (file, name) => void downloads.push({ name, file }),
  });
  expect(await host.saveFile(CSV)).toEqual({ ok: true, value: { kind: 'sent-to-downloads' } });
  expect(downloads.map(({ name, file }) => [name, file.type])).toEqual([['a.csv', 'text/csv']]);
  expect(await downloads[0]?.file.text()).toBe('a');
});

test('an error nobody expects is not swallowed', async () => {
  const host = createBrowserHost({
    ...partsFor(calm),
    showSaveFilePicker: async () => {
      throw new TypeError('a bug');
    },
  });
  await expect(host.saveFile(CSV)).rejects.toThrow('a bug');
});

test('a probe whose open file was taken away asks again on a new one', async () => {
  const host = createBrowserHost({ ...partsFor(calm), startProbeWorker: () => startProbe('closed-once') });
  expect(await host.hasRoom(1000)).toBe(false);
  expect(await host.hasRoom(1000)).toBe(true);
});

test('two windows probe side by side', async () => {
  const hosts = [createBrowserHost(partsFor(calm)), createBrowserHost(partsFor(calm))];
  const answers = hosts.flatMap((host) => [host.hasRoom(1000), host.hasRoom(100_000)]);
  expect(await Promise.all(answers)).toEqual([true, true, true, true]);
});

test('where no worker can be loaded, there is room', async () => {
  const missing = () => new Worker('/no-such-worker.js', { type: 'module' });
  const host = createBrowserHost({ ...partsFor(calm), startProbeWorker: missing });
  expect(await host.hasRoom(1000)).toBe(true);
  expect(await host.hasRoom(2000)).toBe(true);
});

test('the note of a shop is kept, read and removed; a damaged one is none', async () => {
  const { tillMarks } = createBrowserHost(partsFor(calm));
  await tillMarks.remove();
  expect(await tillMarks.read()).toBeUndefined();
  const mark = { shop: 'a', till: 'b', since: 7 };
  await tillMarks.write(mark);
  expect(await tillMarks.read()).toEqual(mark);
  const file = await (await navigator.storage.getDirectory()).getFileHandle('till.json');
  const writable = await file.createWritable();
  await writable.write('{"shop":');
  await writable.close();
  expect(await tillMarks.read()).toBeUndefined();
  await tillMarks.remove();
  await tillMarks.remove();
  const without = createBrowserHost({ ...partsFor(calm), storage: undefined }).tillMarks;
  await without.write(mark);
  expect(await without.read()).toBeUndefined();
});

test('a page without a bridge is a browser, and cannot show folders', async () => {
  const host = chooseHost(window);
  expect(host.kind).toBe('browser');
  expect((await host.info()).chrome).toMatch(/^\d+/);
  expect(await host.showDataFolder()).toEqual({ ok: false, error: { code: 'unsupported' } });
  expect(['granted', 'denied']).toContain(await host.requestPersistentStorage());
});

test('a page with a bridge is the desktop', () => {
  const refused = async () => ({ ok: false, error: { code: 'failed' } }) as const;
  const names = Object.keys(CHANNELS) as BridgeName[];
  const bridge = Object.fromEntries(names.map((name) => [name, refused])) as unknown as HostBridge;
  expect(chooseHost({ tenpunch: bridge, navigator, location }).kind).toBe('desktop');
});

// The browser host in a real browser: real file handles (in the origin's private file system), real blobs, real
// storage estimate. Only the dialog itself is played: it needs a person.

import { expect, test } from 'vitest';
import { createBrowserHost, type BrowserParts } from '#renderer/platform/browser-host.ts';
import { chooseHost } from '#renderer/platform/choose-host.ts';
import type { ShowSaveFilePicker } from '#renderer/platform/save-picker.ts';
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
    },
    clipboard: navigator.clipboard,
    showSaveFilePicker: pickerFor(trouble),
    download: () => undefined,
    reload: () => undefined,
  };
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
    await use({ host: createBrowserHost(partsFor(trouble)), savedBytes });
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

test('a page without a bridge is a browser, and cannot show folders', async () => {
  const host = chooseHost(window);
  expect(host.kind).toBe('browser');
  expect((await host.info()).chrome).toMatch(/^\d+/);
  expect(await host.showDataFolder()).toEqual({ ok: false, error: { code: 'unsupported' } });
  expect(['granted', 'denied']).toContain(await host.requestPersistentStorage());
});

test('a page with a bridge is the desktop', () => {
  const refused = async () => ({ ok: false, error: { code: 'failed' } }) as const;
  const bridge = { appInfo: refused, reloadWindow: refused, saveFile: refused, showDataFolder: refused };
  expect(chooseHost({ tenpunch: bridge, navigator, location }).kind).toBe('desktop');
});

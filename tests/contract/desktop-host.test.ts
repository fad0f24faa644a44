// The desktop host over the main process's own code: the real answer(), the real handlers and a real folder. Only the
// pipe between the two processes and the dialog are played.

import { mkdtemp, readdir, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { appInfo } from '#electron/ipc/handlers/app-info.ts';
import { diskRoom, type DiskRoomDependencies } from '#electron/ipc/handlers/disk-room.ts';
import { saveFile } from '#electron/ipc/handlers/save-file.ts';
import { writeWholeFile } from '#electron/services/write-whole-file.ts';
import { createDesktopHost } from '#renderer/platform/desktop-host.ts';
import type { IpcHandlers } from '#shared/ipc/contract.ts';
import type { Log } from '#shared/lib/ports.ts';
import { bridgeTo, NOT_ASKED } from './desktop-bridge.ts';
import { describeHost, type HostTrouble, type HostWorld } from './host.contract.ts';

const log: Log = { info: () => undefined, error: () => undefined };
const CODES = { 'disk-full': 'ENOSPC', denied: 'EACCES' } as const;

function statfsFor({ disk }: HostTrouble): DiskRoomDependencies['statfs'] {
  if (disk === 'full') return async () => ({ bavail: 0, bsize: 4096 });
  if (disk === undefined) return statfs;
  return async () => {
    throw Object.assign(new Error('injected'), { code: 'ENOSYS' });
  };
}

function handlersFor(trouble: HostTrouble, target: string): IpcHandlers {
  return {
    ...NOT_ASKED,
    appInfo: async () =>
      appInfo({
        name: 'Tenpunch',
        version: '1.2.3',
        platform: process.platform,
        electron: '45.4.1',
        chrome: '156.0.0.0',
        profileFolder: target,
        locale: 'tr-TR',
      }),
    diskRoom: (request) => diskRoom({ statfs: statfsFor(trouble), folder: dirname(target), log }, request),
    reloadWindow: async () => ({}),
    saveFile: (request) =>
      saveFile(
        {
          chooseTarget: async () => (trouble.save === 'cancel' ? undefined : target),
          async writeWholeFile(path, bytes) {
            if (trouble.save === 'disk-full' || trouble.save === 'denied') {
              throw Object.assign(new Error('injected'), { code: CODES[trouble.save] });
            }
            await writeWholeFile(path, bytes);
          },
          log,
        },
        request,
      ),
    showDataFolder: async () => ({ isShown: true }),
  };
}

async function withWorld(trouble: HostTrouble, use: (world: HostWorld) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'tenpunch-host-'));
  const target = join(folder, 'saved');
  const host = createDesktopHost({
    bridge: bridgeTo(handlersFor(trouble, target)),
    storage: {
      persisted: async () => false,
      persist: async () => trouble.isPersistenceGranted,
      estimate: async () => ({ usage: 10, quota: 1000 }),
    },
    clipboard: { writeText: async () => undefined },
  });
  const savedBytes = async () => {
    try {
      return new Uint8Array(await readFile(target));
    } catch {
      return undefined;
    }
  };
  try {
    const leftBytes = async () => (await readdir(folder)).filter((name) => name !== 'saved').length;
    await use({ host, savedBytes, leftBytes });
  } finally {
    await rm(folder, { recursive: true });
  }
}

describeHost('desktop', withWorld);

const calm: HostTrouble = { save: 'none', isPersistenceGranted: true };

test('knows the last part of the folder, its Electron and its profile', () =>
  withWorld(calm, async ({ host }) => {
    expect(await host.saveFile({ suggestedName: 'a.txt', kind: 'text', contents: 'a' })).toMatchObject({
      ok: true,
      value: { kind: 'saved', folderName: expect.stringMatching(/^tenpunch-host-/) },
    });
    expect(await host.info()).toMatchObject({ electron: '45.4.1', chrome: '156.0.0.0' });
    expect(await host.info()).not.toHaveProperty('ipcVersion');
    expect(await host.showDataFolder()).toEqual({ ok: true, value: undefined });
    await expect(host.reload()).resolves.toBeUndefined();
  }));

test('a reply of another version is a broken invariant, not a wrong screen', async () => {
  const bridge = bridgeTo(handlersFor(calm, ''));
  const host = createDesktopHost({
    bridge: { ...bridge, appInfo: async () => JSON.parse('{"ok":true,"value":{"name":1}}') },
    storage: undefined,
    clipboard: undefined,
  });
  await expect(host.info()).rejects.toThrow('does not fit the contract');
});

test('a main process that is gone says nothing about the disk', async () => {
  const bridge = bridgeTo(handlersFor(calm, ''));
  const gone = async () => {
    throw new Error('reply was never sent');
  };
  const host = createDesktopHost({
    bridge: { ...bridge, diskRoom: gone },
    storage: undefined,
    clipboard: undefined,
  });
  expect(await host.hasRoom(1)).toBe(true);
});

test('without the storage and clipboard interfaces it says so', async () => {
  const bridge = bridgeTo(handlersFor(calm, ''));
  const host = createDesktopHost({ bridge, storage: undefined, clipboard: undefined });
  expect(await host.requestPersistentStorage()).toBe('unsupported');
  expect(await host.storageEstimate()).toBeUndefined();
  expect(await host.copyText('a')).toEqual({ ok: false, error: { code: 'unsupported' } });
});

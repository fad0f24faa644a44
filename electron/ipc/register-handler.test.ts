import { expect, test, vi } from 'vitest';
import { CHANNELS } from '#shared/ipc/channels.ts';
import type { IpcHandlers } from '#shared/ipc/contract.ts';
import { registerHandlers } from './register-handler.ts';

type Listener = (event: unknown, payload: unknown) => Promise<unknown>;
const { listeners } = vi.hoisted(() => ({ listeners: new Map<string, Listener>() }));
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: Listener) => listeners.set(channel, listener) },
}));

const mainFrame = { url: 'app://tenpunch/index.html', parent: null };
const webContents = {};
const handlers: IpcHandlers = {
  appInfo: async () => {
    throw new Error('not asked here');
  },
  diskRoom: async () => ({ hasRoom: true }),
  endpointFind: async () => ({}),
  endpointHush: async () => ({}),
  endpointNews: async () => ({ texts: [], at: 0, isOpen: false }),
  endpointPair: async () => ({ kind: 'failed', code: 'busy' }),
  endpointSend: async () => ({ kind: 'failed', because: 'network' }),
  endpointShopKey: async () => ({}),
  endpointUnpair: async () => ({}),
  exportFolderChoose: async () => ({ kind: 'failed', code: 'cancelled' }),
  exportFolderFind: async () => ({}),
  exportFolderWrite: async () => ({ kind: 'failed', code: 'denied' }),
  reloadWindow: async () => ({}),
  saveFile: async () => ({ kind: 'cancelled' }),
  showDataFolder: async () => ({ isShown: true }),
};

test('every channel of the contract is registered, and each checks its sender', async () => {
  const log = { info: () => undefined, error: () => undefined };
  registerHandlers(
    { findWindow: () => ({ webContents }) as never, pageOrigin: 'app://tenpunch', log },
    handlers,
  );
  expect([...listeners.keys()].sort()).toEqual(Object.values(CHANNELS).sort());

  const show = listeners.get(CHANNELS.showDataFolder);
  const fromUs = { senderFrame: mainFrame, sender: webContents };
  expect(await show?.(fromUs, {})).toEqual({ ok: true, value: { isShown: true } });
  const refused = { ok: false, error: { code: 'bad-sender' } };
  expect(await show?.({ senderFrame: { ...mainFrame, parent: mainFrame }, sender: webContents }, {})).toEqual(
    refused,
  );
  expect(await show?.({ senderFrame: null, sender: webContents }, {})).toEqual(refused);
  const otherWindow = {};
  expect(await show?.({ senderFrame: mainFrame, sender: otherWindow }, {})).toEqual(refused);
});

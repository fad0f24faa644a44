// The order of main.ts, with Electron played: it can't be seen in any single module, and a wrong order fails silently.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CHANNELS } from '#shared/ipc/channels.ts';

const { calls, played } = vi.hoisted(() => ({
  calls: [] as string[],
  played: { isFirst: true, loaded: '' },
}));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  const note =
    (name: string) =>
    (...parts: unknown[]): void =>
      void calls.push([name, ...parts.filter((part) => typeof part === 'string')].join(' '));
  const app = Object.assign(new EventEmitter(), {
    isPackaged: true,
    setName: note('setName'),
    setAppUserModelId: note('setAppUserModelId'),
    setPath: (name: string) => calls.push(`setPath ${name}`),
    getPath: () => '/unused',
    getLocale: () => 'tr',
    enableSandbox: note('enableSandbox'),
    requestSingleInstanceLock: () => (calls.push('lock'), played.isFirst),
    whenReady: async () => note('ready')(),
    quit: note('quit'),
    exit: note('exit'),
  });
  class BrowserWindow extends EventEmitter {
    webContents = new EventEmitter();
    constructor() {
      super();
      calls.push('window');
    }
    async loadURL(url: string): Promise<void> {
      calls.push('load');
      played.loaded = url;
    }
  }
  return {
    app,
    BrowserWindow,
    dialog: { showErrorBox: note('showErrorBox') },
    ipcMain: { handle: (channel: string) => calls.push(`handle ${channel}`) },
    Menu: { buildFromTemplate: () => ({}), setApplicationMenu: note('menu') },
    nativeTheme: { shouldUseDarkColors: false },
    protocol: {
      registerSchemesAsPrivileged: note('scheme'),
      handle: note('serve'),
    },
    safeStorage: {},
    screen: { getAllDisplays: () => [] },
    session: {
      defaultSession: {
        setPermissionRequestHandler: note('permission-requests'),
        setPermissionCheckHandler: note('permission-checks'),
        setDevicePermissionHandler: note('device-permissions'),
        on: note('session'),
      },
    },
    shell: {},
  };
});

let profile: string;
beforeEach(async () => {
  profile = await mkdtemp(join(tmpdir(), 'tenpunch-main-'));
  vi.stubEnv('TENPUNCH_PROFILE', profile);
  vi.stubEnv('VITE_DEV_SERVER_URL', 'http://127.0.0.1:5173/');
  calls.length = 0;
  vi.resetModules();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  process.removeAllListeners('uncaughtExceptionMonitor');
  await rm(profile, { recursive: true });
});

test('folders, scheme and lock come before ready; every guard comes before the page', async () => {
  played.isFirst = true;
  await import('./main.ts');
  await vi.waitFor(() => expect(calls).toContain('load'));
  const at = (name: string) => {
    expect(calls).toContain(name);
    return calls.indexOf(name);
  };
  for (const early of ['setPath userData', 'setPath sessionData', 'scheme', 'enableSandbox', 'lock']) {
    expect(at(early)).toBeLessThan(at('ready'));
  }
  expect(at('setPath userData')).toBeLessThan(at('lock'));
  const guards = ['serve app', 'permission-requests', 'permission-checks', 'device-permissions'];
  const channels = Object.values(CHANNELS).map((channel) => `handle ${channel}`);
  for (const guard of [...guards, 'session will-download', ...channels]) {
    expect(at(guard)).toBeLessThan(at('window'));
  }
  // Packaged: the development server in the environment is ignored.
  expect(played.loaded).toBe('app://tenpunch/index.html');
});

test('a second process opens nothing and quits', async () => {
  played.isFirst = false;
  await import('./main.ts');
  await new Promise((resolve) => setImmediate(resolve));
  expect(calls).toContain('quit');
  expect(calls).not.toContain('ready');
  expect(calls).not.toContain('window');
});

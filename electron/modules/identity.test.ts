import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { applyIdentity, profileFolders } from './identity.ts';

test('the shop profile is named after the app and never moves', () => {
  expect(profileFolders({ appDataFolder: '/data', override: undefined })).toEqual({
    profile: join('/data', 'Tenpunch'),
    session: join('/data', 'Tenpunch', 'session'),
  });
});

test('a trial run has its own profile; an empty variable is none', () => {
  expect(profileFolders({ appDataFolder: '/data', override: 'trial' }).profile).toBe(resolve('trial'));
  expect(profileFolders({ appDataFolder: '/data', override: '' }).profile).toBe(join('/data', 'Tenpunch'));
});

test.each(['linux', 'win32'] as const)(
  '%s: both folders exist before Electron is told about them',
  async (platform) => {
    const folder = await mkdtemp(join(tmpdir(), 'tenpunch-identity-'));
    const calls: string[] = [];
    const folders = applyIdentity(
      {
        getPath: () => folder,
        setName: (name) => void calls.push(`name ${name}`),
        setAppUserModelId: (id) => void calls.push(`id ${id}`),
        setPath: (name, path) => void calls.push(`${name} ${existsSync(path)}`),
      },
      { override: undefined, platform },
    );
    const id = platform === 'win32' ? ['id app.tenpunch.desktop'] : [];
    expect(calls).toEqual(['name Tenpunch', ...id, 'userData true', 'sessionData true']);
    expect(folders.profile).toBe(join(folder, 'Tenpunch'));
    await rm(folder, { recursive: true });
  },
);

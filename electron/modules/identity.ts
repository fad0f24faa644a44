// Where this till lives. IndexedDB belongs to the session folder: a changed folder shows the shop an empty database.

import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { App } from 'electron';
import { APP_NAME } from '#shared/lib/app-identity.ts';

/** The same as appId in electron-builder.yml: Windows groups windows and pins by it. */
export const APP_ID = 'app.tenpunch.desktop';

export interface ProfileFolders {
  /** Ours: logs, window bounds. */
  readonly profile: string;
  /** Chromium's: IndexedDB, caches. */
  readonly session: string;
}

/** TENPUNCH_PROFILE gives any run its own folder, so that a trial never touches the shop's data. */
export function profileFolders(setting: {
  appDataFolder: string;
  override: string | undefined;
}): ProfileFolders {
  const profile = setting.override ? resolve(setting.override) : join(setting.appDataFolder, APP_NAME);
  return { profile, session: join(profile, 'session') };
}

/** Before anything else asks for a path, and before the single-instance lock, which lives in the profile. */
export function applyIdentity(
  app: Pick<App, 'getPath' | 'setPath' | 'setName' | 'setAppUserModelId'>,
  machine: { override: string | undefined; platform: NodeJS.Platform },
): ProfileFolders {
  app.setName(APP_NAME);
  // Elsewhere the function does not exist, whatever its type says.
  if (machine.platform === 'win32') app.setAppUserModelId(APP_ID);
  const folders = profileFolders({ appDataFolder: app.getPath('appData'), override: machine.override });
  // setPath refuses a folder that does not exist.
  mkdirSync(folders.session, { recursive: true });
  app.setPath('userData', folders.profile);
  app.setPath('sessionData', folders.session);
  return folders;
}

// The main process, top to bottom. The order matters: identity before anything asks for a folder, the scheme before
// `ready`, the guards before the first page exists.

import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import {
  app,
  dialog,
  Menu,
  nativeTheme,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  type BrowserWindow,
} from 'electron';
import { APP_NAME } from '#shared/lib/app-identity.ts';
import { appInfo } from './ipc/handlers/app-info.ts';
import { diskRoom } from './ipc/handlers/disk-room.ts';
import { createEndpointHandlers } from './ipc/handlers/endpoint-handlers.ts';
import { chooseExportFolder, findExportFolder, writeToExportFolder } from './ipc/handlers/export-folder.ts';
import { saveFile } from './ipc/handlers/save-file.ts';
import { registerHandlers } from './ipc/register-handler.ts';
import { askForExportFolder } from './modules/ask-for-export-folder.ts';
import { chooseSaveTarget } from './modules/choose-save-target.ts';
import { watchProcesses, watchWindow } from './modules/crash-log.ts';
import { applyIdentity, type ProfileFolders } from './modules/identity.ts';
import { createKeyStore } from './modules/key-store.ts';
import { labelsFor } from './modules/labels.ts';
import { menuTemplate } from './modules/menu.ts';
import { guardNavigation, refuseDownloads } from './modules/navigation.ts';
import { choosePage } from './modules/page-origin.ts';
import { guardPermissions } from './modules/permissions.ts';
import { registerScheme, serveApp } from './modules/protocol.ts';
import { claimSingleInstance } from './modules/single-instance.ts';
import { createBoundsFile, planStartBounds } from './modules/window-bounds.ts';
import { openWindow } from './modules/window.ts';
import { createEndpointTransport } from './services/endpoint-transport.ts';
import { errorCode } from './services/error-code.ts';
import { createFileLog } from './services/file-log.ts';
import { createSecretsFile } from './services/secrets-file.ts';
import { writeFilesTogether } from './services/write-files-together.ts';
import { writeWholeFile } from './services/write-whole-file.ts';

const folders = applyIdentity(app, {
  override: process.env['TENPUNCH_PROFILE'],
  platform: process.platform,
});
registerScheme(protocol);
app.enableSandbox();
run(folders);

function run({ profile }: ProfileFolders): void {
  let window: BrowserWindow | undefined;
  const findWindow = () => window;
  if (!claimSingleInstance(app, findWindow)) return app.quit();

  const now = () => Date.now();
  const log = createFileLog({ folder: join(profile, 'logs'), now });
  process.on('uncaughtExceptionMonitor', (error) => log.error('uncaught', { code: errorCode(error) }));
  const page = choosePage({
    isPackaged: app.isPackaged,
    devServerUrl: process.env['VITE_DEV_SERVER_URL'],
  });
  const guard = { pageOrigin: page.origin, log };
  const showDataFolder = async () => (await shell.openPath(profile)) === '';

  watchProcesses(app, log);
  guardNavigation(app, guard);
  app.on('window-all-closed', () => app.quit());

  const whenReady = async (): Promise<void> => {
    await app.whenReady();
    const labels = labelsFor(app.getLocale());
    serveApp(protocol, { root: join(import.meta.dirname, '..', 'dist'), log });
    guardPermissions(session.defaultSession, guard);
    refuseDownloads(session.defaultSession, log);
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate({
          labels,
          appName: APP_NAME,
          platform: process.platform,
          isPackaged: app.isPackaged,
          showDataFolder: () => void showDataFolder(),
        }),
      ),
    );
    const documentsFolder = app.getPath('documents');
    const secrets = createSecretsFile({
      file: join(profile, 'endpoint.bin'),
      keyStore: createKeyStore(safeStorage, process.platform),
      writeWholeFile,
      log,
    });
    const exports = {
      file: join(profile, 'export-folder.json'),
      chooseFolder: (current: string | undefined) =>
        askForExportFolder({ dialog, findWindow, documentsFolder }, current),
      writeWholeFile,
      writeFilesTogether,
      log,
    };
    registerHandlers(
      { findWindow, pageOrigin: page.origin, log },
      {
        appInfo: async () =>
          appInfo({
            name: APP_NAME,
            version: app.getVersion(),
            platform: process.platform,
            electron: process.versions.electron,
            chrome: process.versions.chrome,
            profileFolder: profile,
            locale: app.getPreferredSystemLanguages()[0] ?? app.getLocale(),
          }),
        diskRoom: (request) => diskRoom({ statfs, folder: profile, log }, request),
        ...createEndpointHandlers({ secrets, transport: createEndpointTransport(), log }),
        exportFolderChoose: () => chooseExportFolder(exports),
        exportFolderFind: () => findExportFolder(exports),
        exportFolderWrite: (request) => writeToExportFolder(exports, request),
        reloadWindow: async () => {
          // After the reply has left: a reload at once would cut it off.
          setImmediate(() => window?.webContents.reload());
          return {};
        },
        saveFile: (request) =>
          saveFile(
            {
              chooseTarget: (suggestion) =>
                chooseSaveTarget({ dialog, findWindow, documentsFolder }, suggestion),
              writeWholeFile,
              log,
            },
            request,
          ),
        showDataFolder: async () => ({ isShown: await showDataFolder() }),
      },
    );
    const boundsFile = createBoundsFile(profile, log);
    const workAreas = screen.getAllDisplays().map((display) => display.workArea);
    window = openWindow(
      {
        preload: join(import.meta.dirname, 'preload.cjs'),
        bounds: planStartBounds(boundsFile.read(), workAreas),
        isDark: nativeTheme.shouldUseDarkColors,
        isPackaged: app.isPackaged,
      },
      boundsFile,
    );
    window.on('closed', () => (window = undefined));
    watchWindow(window, { app, dialog, labels, log, now });
    await loadPage(window, page.url);
  };

  whenReady().catch((error: unknown) => {
    log.error('start-failed', { code: errorCode(error) });
    dialog.showErrorBox(APP_NAME, `${labelsFor(app.getLocale()).keepsFailing} (${errorCode(error)})`);
    app.exit(1);
  });
}

/** A reload that overtakes the first load (the development server does that) aborts it; the page comes up all the same. */
async function loadPage(window: BrowserWindow, url: string): Promise<void> {
  try {
    await window.loadURL(url);
  } catch (error) {
    if (errorCode(error) !== 'ERR_ABORTED') throw error;
  }
}

import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { APP_NAME } from '#shared/lib/app-identity.ts';
import { MIN_WINDOW, type BoundsFile, type StartBounds } from './window-bounds.ts';

/** `--paper` of renderer/ui/tokens.css in both themes, so that the first frame does not flash. */
const BACKGROUND = { light: '#f5efe4', dark: '#16130f' } as const;

export interface WindowSetting {
  readonly preload: string;
  readonly bounds: StartBounds;
  readonly isDark: boolean;
  readonly isPackaged: boolean;
}

/** Every setting that matters for safety is written out, defaults too: an Electron upgrade must not decide it for us. */
export function windowOptions(setting: WindowSetting): BrowserWindowConstructorOptions {
  const { isMaximized: _isMaximized, ...bounds } = setting.bounds;
  return {
    ...bounds,
    minWidth: MIN_WINDOW.width,
    minHeight: MIN_WINDOW.height,
    title: APP_NAME,
    backgroundColor: setting.isDark ? BACKGROUND.dark : BACKGROUND.light,
    // Shown when the first frame is ready: a white window at the counter looks broken.
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload: setting.preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      devTools: !setting.isPackaged,
      // Chromium's spelling service would fetch dictionaries; the till talks to nobody.
      spellcheck: false,
    },
  };
}

export function openWindow(setting: WindowSetting, boundsFile: BoundsFile): BrowserWindow {
  const window = new BrowserWindow(windowOptions(setting));
  window.once('ready-to-show', () => {
    if (setting.bounds.isMaximized) window.maximize();
    window.show();
  });
  window.on('close', () => {
    boundsFile.write({ ...window.getNormalBounds(), isMaximized: window.isMaximized() });
  });
  return window;
}

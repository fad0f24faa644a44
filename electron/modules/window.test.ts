import { expect, test, vi } from 'vitest';
import { windowOptions, type WindowSetting } from './window.ts';

vi.mock('electron', () => ({ BrowserWindow: undefined }));

const setting: WindowSetting = {
  preload: '/app/dist-electron/preload.cjs',
  bounds: { width: 1280, height: 800, isMaximized: false },
  isDark: false,
  isPackaged: true,
};

// One line per setting: a change of any of them must be a change of this table.
test.each([
  ['contextIsolation', true],
  ['sandbox', true],
  ['nodeIntegration', false],
  ['nodeIntegrationInWorker', false],
  ['nodeIntegrationInSubFrames', false],
  ['webSecurity', true],
  ['allowRunningInsecureContent', false],
  ['experimentalFeatures', false],
  ['webviewTag', false],
  ['plugins', false],
  ['navigateOnDragDrop', false],
  ['spellcheck', false],
  ['devTools', false],
  ['preload', '/app/dist-electron/preload.cjs'],
] as const)('a packaged window has %s %s', (name, value) =>
  expect(windowOptions(setting).webPreferences?.[name]).toBe(value),
);

test('nothing that loosens the page is set', () => {
  const preferences = windowOptions(setting).webPreferences;
  expect(preferences).not.toHaveProperty('enableBlinkFeatures');
  expect(preferences).not.toHaveProperty('additionalArguments');
  expect(preferences).not.toHaveProperty('partition');
});

test('developer tools exist in an unpackaged run only', () => {
  expect(windowOptions({ ...setting, isPackaged: false }).webPreferences?.devTools).toBe(true);
});

test('the window never gets too small, and starts hidden in the colour of its theme', () => {
  expect(windowOptions(setting)).toMatchObject({ minWidth: 900, minHeight: 640, show: false });
  const dark = windowOptions({ ...setting, isDark: true });
  expect(dark.backgroundColor).not.toBe(windowOptions(setting).backgroundColor);
  expect(windowOptions(setting)).not.toHaveProperty('isMaximized');
});

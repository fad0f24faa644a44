import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { labelsFor } from './labels.ts';
import { menuTemplate, type MenuSetting } from './menu.ts';

const setting: MenuSetting = {
  labels: labelsFor('en-US'),
  appName: 'Tenpunch',
  platform: 'linux',
  isPackaged: true,
  showDataFolder: () => undefined,
};

function roles(items: readonly MenuItemConstructorOptions[]): string[] {
  return items.flatMap((item) => [
    ...(item.role ? [item.role] : []),
    ...(Array.isArray(item.submenu) ? roles(item.submenu) : []),
  ]);
}

test('zoom, reload, full screen and editing are there on every platform', () => {
  for (const platform of ['linux', 'win32', 'darwin'] as const) {
    expect(roles(menuTemplate({ ...setting, platform }))).toEqual(
      expect.arrayContaining([
        'reload',
        'resetZoom',
        'zoomIn',
        'zoomOut',
        'togglefullscreen',
        'copy',
        'paste',
      ]),
    );
  }
});

test('developer tools are not on a shop till', () => {
  expect(roles(menuTemplate(setting))).not.toContain('toggleDevTools');
  expect(roles(menuTemplate({ ...setting, isPackaged: false }))).toContain('toggleDevTools');
});

test('macOS gets its app menu, the others a way to quit', () => {
  expect(roles(menuTemplate({ ...setting, platform: 'darwin' }))[0]).toBe('appMenu');
  expect(roles(menuTemplate(setting))[0]).toBe('quit');
});

test('the words follow the language; unknown ones fall back to English', () => {
  expect(labelsFor('tr-TR').quit).toBe('Çıkış');
  expect(labelsFor('tr_TR').quit).toBe('Çıkış');
  expect(labelsFor('de').quit).toBe('Quit');
  expect(labelsFor('').quit).toBe('Quit');
});

test('no label is empty', () => {
  for (const locale of ['en', 'tr']) expect(Object.values(labelsFor(locale))).not.toContain('');
});

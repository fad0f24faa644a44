import type { OpenDialogOptions } from 'electron';
import { expect, test } from 'vitest';
import { askForExportFolder } from './ask-for-export-folder.ts';

test.each([
  [undefined, '/home/shop/Documents'],
  ['/media/stick', '/media/stick'],
])('with %j chosen the dialog opens at %s, for folders only', async (current, at) => {
  const shown: OpenDialogOptions[] = [];
  const dialog = {
    showOpenDialog: async (...parts: unknown[]) => {
      shown.push(parts.at(-1) as OpenDialogOptions);
      return { canceled: false, filePaths: ['/chosen'] };
    },
  };
  const setting = { dialog, findWindow: () => undefined, documentsFolder: '/home/shop/Documents' };
  expect(await askForExportFolder(setting, current)).toBe('/chosen');
  expect(shown).toEqual([{ defaultPath: at, properties: ['openDirectory', 'createDirectory'] }]);
});

test.each([
  { canceled: true, filePaths: ['/left-over'] },
  { canceled: false, filePaths: [] },
])('%j is no choice', async (choice) => {
  const dialog = { showOpenDialog: async () => choice };
  const setting = { dialog, findWindow: () => undefined, documentsFolder: '/x' };
  expect(await askForExportFolder(setting, undefined)).toBeUndefined();
});

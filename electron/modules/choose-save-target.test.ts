import { join } from 'node:path';
import { expect, test } from 'vitest';
import { chooseSaveTarget, saveDialogOptions } from './choose-save-target.ts';

const suggestion = { name: 'Members.csv', kind: 'csv' } as const;

test('the dialog opens in the documents folder and asks before overwriting', () => {
  const options = saveDialogOptions(suggestion, '/home/shop/Documents');
  expect(options.defaultPath).toBe(join('/home/shop/Documents', 'Members.csv'));
  expect(options.filters).toEqual([{ name: 'CSV', extensions: ['csv'] }]);
  expect(options.properties).toContain('showOverwriteConfirmation');
});

test.each([
  [{ canceled: false, filePath: '/x/Members.csv' }, '/x/Members.csv'],
  [{ canceled: true, filePath: '' }, undefined],
  [{ canceled: false, filePath: '' }, undefined],
])('%j means %j', async (choice, target) => {
  const dialog = { showSaveDialog: async () => choice };
  const setting = { dialog, findWindow: () => undefined, documentsFolder: '/x' };
  expect(await chooseSaveTarget(setting, suggestion)).toBe(target);
});

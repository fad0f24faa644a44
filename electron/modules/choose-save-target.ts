import { join } from 'node:path';
import type { BrowserWindow, Dialog, SaveDialogOptions } from 'electron';
import type { FileKind } from '#shared/ipc/contract.ts';

const EXTENSIONS: Readonly<Record<FileKind, string>> = { csv: 'csv', json: 'json', pdf: 'pdf', text: 'txt' };

export function saveDialogOptions(
  suggestion: { name: string; kind: FileKind },
  documentsFolder: string,
): SaveDialogOptions {
  const extension = EXTENSIONS[suggestion.kind];
  return {
    defaultPath: join(documentsFolder, suggestion.name),
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  };
}

export async function chooseSaveTarget(
  setting: {
    dialog: Pick<Dialog, 'showSaveDialog'>;
    findWindow: () => BrowserWindow | undefined;
    documentsFolder: string;
  },
  suggestion: { name: string; kind: FileKind },
): Promise<string | undefined> {
  const options = saveDialogOptions(suggestion, setting.documentsFolder);
  const window = setting.findWindow();
  // Tied to the window, so that it can't get lost behind it on a full-screen till.
  const choice = await (window
    ? setting.dialog.showSaveDialog(window, options)
    : setting.dialog.showSaveDialog(options));
  return choice.canceled || choice.filePath === '' ? undefined : choice.filePath;
}

import type { BrowserWindow, Dialog, OpenDialogOptions } from 'electron';

/** @param current the folder that is chosen now, to begin at */
export async function askForExportFolder(
  setting: {
    dialog: Pick<Dialog, 'showOpenDialog'>;
    findWindow: () => BrowserWindow | undefined;
    documentsFolder: string;
  },
  current: string | undefined,
): Promise<string | undefined> {
  const options: OpenDialogOptions = {
    defaultPath: current ?? setting.documentsFolder,
    properties: ['openDirectory', 'createDirectory'],
  };
  const window = setting.findWindow();
  // Tied to the window, so that it can't get lost behind it on a full-screen till.
  const choice = await (window
    ? setting.dialog.showOpenDialog(window, options)
    : setting.dialog.showOpenDialog(options));
  return choice.canceled ? undefined : choice.filePaths[0];
}

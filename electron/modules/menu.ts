import type { MenuItemConstructorOptions } from 'electron';
import type { Labels } from './labels.ts';

export interface MenuSetting {
  readonly labels: Labels;
  readonly appName: string;
  readonly platform: NodeJS.Platform;
  readonly isPackaged: boolean;
  readonly showDataFolder: () => void;
}

/** Roles do the work, so that the shortcuts are each platform's own. Only the words are ours. */
export function menuTemplate(setting: MenuSetting): MenuItemConstructorOptions[] {
  const { labels, appName, platform, isPackaged, showDataFolder } = setting;
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const first: MenuItemConstructorOptions =
    platform === 'darwin'
      ? { label: appName, role: 'appMenu' }
      : { label: labels.file, submenu: [{ role: 'quit', label: labels.quit }] };
  return [
    first,
    {
      label: labels.edit,
      submenu: [
        { role: 'undo', label: labels.undo },
        { role: 'redo', label: labels.redo },
        separator,
        { role: 'cut', label: labels.cut },
        { role: 'copy', label: labels.copy },
        { role: 'paste', label: labels.paste },
        { role: 'selectAll', label: labels.selectAll },
      ],
    },
    {
      label: labels.view,
      submenu: [
        { role: 'reload', label: labels.reload },
        separator,
        { role: 'resetZoom', label: labels.actualSize },
        { role: 'zoomIn', label: labels.zoomIn },
        { role: 'zoomOut', label: labels.zoomOut },
        separator,
        { role: 'togglefullscreen', label: labels.fullScreen },
        ...developerItems(labels, isPackaged),
      ],
    },
    { label: labels.help, submenu: [{ label: labels.showDataFolder, click: showDataFolder }] },
  ];
}

/** Not on a shop's till: whoever stands at the counter could read and change everything the page can. */
function developerItems(labels: Labels, isPackaged: boolean): MenuItemConstructorOptions[] {
  return isPackaged ? [] : [{ role: 'toggleDevTools', label: labels.developerTools }];
}

// The one bridge between the page and the main process: named functions, no generic invoke, no Electron object.

import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_KEY, CHANNELS } from '#shared/ipc/channels.ts';
import type { HostBridge } from '#shared/ipc/contract.ts';

const bridge: HostBridge = {
  appInfo: (request) => ipcRenderer.invoke(CHANNELS.appInfo, request),
  diskRoom: (request) => ipcRenderer.invoke(CHANNELS.diskRoom, request),
  reloadWindow: (request) => ipcRenderer.invoke(CHANNELS.reloadWindow, request),
  saveFile: (request) => ipcRenderer.invoke(CHANNELS.saveFile, request),
  showDataFolder: (request) => ipcRenderer.invoke(CHANNELS.showDataFolder, request),
};

contextBridge.exposeInMainWorld(BRIDGE_KEY, bridge);

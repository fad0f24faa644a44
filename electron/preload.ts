// The one bridge between the page and the main process: named functions, no generic invoke, no Electron object.

import { contextBridge, ipcRenderer } from 'electron';
import { BRIDGE_KEY, CHANNELS } from '#shared/ipc/channels.ts';
import type { HostBridge } from '#shared/ipc/contract.ts';

const bridge: HostBridge = {
  appInfo: (request) => ipcRenderer.invoke(CHANNELS.appInfo, request),
  diskRoom: (request) => ipcRenderer.invoke(CHANNELS.diskRoom, request),
  endpointFind: (request) => ipcRenderer.invoke(CHANNELS.endpointFind, request),
  endpointHush: (request) => ipcRenderer.invoke(CHANNELS.endpointHush, request),
  endpointNews: (request) => ipcRenderer.invoke(CHANNELS.endpointNews, request),
  endpointPair: (request) => ipcRenderer.invoke(CHANNELS.endpointPair, request),
  endpointSend: (request) => ipcRenderer.invoke(CHANNELS.endpointSend, request),
  endpointShopKey: (request) => ipcRenderer.invoke(CHANNELS.endpointShopKey, request),
  endpointUnpair: (request) => ipcRenderer.invoke(CHANNELS.endpointUnpair, request),
  exportFolderChoose: (request) => ipcRenderer.invoke(CHANNELS.exportFolderChoose, request),
  exportFolderFind: (request) => ipcRenderer.invoke(CHANNELS.exportFolderFind, request),
  exportFolderWrite: (request) => ipcRenderer.invoke(CHANNELS.exportFolderWrite, request),
  reloadWindow: (request) => ipcRenderer.invoke(CHANNELS.reloadWindow, request),
  saveFile: (request) => ipcRenderer.invoke(CHANNELS.saveFile, request),
  showDataFolder: (request) => ipcRenderer.invoke(CHANNELS.showDataFolder, request),
};

contextBridge.exposeInMainWorld(BRIDGE_KEY, bridge);

// The only user of ipcMain. Every channel gets the same treatment: answer.ts checks sender, request and response.

import { ipcMain, type BrowserWindow, type IpcMainInvokeEvent } from 'electron';
import { CHANNELS } from '#shared/ipc/channels.ts';
import { CONTRACT, type IpcHandlers } from '#shared/ipc/contract.ts';
import type { Log } from '#shared/lib/ports.ts';
import { answer, type Question } from './answer.ts';
import type { Sender } from './trusted-sender.ts';

export interface IpcSetting {
  readonly findWindow: () => BrowserWindow | undefined;
  readonly pageOrigin: string;
  readonly log: Log;
}

export function registerHandlers(setting: IpcSetting, handlers: IpcHandlers): void {
  const { appInfo, diskRoom, reloadWindow, saveFile, showDataFolder } = handlers;
  const { endpointFind, endpointHush, endpointNews, endpointPair } = handlers;
  const { endpointSend, endpointShopKey, endpointUnpair } = handlers;
  const { exportFolderChoose, exportFolderFind, exportFolderWrite } = handlers;
  register(setting, { channel: CHANNELS.appInfo, ...CONTRACT.appInfo, handler: appInfo });
  register(setting, { channel: CHANNELS.diskRoom, ...CONTRACT.diskRoom, handler: diskRoom });
  register(setting, { channel: CHANNELS.endpointFind, ...CONTRACT.endpointFind, handler: endpointFind });
  register(setting, { channel: CHANNELS.endpointHush, ...CONTRACT.endpointHush, handler: endpointHush });
  register(setting, { channel: CHANNELS.endpointNews, ...CONTRACT.endpointNews, handler: endpointNews });
  register(setting, { channel: CHANNELS.endpointPair, ...CONTRACT.endpointPair, handler: endpointPair });
  register(setting, { channel: CHANNELS.endpointSend, ...CONTRACT.endpointSend, handler: endpointSend });
  register(setting, {
    channel: CHANNELS.endpointShopKey,
    ...CONTRACT.endpointShopKey,
    handler: endpointShopKey,
  });
  register(setting, {
    channel: CHANNELS.endpointUnpair,
    ...CONTRACT.endpointUnpair,
    handler: endpointUnpair,
  });
  register(setting, {
    channel: CHANNELS.exportFolderChoose,
    ...CONTRACT.exportFolderChoose,
    handler: exportFolderChoose,
  });
  register(setting, {
    channel: CHANNELS.exportFolderFind,
    ...CONTRACT.exportFolderFind,
    handler: exportFolderFind,
  });
  register(setting, {
    channel: CHANNELS.exportFolderWrite,
    ...CONTRACT.exportFolderWrite,
    handler: exportFolderWrite,
  });
  register(setting, { channel: CHANNELS.reloadWindow, ...CONTRACT.reloadWindow, handler: reloadWindow });
  register(setting, { channel: CHANNELS.saveFile, ...CONTRACT.saveFile, handler: saveFile });
  register(setting, {
    channel: CHANNELS.showDataFolder,
    ...CONTRACT.showDataFolder,
    handler: showDataFolder,
  });
}

function register<Request, Response>(setting: IpcSetting, question: Question<Request, Response>): void {
  ipcMain.handle(question.channel, (event, payload: unknown) =>
    answer(
      question,
      { sender: senderOf(event, setting.findWindow()), pageOrigin: setting.pageOrigin, payload },
      setting.log,
    ),
  );
}

function senderOf(event: IpcMainInvokeEvent, window: BrowserWindow | undefined): Sender {
  const frame = event.senderFrame;
  return {
    frameUrl: frame?.url,
    isMainFrame: frame !== null && frame.parent === null,
    isOurWindow: window !== undefined && event.sender === window.webContents,
  };
}

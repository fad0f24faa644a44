import { IPC_VERSION, type IpcResponse } from '#shared/ipc/contract.ts';

export interface AppInfoDependencies {
  readonly name: string;
  readonly version: string;
  readonly platform: string;
  readonly electron: string;
  readonly chrome: string;
  readonly profileFolder: string;
  readonly locale: string;
}

export function appInfo(dependencies: AppInfoDependencies): IpcResponse<'appInfo'> {
  return { ...dependencies, ipcVersion: IPC_VERSION };
}

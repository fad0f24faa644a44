import type { IpcRequest, IpcResponse } from '#shared/ipc/contract.ts';
import type { Log } from '#shared/lib/ports.ts';
import { errorCode } from '#electron/services/error-code.ts';

export interface DiskRoomDependencies {
  readonly statfs: (folder: string) => Promise<{ readonly bavail: number; readonly bsize: number }>;
  /** Where the profile lies: its disk is the one that counts. */
  readonly folder: string;
  readonly log: Log;
}

/** Asks the file system, which costs nothing; the page would have to write to find out. */
export async function diskRoom(
  { statfs, folder, log }: DiskRoomDependencies,
  { bytes }: IpcRequest<'diskRoom'>,
): Promise<IpcResponse<'diskRoom'>> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return { hasRoom: bavail * bsize > bytes };
  } catch (error) {
    // Some network drives don't tell. A till that can't know goes on.
    log.error('disk-room-unknown', { code: errorCode(error) });
    return { hasRoom: true };
  }
}

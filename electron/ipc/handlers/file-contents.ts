import type { IpcRequest } from '#shared/ipc/contract.ts';

export function bytesOf(contents: IpcRequest<'saveFile'>['contents']): Uint8Array {
  return contents.encoding === 'text'
    ? Buffer.from(contents.text, 'utf8')
    : Buffer.from(contents.base64, 'base64');
}

/** EPERM and EBUSY are what Windows answers while another program, usually a spreadsheet, holds the old file open. */
export function saveFailure(code: string): 'disk-full' | 'denied' | 'unknown' {
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return 'disk-full';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'EBUSY':
      return 'denied';
    default:
      return 'unknown';
  }
}

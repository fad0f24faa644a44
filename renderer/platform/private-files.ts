/** The origin's private file system: files no other page and no dialog can see. */
export type FileStorage = Partial<Pick<StorageManager, 'getDirectory'>>;

const UNSUPPORTED_NAMES = new Set(['SecurityError', 'NotSupportedError', 'NotAllowedError', 'TypeError']);

/** The engine has no such file system, or not here (private browsing); nothing is wrong with the disk. */
export const isUnsupported = (error: unknown): boolean =>
  error instanceof Error && UNSUPPORTED_NAMES.has(error.name);

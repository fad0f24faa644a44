/** The code (`ENOSPC`) or class of an error. Never its message: that may hold a path with the user's name in it. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

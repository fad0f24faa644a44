/** Why the store refused, in the few ways a cashier or an owner can do something about. */
export type StorageProblem =
  /** The disk, or the browser's share of it, is full. */
  | 'disk-full'
  /** The connection was closed under us: another window upgraded, the browser closed the store, data was cleared. */
  | 'closed'
  /** Storage is switched off or forbidden here. */
  | 'denied'
  /** The store could not be read or written; the files may be damaged. */
  | 'broken';

/** Near a full disk Chromium reports several names, so all of them count as full. */
const FULL_NAMES = new Set(['QuotaExceededError', 'NS_ERROR_FILE_NO_DEVICE_SPACE']);
const CLOSED_NAMES = new Set(['InvalidStateError', 'DatabaseClosedError', 'NotFoundError']);
const DENIED_NAMES = new Set(['SecurityError', 'MissingAPIError', 'InvalidAccessError']);

/**
 * A full disk reaches us as an UnknownError whose text carries Chromium's own file error; there is no other sign.
 * tests/e2e/full-disk.spec.ts fills a real disk and fails when the text changes.
 */
const FULL_TEXT = /NO_SPACE|no space left/iu;

export function storageProblemOf(error: unknown): StorageProblem {
  const { name, message, inner } = readError(error);
  if (FULL_NAMES.has(name) || FULL_TEXT.test(message)) return 'disk-full';
  if (inner !== undefined && readError(inner).name !== '') {
    const problem = storageProblemOf(inner);
    if (problem !== 'broken') return problem;
  }
  if (CLOSED_NAMES.has(name)) return 'closed';
  return DENIED_NAMES.has(name) ? 'denied' : 'broken';
}

function readError(error: unknown): {
  readonly name: string;
  readonly message: string;
  readonly inner?: unknown;
} {
  if (typeof error !== 'object' || error === null) return { name: '', message: '' };
  const name = 'name' in error && typeof error.name === 'string' ? error.name : '';
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return 'inner' in error ? { name, message, inner: error.inner } : { name, message };
}

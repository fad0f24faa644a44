import * as z from 'zod/mini';
import { parseAnything } from '../lib/parse-anything.ts';
import { err, ok, type Result } from '../lib/result.ts';
import { MAX_SYNC_FILE_BYTES, SYNC_FILE_FORMAT, syncFileSchema } from './wire.ts';

/** A file that somebody brought: of this shop, whole, and no larger than a till writes, or a plain reason why not. */

export type ReadableSyncFile = z.infer<typeof syncFileSchema>;

/**
 * not-a-sync-file: something else was chosen. damaged: it was one, and is cut or changed. newer: a newer app wrote it.
 */
export type SyncFileProblem = 'too-large' | 'not-a-sync-file' | 'damaged' | 'newer' | 'other-shop';

const FAMILY = SYNC_FILE_FORMAT.replace(/\d+$/, '');
const BEGINNING = `{"format":"${FAMILY}`;

export function readSyncFile(
  bytes: Uint8Array,
  shop: string,
): Result<ReadableSyncFile, { readonly code: SyncFileProblem }> {
  if (bytes.length > MAX_SYNC_FILE_BYTES) return err({ code: 'too-large' });
  const content = parseJson(bytes);
  if (content === undefined) return err({ code: beginsLikeOne(bytes) ? 'damaged' : 'not-a-sync-file' });
  const format = formatOf(content);
  if (format === undefined || !format.startsWith(FAMILY)) return err({ code: 'not-a-sync-file' });
  if (format !== SYNC_FILE_FORMAT) return err({ code: 'newer' });
  const file = parseAnything(syncFileSchema, content);
  if (!file) return err({ code: 'damaged' });
  return file.shop === shop ? ok(file) : err({ code: 'other-shop' });
}

/** Undefined for what is no JSON or no UTF-8. A byte order mark that an editor put in front does no harm. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}

const beginsLikeOne = (bytes: Uint8Array): boolean =>
  new TextDecoder().decode(bytes.subarray(0, BEGINNING.length + 3)).startsWith(BEGINNING);

const anyFormat = z.object({ format: z.string() });

function formatOf(content: unknown): string | undefined {
  return parseAnything(anyFormat, content)?.format;
}

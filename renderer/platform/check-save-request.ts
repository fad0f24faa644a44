import * as z from 'zod/mini';
import { CONTRACT, MAX_FILE_BYTES } from '#shared/ipc/contract.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { SaveError, SaveFileRequest } from './host.ts';

/** The file's bytes, once its name and size pass. The same rule on both hosts, so that a shop can move between them. */
export function checkSaveRequest(request: SaveFileRequest): Result<Uint8Array<ArrayBuffer>, SaveError> {
  const { suggestedName, kind, contents } = request;
  const shape = { suggestedName, kind, contents: { encoding: 'text', text: '' } };
  if (!z.safeParse(CONTRACT.saveFile.request, shape).success) return err({ code: 'invalid' });
  // A character takes at least a byte: refuse by length before copying a huge text.
  if (contents.length > MAX_FILE_BYTES) return err({ code: 'too-large' });
  const bytes = typeof contents === 'string' ? new TextEncoder().encode(contents) : new Uint8Array(contents);
  return bytes.byteLength > MAX_FILE_BYTES ? err({ code: 'too-large' }) : ok(bytes);
}

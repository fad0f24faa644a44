import { err, ok, type Result } from '#shared/lib/result.ts';
import type { CopyError } from './host.ts';

export type ClipboardPort = Pick<Clipboard, 'writeText'>;

export async function copyText(
  clipboard: ClipboardPort | undefined,
  text: string,
): Promise<Result<undefined, CopyError>> {
  // Browsers offer it only to secure pages.
  if (!clipboard) return err({ code: 'unsupported' });
  try {
    await clipboard.writeText(text);
    return ok(undefined);
  } catch (error) {
    // No permission, or the window lost the focus in between.
    if (error instanceof DOMException && error.name === 'NotAllowedError') return err({ code: 'denied' });
    throw error;
  }
}

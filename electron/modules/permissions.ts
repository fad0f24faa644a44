// Electron grants what no handler denies. Both handlers are needed: one answers requests, the other questions.

import type { Session } from 'electron';
import type { Log } from '#shared/lib/ports.ts';
import { originOf } from './page-origin.ts';

/** Storage that Chromium may not evict holds the ledger; copying is for card numbers and the redacted diagnostics. */
const ALLOWED: ReadonlySet<string> = new Set(['persistent-storage', 'clipboard-sanitized-write']);

export function isPermissionAllowed(
  request: { readonly permission: string; readonly url: string; readonly isMainFrame: boolean },
  pageOrigin: string,
): boolean {
  return ALLOWED.has(request.permission) && request.isMainFrame && originOf(request.url) === pageOrigin;
}

export function guardPermissions(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
  >,
  setting: { pageOrigin: string; log: Log },
): void {
  const { pageOrigin, log } = setting;
  session.setPermissionRequestHandler((_contents, permission, decide, details) => {
    const { requestingUrl, isMainFrame } = details;
    const isAllowed = isPermissionAllowed({ permission, url: requestingUrl, isMainFrame }, pageOrigin);
    if (!isAllowed) log.error('permission-refused', { permission });
    decide(isAllowed);
  });
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    isPermissionAllowed({ permission, url: requestingOrigin, isMainFrame: details.isMainFrame }, pageOrigin),
  );
  session.setDevicePermissionHandler(() => false);
}

// The page's own address, app://tenpunch: one fixed origin for ever, because the shop's data belongs to it.

import { readFile } from 'node:fs/promises';
import type { CustomScheme, Protocol } from 'electron';
import { APP_SCHEME } from '#shared/lib/app-identity.ts';
import type { Log } from '#shared/lib/ports.ts';
import { errorCode } from '#electron/services/error-code.ts';
import { resolveAsset } from './resolve-asset.ts';

/**
 * Standard and secure give the page an origin, IndexedDB and Web Crypto. `corsEnabled` is for the module scripts and
 * fonts, which are fetched in CORS mode; no reply carries a CORS header, so other origins still read nothing.
 */
export const SCHEMES: readonly CustomScheme[] = [
  {
    scheme: APP_SCHEME,
    privileges: {
      standard: true,
      secure: true,
      supportFetchAPI: true,
      corsEnabled: true,
      stream: true,
      codeCache: true,
    },
  },
];

/**
 * The content policy itself is in the page, for both hosts. `frame-ancestors` counts only as a header; and what the page of a
 * browser must do itself, to ask the endpoint, the main process does here: this page connects to nowhere.
 */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "frame-ancestors 'none'; connect-src 'self'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
  // An update replaces the files under the same address.
  'Cache-Control': 'no-cache',
};

/** Before `ready`, or Electron ignores it and the page has no storage. */
export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([...SCHEMES]);
}

export function serveApp(protocol: Pick<Protocol, 'handle'>, setting: { root: string; log: Log }): void {
  protocol.handle(APP_SCHEME, (request) => respond(request, setting.root, setting.log));
}

export async function respond(
  request: { readonly method: string; readonly url: string },
  root: string,
  log: Log,
): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const asset = resolveAsset(request.url, root);
  if (!asset) {
    log.error('asset-refused');
    return refusal(404);
  }
  try {
    // Not net.fetch('file://…'): reading goes through the integrity-checked archive without file:// privileges.
    const bytes = await readFile(asset.path);
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), {
      headers: { ...SECURITY_HEADERS, 'Content-Type': asset.mimeType },
    });
  } catch (error) {
    log.error('asset-unreadable', { code: errorCode(error) });
    return refusal(404);
  }
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: SECURITY_HEADERS });
}

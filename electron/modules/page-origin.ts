import { APP_HOST, APP_SCHEME } from '#shared/lib/app-identity.ts';

export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`;

/** `URL.origin` is the text "null" for every scheme Node does not know, which would make all of them equal. */
export function originOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host } = new URL(url);
  return host === '' ? undefined : `${protocol}//${host}`;
}

export interface Page {
  readonly url: string;
  readonly origin: string;
}

/**
 * Which page the window shows. A development server counts only in an unpackaged run and only on this machine: in the
 * shop an environment variable must not be able to put another page behind our bridge.
 */
export function choosePage(setting: { isPackaged: boolean; devServerUrl: string | undefined }): Page {
  const { isPackaged, devServerUrl } = setting;
  const built = { url: `${APP_ORIGIN}/index.html`, origin: APP_ORIGIN };
  if (isPackaged || devServerUrl === undefined || !URL.canParse(devServerUrl)) return built;
  const { protocol, hostname, origin, href } = new URL(devServerUrl);
  const isLocal = protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost');
  return isLocal ? { url: href, origin } : built;
}

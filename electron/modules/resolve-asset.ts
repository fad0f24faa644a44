import { extname, resolve, sep } from 'node:path';
import { APP_ORIGIN, originOf } from './page-origin.ts';

export interface Asset {
  readonly path: string;
  readonly mimeType: string;
}

/** What the build emits. Anything else in the folder is not part of the app and is not served. */
const MIME_TYPES: ReadonlyMap<string, string> = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  // The practice shop's members.
  ['.csv', 'text/csv; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.json', 'application/json; charset=utf-8'],
  ['.webmanifest', 'application/manifest+json; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
  ['.png', 'image/png'],
  ['.ico', 'image/x-icon'],
  ['.woff2', 'font/woff2'],
  ['.wav', 'audio/wav'],
  ['.mp3', 'audio/mpeg'],
  ['.ogg', 'audio/ogg'],
  ['.wasm', 'application/wasm'],
]);

/** The file under `root` that a page address means, or undefined when it is not one of ours. Touches no disk. */
export function resolveAsset(url: string, root: string): Asset | undefined {
  if (originOf(url) !== APP_ORIGIN) return undefined;
  const pathname = decoded(new URL(url).pathname);
  // A NUL ends a path in system calls; a backslash is a folder on Windows. Neither occurs in a built file's name.
  if (pathname === undefined || /[\0\\:]/.test(pathname)) return undefined;
  const folder = resolve(root);
  const path = resolve(folder, pathname === '/' ? 'index.html' : `.${pathname}`);
  // After decoding, `%2e%2e%2f` is a step upwards: compare the resolved path, not the text.
  if (!path.startsWith(folder.endsWith(sep) ? folder : folder + sep)) return undefined;
  const mimeType = MIME_TYPES.get(extname(path).toLowerCase());
  return mimeType === undefined ? undefined : { path, mimeType };
}

function decoded(pathname: string): string | undefined {
  try {
    return decodeURIComponent(pathname);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}

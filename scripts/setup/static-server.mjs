// Serves dist/ to the browser on this machine, and to nobody else.
//
//  - Listens on the loopback address only, and answers only to that address as Host: a page elsewhere that points its own
//    name at 127.0.0.1 (DNS rebinding) gets nothing.
//  - One port for ever. The browser keeps a shop's data by address, so another port would look like an empty shop; where
//    the port is taken we say so instead of moving.
//  - Only files that exist are served: routes live behind `#`, so there is no fallback page.

import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { Stop } from './say.mjs';

export const IDENTITY_PATH = '/.well-known/tenpunch';

const TYPES = /** @type {Record<string, string>} */ ({
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
});

const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * The file a request means, or nothing: no way out of the folder, no hidden files (the build stamp is one).
 * @param {string} folder
 * @param {string} requestPath as it came, still encoded
 * @returns {string | undefined}
 */
export function fileFor(folder, requestPath) {
  let path;
  try {
    path = decodeURIComponent(requestPath.split(/[?#]/, 1)[0] ?? '');
  } catch {
    return undefined;
  }
  if (path === '/') path = '/index.html';
  if (!path.startsWith('/') || /[\0\\:]/.test(path)) return undefined;
  const parts = path.slice(1).split('/');
  // Covers `.`, `..`, hidden files and, with the empty part, `//` and a trailing slash.
  if (parts.some((part) => part === '' || part.startsWith('.'))) return undefined;
  const file = join(folder, ...parts);
  return file.startsWith(folder + sep) ? file : undefined;
}

/** @param {string} file */
export function cacheControl(file) {
  // Vite puts a content hash into the names below assets/; those never change under one name.
  return /[\\/]assets[\\/].*-[\w-]{8,}\.\w+$/.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** @param {string} file */
export const contentType = (file) => TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream';

/**
 * @param {string} folder
 * @param {{ host: string, port: () => number, version: string }} site
 * @returns {import('node:http').RequestListener}
 */
function answer(folder, { host, port, version }) {
  return (request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    /** @param {number} status @param {string} text */
    const end = (status, text) => {
      response.writeHead(status, {
        'Content-Type': 'text/plain; charset=utf-8',
        'Cache-Control': 'no-cache',
      });
      response.end(text);
    };
    const path = request.url ?? '/';

    if (request.headers.host === `localhost:${port()}`) {
      // To the browser localhost is another shop with other data.
      response.setHeader('Location', `http://${host}:${port()}${path.startsWith('/') ? path : '/'}`);
      return end(308, 'Moved');
    }
    if (request.headers.host !== `${host}:${port()}`) return end(421, 'Not for this address');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD');
      return end(405, 'Only reading here');
    }
    if (path === IDENTITY_PATH) {
      response.writeHead(200, { 'Content-Type': contentType('x.json'), 'Cache-Control': 'no-store' });
      return response.end(JSON.stringify({ app: 'tenpunch', version }));
    }

    const file = fileFor(folder, path);
    const stat = file ? statSync(file, { throwIfNoEntry: false }) : undefined;
    if (!file || !stat?.isFile()) return end(404, 'Not here');
    response.writeHead(200, {
      'Content-Type': contentType(file),
      'Content-Length': stat.size,
      'Cache-Control': cacheControl(file),
    });
    if (request.method === 'HEAD') return response.end();
    const stream = createReadStream(file);
    // A rebuild may take the file away between the look and the read.
    stream.once('error', () => response.destroy());
    response.once('close', () => stream.destroy());
    return stream.pipe(response);
  };
}

/**
 * Is it us who holds this port already?
 * @param {string} origin
 * @returns {Promise<{ version: string } | undefined>}
 */
async function findRunningTenpunch(origin) {
  try {
    const response = await fetch(`${origin}${IDENTITY_PATH}`, {
      signal: AbortSignal.timeout(2_000),
      redirect: 'error',
    });
    const identity = await response.json();
    return identity?.app === 'tenpunch' ? { version: String(identity.version) } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @typedef {{ kind: 'serving', origin: string, close(): Promise<void> }
 *   | { kind: 'already-running', origin: string, version: string }} Serving
 */

/**
 * @param {{ folder: string, host: string, port: number, version: string }} site port 0 takes any free one
 * @returns {Promise<Serving>}
 */
export async function serve({ folder, host, port, version }) {
  const actualPort = () => /** @type {import('node:net').AddressInfo} */ (server.address()).port;
  const server = createServer(answer(folder, { host, port: actualPort, version }));
  const problem = await new Promise((resolve) => {
    server.once('error', resolve);
    server.listen(port, host, () => resolve(undefined));
  });
  if (!problem) {
    const close = () =>
      new Promise((/** @type {(value: void) => void} */ resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    return { kind: 'serving', origin: `http://${host}:${actualPort()}`, close };
  }

  const origin = `http://${host}:${port}`;
  if (problem.code !== 'EADDRINUSE') throw new Stop(`${origin} cannot be served: ${problem.message}`);
  const running = await findRunningTenpunch(origin);
  if (running) return { kind: 'already-running', origin, version: running.version };
  throw new Stop(
    `Port ${port} is used by another program, and Tenpunch's data belongs to exactly ${origin}, so it cannot move to another ` +
      'port. Close that program and start again.',
  );
}

import { cp, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, sep } from 'node:path';
import { build } from 'vite';

/** The bench page and the built app under one address, so that both see one store. */

export interface Site {
  readonly origin: string;
  close(): void;
}

/** A browser keeps data by address, and the loaded profiles are kept: the port can never change. */
const PORT = 4713;
const HOST = '127.0.0.1';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Cross-origin isolation sharpens the page's clock from 100 to 5 microseconds. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** Builds the page the way the app is built, next to a copy of the app: nobody's build can change it under us. */
export async function buildSite(request: {
  readonly root: string;
  readonly folder: string;
  readonly version: string;
}): Promise<void> {
  const { root, folder, version } = request;
  await build({
    configFile: false,
    root: join(root, 'tests', 'bench'),
    base: './',
    logLevel: 'warn',
    define: { __APP_VERSION__: JSON.stringify(version) },
    worker: { format: 'es' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'chrome156',
      rolldownOptions: { input: join(root, 'tests', 'bench', 'bench.html') },
    },
  });
  await cp(join(root, 'dist'), folder, { recursive: true });
}

export function serveSite(folder: string): Promise<Site> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', `http://${HOST}`).pathname;
    const file = join(folder, path === '/' ? 'index.html' : path);
    if (!file.startsWith(folder + sep)) return void response.writeHead(404).end();
    readFile(file).then(
      (bytes) =>
        response
          .writeHead(200, {
            ...ISOLATED,
            'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
            // The kept profiles must not keep the page of an earlier build.
            'Cache-Control': file.endsWith('.html') ? 'no-store' : 'max-age=31536000, immutable',
          })
          .end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(PORT, HOST, () =>
      resolve({
        origin: `http://${HOST}:${PORT}`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      }),
    );
  });
}

// Is the built app the one these sources describe? If not, build it. The stamp lives inside dist/, which the build empties
// first: a build that was cut short leaves no stamp and is done again.

import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fingerprint } from './fingerprint.mjs';
import { appVersion, inProject, ROOT, toolPath } from './project.mjs';
import { runNode } from './run.mjs';
import { Stop, step } from './say.mjs';

const LOCK = inProject('node_modules', '.cache', 'tenpunch-build.lock');
/** A build takes seconds; a lock older than this was left by one that was killed. */
const LOCK_LIFETIME_MS = 120_000;

/** @typedef {{ text: string, stamp: string, outputs: string[], sources: string[], args: string[] }} Product */

/** @type {Product} */
const APP = {
  text: 'Building the app',
  stamp: inProject('dist', '.build-stamp'),
  outputs: ['dist/index.html', 'dist-electron/main.js', 'dist-electron/preload.cjs'],
  sources: [
    'electron',
    'renderer',
    'resources',
    'shared',
    'index.html',
    'package-lock.json',
    'package.json',
    'vite.config.ts',
  ],
  args: [],
};

/** @type {Product} */
const ENDPOINT = {
  text: 'Building the endpoint',
  stamp: inProject('dist-endpoint', '.build-stamp'),
  outputs: ['dist-endpoint/main.js', 'dist-endpoint/pglite-thread.mjs'],
  sources: ['server', 'shared', 'package-lock.json', 'package.json', 'vite.endpoint.config.ts'],
  args: ['--config', 'vite.endpoint.config.ts'],
};

/** @param {string} path */
export const isBuildInput = (path) => !/\.test\.tsx?$/.test(path);

/** @param {Product} product */
const sourceHash = ({ sources }) => fingerprint(ROOT, sources, isBuildInput);

/** @param {Product} product @param {string} hash */
const isFresh = ({ stamp, outputs }, hash) =>
  existsSync(stamp) &&
  readFileSync(stamp, 'utf8') === hash &&
  outputs.every((path) => existsSync(inProject(path)));

/**
 * Two builds at once would empty each other's folder.
 * @template T
 * @param {() => Promise<T>} work
 */
async function alone(work) {
  mkdirSync(dirname(LOCK), { recursive: true });
  for (;;) {
    try {
      mkdirSync(LOCK);
      break;
    } catch {
      const heldSince = statSync(LOCK, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
      if (Date.now() - heldSince > LOCK_LIFETIME_MS) rmSync(LOCK, { recursive: true, force: true });
      await wait(100);
    }
  }
  const release = () => rmSync(LOCK, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

/** After this, dist/ and dist-electron/ are what the sources say. Needs the packages. */
export const ensureBuild = () => ensure(APP);

/** The same for dist-endpoint/. */
export const ensureEndpointBuild = () => ensure(ENDPOINT);

/** @param {Product} product */
async function ensure(product) {
  if (isFresh(product, sourceHash(product))) return;
  await alone(async () => {
    const hash = sourceHash(product);
    if (isFresh(product, hash)) return;
    const ended = await step(product.text, () =>
      runNode(toolPath('vite'), ['build', '--logLevel', 'warn', ...product.args], {
        // The version shown in the app must not depend on whether npm or node started this script.
        env: { npm_package_version: appVersion(), NODE_ENV: 'production' },
      }),
    );
    const missing = product.outputs.filter((path) => !existsSync(inProject(path)));
    if (ended.code !== 0 || missing.length > 0) {
      const said = ended.output.split('\n').filter((line) => !/^\s+at /.test(line));
      const why = said.join('\n').trim() || `The build ended without making ${missing.join(', ')}.`;
      throw new Stop(`${product.text} failed:\n${why}`);
    }
    writeFileSync(product.stamp, hash);
  });
}

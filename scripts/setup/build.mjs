// Is the built app the one these sources describe? If not, build it. The stamp lives inside dist/, which the build empties
// first: a build that was cut short leaves no stamp and is done again.

import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fingerprint } from './fingerprint.mjs';
import { appVersion, inProject, ROOT, toolPath } from './project.mjs';
import { runNode } from './run.mjs';
import { Stop, step } from './say.mjs';

const STAMP = inProject('dist', '.build-stamp');
const LOCK = inProject('node_modules', '.cache', 'tenpunch-build.lock');
/** A build takes seconds; a lock older than this was left by one that was killed. */
const LOCK_LIFETIME_MS = 120_000;
const OUTPUTS = ['dist/index.html', 'dist-electron/main.js', 'dist-electron/preload.cjs'];
const SOURCES = [
  'electron',
  'renderer',
  'resources',
  'shared',
  'index.html',
  'package-lock.json',
  'package.json',
  'vite.config.ts',
];

/** @param {string} path */
export const isBuildInput = (path) => !/\.test\.tsx?$/.test(path);

const sourceHash = () => fingerprint(ROOT, SOURCES, isBuildInput);

/** @param {string} hash */
const isFresh = (hash) =>
  existsSync(STAMP) &&
  readFileSync(STAMP, 'utf8') === hash &&
  OUTPUTS.every((path) => existsSync(inProject(path)));

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
export async function ensureBuild() {
  if (isFresh(sourceHash())) return;
  await alone(async () => {
    const hash = sourceHash();
    if (isFresh(hash)) return;
    const ended = await step('Building the app', () =>
      runNode(toolPath('vite'), ['build', '--logLevel', 'warn'], {
        // The version shown in the app must not depend on whether npm or node started this script.
        env: { npm_package_version: appVersion(), NODE_ENV: 'production' },
      }),
    );
    const missing = OUTPUTS.filter((path) => !existsSync(inProject(path)));
    if (ended.code !== 0 || missing.length > 0) {
      const said = ended.output.split('\n').filter((line) => !/^\s+at /.test(line));
      const why = said.join('\n').trim() || `The build ended without making ${missing.join(', ')}.`;
      throw new Stop(`The app could not be built:\n${why}`);
    }
    writeFileSync(STAMP, hash);
  });
}

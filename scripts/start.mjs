// `npm start`: the desktop window where this machine can open one, else the same app in the browser.
// `npm run web` (--web) chooses the browser. --no-open only prints the address,
// --try-download asks for Electron again although that failed lately.

import './setup/node-version.mjs';
import { spawn } from 'node:child_process';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { findElectron } from './setup/electron-binary.mjs';
import { openBrowser } from './setup/open-browser.mjs';
import { appVersion, inProject, ROOT } from './setup/project.mjs';
import { runMain, say } from './setup/say.mjs';
import { serve } from './setup/static-server.mjs';
import { WEB_HOST, WEB_PORT } from './setup/web-address.mjs';

/** A window that dies sooner than this with an error never opened: a library is missing, or the display refused. */
const NEVER_OPENED_MS = 5_000;

const args = new Set(process.argv.slice(2));

/** @param {(signal: NodeJS.Signals) => void} end */
function onAskedToEnd(end) {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, end);
}

/**
 * @param {string} path
 * @returns {Promise<{ kind: 'ended', code: number } | { kind: 'never-opened', why: string }>}
 */
function openWindow(path) {
  const env = { ...process.env };
  // Terminals inside Electron apps set this; with it Electron would run as plain Node and show nothing.
  delete env.ELECTRON_RUN_AS_NODE;
  const startedAt = performance.now();
  const child = spawn(path, [ROOT], { cwd: ROOT, env, stdio: 'inherit' });
  let isAskedToEnd = false;
  onAskedToEnd((signal) => {
    isAskedToEnd = true;
    child.kill(signal);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve({ kind: 'never-opened', why: error.message }));
    child.once('exit', (code, signal) => {
      if (isAskedToEnd) return resolve({ kind: 'ended', code: 0 });
      const hasFailed = signal !== null || code !== 0;
      if (hasFailed && performance.now() - startedAt < NEVER_OPENED_MS) {
        return resolve({
          kind: 'never-opened',
          why: `Electron stopped at once (${signal ?? `exit code ${code}`})`,
        });
      }
      return resolve({ kind: 'ended', code: code ?? 1 });
    });
  });
}

async function openInBrowser() {
  const serving = await serve({
    folder: inProject('dist'),
    host: WEB_HOST,
    port: WEB_PORT,
    version: appVersion(),
  });
  const address = `${serving.origin}/`;
  if (serving.kind === 'already-running') {
    say(`Tenpunch ${serving.version} is already running at ${address}`);
    if (!args.has('--no-open')) openBrowser(address);
    return;
  }
  say(`Tenpunch is running at ${address}  (Ctrl+C ends it)`);
  if (!args.has('--no-open')) openBrowser(address);
  await new Promise((resolve) => onAskedToEnd(resolve));
  await serving.close();
}

await runMain(async () => {
  await ensureDependencies();
  await ensureBuild();
  if (args.has('--web')) return openInBrowser();

  const electron = await findElectron({ mayDownload: true, isForced: args.has('--try-download') });
  let why = electron.kind === 'missing' ? electron.why : '';
  if (electron.kind === 'found') {
    const outcome = await openWindow(electron.path);
    if (outcome.kind === 'ended') return outcome.code;
    why = outcome.why;
  }
  say(`No desktop window: ${why}. The same app runs in the browser instead, with its own data.`);
  return openInBrowser();
});

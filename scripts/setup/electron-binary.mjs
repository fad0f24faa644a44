// Can this machine open the desktop window, and with which program? The answer is a value; the caller decides what to do.
//
// Never `require('electron')` here: without its binary that starts a download, prints a stack trace and throws.

import { lookup } from 'node:dns/promises';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { hasDisplay } from './display.mjs';
import { inProject, readJson } from './project.mjs';
import { runNode } from './run.mjs';
import { step } from './say.mjs';

/** @typedef {{ kind: 'found', path: string } | { kind: 'missing', why: string }} ElectronBinary */

const PACKAGE = inProject('node_modules', 'electron');
const FAILED_ATTEMPT = inProject('node_modules', '.cache', 'tenpunch-electron.json');
/** A shop's first start of the day may try again; the second start of the hour must be quick. */
const RETRY_AFTER_MS = 6 * 3_600_000;
/** Longer than a slow answer, shorter than a person's patience: behind a firewall nothing ever answers. */
const REACHABLE_LIMIT_MS = 4_000;
/** About 120 MB. Only a host that has answered gets this long. */
const DOWNLOAD_LIMIT_MS = 5 * 60_000;

/** @param {NodeJS.Platform} platform */
export function binaryName(platform) {
  if (platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return platform === 'win32' ? 'electron.exe' : 'electron';
}

/**
 * @param {string} distFolder
 * @param {string} version
 * @param {NodeJS.Platform} platform
 * @returns {ElectronBinary}
 */
export function binaryIn(distFolder, version, platform) {
  const path = join(distFolder, binaryName(platform));
  const versionFile = join(distFolder, 'version');
  if (!existsSync(path)) return { kind: 'missing', why: "Electron's program is not installed" };
  const found = existsSync(versionFile)
    ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '')
    : 'of unknown version';
  if (found !== version)
    return { kind: 'missing', why: `the Electron found is ${found}, this app needs ${version}` };
  return { kind: 'found', path };
}

/**
 * Why a window cannot open here whatever is installed. Chromium's sandbox is part of what protects the till, so where it
 * cannot start we use the browser, which brings its own, and never switch it off.
 * @param {{ platform: NodeJS.Platform, env: Record<string, string | undefined>, isRoot: boolean, isSandboxBlocked: boolean }} machine
 * @returns {string | undefined}
 */
export function whyNoWindow({ platform, env, isRoot, isSandboxBlocked }) {
  if (platform !== 'linux') return undefined;
  if (!hasDisplay(platform, env)) return 'there is no display here (DISPLAY and WAYLAND_DISPLAY are empty)';
  if (isRoot) return "Chromium's sandbox does not run for the root user";
  if (isSandboxBlocked)
    return "this system does not let Chromium's sandbox start (unprivileged user namespaces are off)";
  return undefined;
}

/** @param {string} distFolder */
function cannotSandbox(distFolder) {
  const setting = (/** @type {string} */ path) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : '');
  const isOff =
    setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1' ||
    setting('/proc/sys/kernel/unprivileged_userns_clone') === '0' ||
    setting('/proc/sys/user/max_user_namespaces') === '0';
  // A helper installed as root with the setuid bit does the same job.
  const helper = statSync(join(distFolder, 'chrome-sandbox'), { throwIfNoEntry: false });
  return isOff && !(helper && helper.uid === 0 && helper.mode & 0o4000);
}

/**
 * Where Electron's own downloader will ask, following the mirror settings it reads itself.
 * @param {Record<string, string | undefined>} env
 */
export function downloadHost(env) {
  const mirror = env.npm_config_electron_mirror || env.NPM_CONFIG_ELECTRON_MIRROR || env.ELECTRON_MIRROR;
  try {
    return new URL(mirror || 'https://github.com').hostname;
  } catch {
    return 'github.com';
  }
}

/** @param {string} host */
async function isReachable(host) {
  const limit = AbortSignal.timeout(REACHABLE_LIMIT_MS);
  const answer = async () => {
    await lookup(host);
    // Any answer will do: what it says is the downloader's business.
    await fetch(`https://${host}/`, { method: 'HEAD', redirect: 'manual', signal: limit });
    return true;
  };
  const tooLate = new Promise((resolve) => limit.addEventListener('abort', () => resolve(false)));
  return Promise.race([answer().catch(() => false), tooLate]);
}

/** Electron's downloader keeps the archives it fetched; with one of those no network is needed. @param {string} version */
function hasCachedArchive(version) {
  const name = `electron-v${version}-${process.platform}-${process.arch}.zip`;
  const cache =
    process.env.electron_config_cache ??
    {
      darwin: join(homedir(), 'Library', 'Caches', 'electron'),
      win32: join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'electron', 'Cache'),
    }[/** @type {string} */ (process.platform)] ??
    join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'electron');
  if (!existsSync(cache)) return false;
  return readdirSync(cache).some((folder) => folder === name || existsSync(join(cache, folder, name)));
}

/**
 * @param {{ version?: string, at?: number } | undefined} attempt
 * @param {string} version
 * @param {number} now
 */
export function isTooSoon(attempt, version, now) {
  if (attempt?.version !== version || typeof attempt.at !== 'number') return false;
  return now >= attempt.at && now - attempt.at < RETRY_AFTER_MS;
}

function readAttempt() {
  try {
    return readJson(FAILED_ATTEMPT);
  } catch {
    return undefined;
  }
}

/** @param {string} version @param {string} why @returns {ElectronBinary} */
function rememberFailure(version, why) {
  mkdirSync(dirname(FAILED_ATTEMPT), { recursive: true });
  writeFileSync(FAILED_ATTEMPT, JSON.stringify({ version, why, at: Date.now() }));
  return { kind: 'missing', why };
}

/** @param {string} distFolder @param {string} version @param {boolean} isForced @returns {Promise<ElectronBinary>} */
async function download(distFolder, version, isForced) {
  const attempt = readAttempt();
  if (!isForced && isTooSoon(attempt, version, Date.now())) {
    return { kind: 'missing', why: `${attempt.why} (to try again now: npm start -- --try-download)` };
  }

  const installer = join(PACKAGE, 'install.js');
  if (!existsSync(installer)) return { kind: 'missing', why: "Electron's program is not installed" };
  const host = downloadHost(process.env);
  if (!hasCachedArchive(version) && !(await isReachable(host))) {
    return rememberFailure(
      version,
      `Electron's program is not installed and ${host}, where it comes from, cannot be reached`,
    );
  }
  const ended = await step('Downloading the desktop window, Electron (first time only, about 120 MB)', () =>
    runNode(installer, [], { timeLimitMs: DOWNLOAD_LIMIT_MS, cwd: PACKAGE }),
  );
  const found = binaryIn(distFolder, version, process.platform);
  if (found.kind === 'found') return found;
  return rememberFailure(
    version,
    ended.code === 124
      ? "downloading Electron's program took too long"
      : "Electron's program could not be downloaded",
  );
}

/**
 * @param {{ mayDownload: boolean, isForced?: boolean }} options `isForced` forgets that a download failed lately
 * @returns {Promise<ElectronBinary>}
 */
export async function findElectron({ mayDownload, isForced = false }) {
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const distFolder = chosen || join(PACKAGE, 'dist');
  const { version } = readJson(join(PACKAGE, 'package.json'));
  const why = whyNoWindow({
    platform: process.platform,
    env: process.env,
    isRoot: process.getuid?.() === 0,
    isSandboxBlocked: process.platform === 'linux' && cannotSandbox(distFolder),
  });
  if (why) return { kind: 'missing', why };

  const found = binaryIn(distFolder, version, process.platform);
  if (found.kind === 'found' || chosen || !mayDownload || process.env.TENPUNCH_NO_DOWNLOAD) return found;
  return download(distFolder, version, isForced);
}

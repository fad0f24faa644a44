// Finds a Chromium for the tests; on a Debian machine where we may, installs one.

import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { inProject } from './project.mjs';
import { run } from './run.mjs';
import { Stop, step } from './say.mjs';

const START_LIMIT_MS = 15_000;
const APT_LIMIT_MS = 10 * 60_000;

/**
 * Where browsers live when somebody installed one the usual way, best first. Chromium before Chrome: no updater, no policies.
 * @param {NodeJS.Platform} platform
 * @param {Record<string, string | undefined>} env
 * @returns {string[]}
 */
export function usualPlaces(platform, env) {
  if (platform === 'darwin') {
    const names = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
    return ['', homedir()].flatMap((home) =>
      names.map((name) => `${home}/Applications/${name}.app/Contents/MacOS/${name}`),
    );
  }
  if (platform === 'win32') {
    const folders = [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA].filter(
      (folder) => folder !== undefined,
    );
    const programs = [
      ['Chromium', 'Application', 'chrome.exe'],
      ['Google', 'Chrome', 'Application', 'chrome.exe'],
      ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
    ];
    return programs.flatMap((program) => folders.map((folder) => join(folder, ...program)));
  }
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
    (name) => `/usr/bin/${name}`,
  );
}

/** @param {string} path */
async function starts(path) {
  if (!existsSync(path)) return false;
  // Chrome on Windows answers `--version` by opening a window.
  if (process.platform === 'win32') return true;
  const { code, output } = await run(path, ['--version', '--no-sandbox'], { timeLimitMs: START_LIMIT_MS });
  return code === 0 && /\d+\.\d+\.\d+/.test(output);
}

async function fromPlaywright() {
  const { chromium } = await import('playwright');
  return chromium.executablePath();
}

/** A package some projects add where no browser can be installed. It unpacks itself into the temp folder. */
async function fromPackage() {
  const name = '@sparticuz/chromium';
  if (!existsSync(inProject('node_modules', name))) return '';
  const carried = await import(name);
  return carried.default.executablePath();
}

function isDebianLike() {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/apt-get') || !existsSync('/etc/os-release'))
    return false;
  return /^ID(_LIKE)?=.*\bdebian\b/m.test(readFileSync('/etc/os-release', 'utf8'));
}

/** How to become root without a question, or nothing. @returns {Promise<string[] | undefined>} */
async function asRoot() {
  if (process.getuid?.() === 0) return [];
  return (await run('sudo', ['-n', 'true'])).code === 0 ? ['sudo', '-n'] : undefined;
}

async function installWithApt() {
  const prefix = isDebianLike() ? await asRoot() : undefined;
  if (!prefix) return;
  const apt = (/** @type {string[]} */ ...args) => {
    const [command, ...rest] = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args];
    return run(/** @type {string} */ (command), rest, { timeLimitMs: APT_LIMIT_MS });
  };
  await step('Installing Chromium for the tests (apt-get, first time only)', async () => {
    await apt('update');
    // Without a font every text is empty boxes, and pictures and measurements with it.
    await apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-dejavu-core');
  });
}

/**
 * @returns {Promise<string>} the path of a Chromium that starts
 * @throws {Stop} with what to do where there is none
 */
export async function ensureChromium() {
  const chosen = process.env.CHROMIUM;
  if (chosen) {
    if (await starts(chosen)) return chosen;
    throw new Stop(`CHROMIUM is set to ${chosen}, but no browser starts from there.`);
  }
  const places = usualPlaces(process.platform, process.env);
  for (const path of places) if (await starts(path)) return path;
  for (const find of [fromPlaywright, fromPackage]) {
    const path = await find().catch(() => '');
    if (path && (await starts(path))) return path;
  }
  await installWithApt();
  for (const path of places) if (await starts(path)) return path;
  throw new Stop(
    [
      'The tests need a Chromium and none was found. Any one of these is enough, then run the same command again:',
      '  - install Chromium or Google Chrome (on Debian or Ubuntu, as root: apt-get install chromium fonts-dejavu-core)',
      '  - let Playwright fetch one: npx --no playwright install chromium',
      '  - name one: CHROMIUM=/path/to/chromium npm test',
    ].join('\n'),
  );
}

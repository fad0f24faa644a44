// `npm run dist -- [what electron-builder takes, for example --linux dir]`: installers for this machine's platform.

import './setup/node-version.mjs';
import { join } from 'node:path';
import { ensureBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { binaryIn } from './setup/electron-binary.mjs';
import { inProject, readJson, toolPath } from './setup/project.mjs';
import { runNode } from './setup/run.mjs';
import { runMain, say, step, Stop } from './setup/say.mjs';

/** Exit code for "this machine cannot do that", as opposed to "it went wrong". */
const NO_ELECTRON = 3;
/** About 120 MB. */
const DOWNLOAD_LIMIT_MS = 5 * 60_000;

/** electron-builder's own names for the platforms. */
const PLATFORM_FLAGS = new Map([
  ['--linux', 'linux'],
  ['-l', 'linux'],
  ['--win', 'win32'],
  ['--windows', 'win32'],
  ['-w', 'win32'],
  ['--mac', 'darwin'],
  ['--macos', 'darwin'],
  ['-m', 'darwin'],
]);

/**
 * True when the installers are for this platform only: another one needs another Electron than the one installed here.
 * @param {readonly string[]} args
 * @param {NodeJS.Platform} platform
 */
function isForThisPlatform(args, platform) {
  return args.every((arg) => (PLATFORM_FLAGS.get(arg) ?? platform) === platform);
}

/**
 * The unpacked Electron to pack, downloaded if need be. Unlike `npm start` this opens no window, so it needs no display.
 * @returns {Promise<string>}
 */
async function electronFolder() {
  const electronPackage = inProject('node_modules', 'electron');
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = chosen || join(electronPackage, 'dist');
  const { version } = readJson(join(electronPackage, 'package.json'));
  const installed = binaryIn(folder, version, process.platform);
  if (installed.kind === 'found') return folder;
  if (!chosen && !process.env.TENPUNCH_NO_DOWNLOAD) {
    await step("Downloading Electron's program (first time only, about 120 MB)", () =>
      runNode(join(electronPackage, 'install.js'), [], {
        timeLimitMs: DOWNLOAD_LIMIT_MS,
        cwd: electronPackage,
      }),
    );
    if (binaryIn(folder, version, process.platform).kind === 'found') return folder;
  }
  throw new Stop(
    `No installer was made: ${installed.why}. Set ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron ${version}.`,
    NO_ELECTRON,
  );
}

await runMain(async () => {
  const args = process.argv.slice(2);
  await ensureDependencies();
  // Before the build: a machine that has no Electron should say so at once.
  const electron = isForThisPlatform(args, process.platform)
    ? [`-c.electronDist=${await electronFolder()}`]
    : [];
  await ensureBuild();
  const builder = toolPath('electron-builder');
  const ended = await runNode(builder, [...args, ...electron, '--publish', 'never'], { show: true });
  if (ended.code !== 0) throw new Stop('electron-builder could not make the installers; it says why above.');
  say(`The installers are in ${inProject('dist-installers')}`);
});

// `npm run crash [-- --times N --seed S --tamper]`: the built app in a real Chromium, killed N times while it works. Whatever
// the screen had called done must be there afterwards, once, and every balance must be what was keyed. tests/crash does it.

import './setup/node-version.mjs';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from './setup/build.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { appVersion, inProject, ROOT } from './setup/project.mjs';
import { inSeconds, runMain, say, Stop } from './setup/say.mjs';
import { serve } from './setup/static-server.mjs';
import { WEB_HOST } from './setup/web-address.mjs';

const TIMES = 100;
const SEEDS = 1_000_000;

/** @param {string | undefined} text @param {number} otherwise */
function readNumber(text, otherwise) {
  const number = text === undefined ? otherwise : Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new Stop('--times and --seed take whole numbers.');
}

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      times: { type: 'string' },
      seed: { type: 'string' },
      tamper: { type: 'boolean', default: false },
    },
  });
  const times = readNumber(values.times, TIMES);
  const seed = readNumber(values.seed, Math.floor(Math.random() * SEEDS));
  await ensureDependencies();
  await ensureBuild();
  const executablePath = await ensureChromium();
  // A copy: somebody's build must not change the app between two starts.
  const folder = mkdtempSync(join(tmpdir(), 'tenpunch-crash-site-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  cpSync(inProject('dist'), folder, { recursive: true });
  const serving = await serve({ folder, host: WEB_HOST, port: 0, version: appVersion() });
  if (serving.kind !== 'serving') throw new Stop('No port is free for the app.');

  const startedAt = performance.now();
  say(`Killing the app ${times} times (seed ${seed}) …`);
  // Vite reads the TypeScript, so the check shares the ledger's own chain code.
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(inProject('tests/crash/driver.ts'), {
    root: ROOT,
    configFile: false,
  });
  /** @type {typeof import('../tests/crash/driver.ts').runCrash} */
  const runCrash = module.runCrash;
  const report = await runCrash({
    origin: serving.origin,
    executablePath,
    times,
    seed,
    isTampering: values.tamper,
    say,
  });
  await serving.close();

  const { whole, page, storage } = report.kills;
  say(
    `Killed: ${whole} × the whole browser, ${page} × the page's process, ${storage} × the storage process.`,
  );
  say(
    `Shown as done: ${report.shown}, all looked for after every kill. ` +
      `Open at a kill: ${report.openKept} were there whole, ${report.openGone} not at all.`,
  );
  for (const violation of report.violations) say(`✗ ${violation}`);
  say(
    report.violations.length === 0
      ? `✓ nothing lost, doubled or invented (${inSeconds(performance.now() - startedAt)})`
      : `Again with: npm run crash -- --times ${times} --seed ${seed}${values.tamper ? ' --tamper' : ''}`,
  );
  return report.violations.length === 0 ? 0 : 1;
});

// `npm run e2e -- [--host browser|electron] [what Playwright takes]`: the journeys of tests/e2e against the built app.
// The browser host is served on a port of its own, so a running Tenpunch and its data are left alone.

import './setup/node-version.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { findElectron } from './setup/electron-binary.mjs';
import { appVersion, inProject, toolPath } from './setup/project.mjs';
import { runNode } from './setup/run.mjs';
import { runMain, say, Stop } from './setup/say.mjs';
import { serve } from './setup/static-server.mjs';
import { WEB_HOST } from './setup/web-address.mjs';

const TEST_PORT = 4711;
/** Exit code for "this machine cannot run that host", as opposed to "a test failed". */
const NO_HOST = 3;
/** `--pictures` photographs every screen instead of testing it. */
const PICTURES = '--pictures';

/** @param {string[]} args */
function readHost(args) {
  const index = args.findIndex((arg) => arg === '--host' || arg.startsWith('--host='));
  if (index === -1) return { host: 'browser', rest: args };
  const isPair = args[index] === '--host';
  const host = isPair ? args[index + 1] : args[index]?.slice('--host='.length);
  if (host !== 'browser' && host !== 'electron') throw new Stop('--host is "browser" or "electron".');
  return { host, rest: args.toSpliced(index, isPair ? 2 : 1) };
}

/** Another test run may hold the usual port; test data lives in temporary profiles, so moving is harmless here. */
async function serveForTests() {
  const site = { folder: inProject('dist'), host: WEB_HOST, version: appVersion() };
  const serving = await serve({ ...site, port: TEST_PORT }).catch(() => undefined);
  return serving?.kind === 'serving' ? serving : serve({ ...site, port: 0 });
}

await runMain(async () => {
  const isPictures = process.argv.includes(PICTURES);
  const { host, rest } = readHost(process.argv.slice(2).filter((arg) => arg !== PICTURES));
  await ensureDependencies();
  await ensureBuild();

  /** @type {Record<string, string>} */
  const env = { TENPUNCH_E2E_HOST: host };
  let close = async () => {};
  if (host === 'electron') {
    const electron = await findElectron({ mayDownload: true });
    if (electron.kind === 'missing') {
      say(`The tests cannot run in a desktop window: ${electron.why}.`);
      return NO_HOST;
    }
    env.TENPUNCH_E2E_ELECTRON = electron.path;
  } else {
    env.CHROMIUM = await ensureChromium();
    const serving = await serveForTests();
    if (serving.kind !== 'serving') throw new Stop('No port is free for the tests.');
    env.TENPUNCH_E2E_ORIGIN = serving.origin;
    close = () => serving.close();
  }

  const report = process.env.TENPUNCH_E2E_REPORT;
  if (report) env.PLAYWRIGHT_JSON_OUTPUT_FILE = report;
  const config = ['--config', inProject(`tests/${isPictures ? 'pictures' : 'e2e'}/playwright.config.ts`)];
  const { code } = await runNode(
    toolPath('@playwright/test', 'playwright'),
    ['test', ...config, `--reporter=${report ? 'list,json' : 'list'}`, ...rest],
    { env, show: true },
  );
  await close();
  return code;
});

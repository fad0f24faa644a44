// `npm run bench [-- --members 10000,100000,1000000 --only NAME --quick --write --strict]`: how fast is it, next to plain
// IndexedDB doing the same work? The measuring is in tests/bench, where the types are; docs/numbers.md says how to read it.

import './setup/node-version.mjs';
import { parseArgs } from 'node:util';
import { ensureBuild } from './setup/build.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { appVersion, inProject, ROOT } from './setup/project.mjs';
import { runMain, say, Stop } from './setup/say.mjs';

const SIZES = [10_000, 100_000, 1_000_000];

/** @param {string | undefined} text */
function readSizes(text) {
  const sizes = text === undefined ? SIZES : text.split(',').map(Number);
  if (sizes.every((size) => Number.isInteger(size) && size > 0)) return sizes;
  throw new Stop('--members takes whole numbers, for example --members 10000,100000');
}

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      members: { type: 'string' },
      only: { type: 'string' },
      quick: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      strict: { type: 'boolean', default: false },
    },
  });
  const sizes = readSizes(values.members);
  await ensureDependencies();
  await ensureBuild();
  const executablePath = await ensureChromium();
  // Vite reads the TypeScript, so the measuring code shares types and rules with the app.
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(inProject('tests/bench/driver.ts'), {
    root: ROOT,
    configFile: false,
  });
  const { partNames, runBench } = /** @type {typeof import('../tests/bench/driver.ts')} */ (module);
  const parts = partNames();
  if (values.only !== undefined && !parts.includes(values.only)) {
    throw new Stop(`--only takes one of ${parts.join(', ')}.`);
  }
  const report = await runBench({
    root: ROOT,
    version: appVersion(),
    executablePath,
    sizes,
    only: values.only,
    isQuick: values.quick,
    isWriting: values.write,
    say,
  });
  say(`\n${report.met} goals met, ${report.missed.length} missed`);
  for (const missed of report.missed) say(`  ✗ ${missed}`);
  return values.strict && report.missed.length > 0 ? 1 : 0;
});

// `npm test`: set-up, then every suite. A failing suite does not hide the next one. The last line is the sum:
//
//     123 passed, 0 failed
//
// `npm test -- unit e2e` runs only the suites named.

import './setup/node-version.mjs';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { countPlaywright, countVitest, settle } from './checks/count-tests.mjs';
import { CHECKS, runChecks } from './checks/steps.mjs';
import { ensureBuild } from './setup/build.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { inProject, readJson, toolPath } from './setup/project.mjs';
import { runNode } from './setup/run.mjs';
import { runMain, say, Stop } from './setup/say.mjs';

/** Enough to meet each moment a till can lose its power in; `npm run crash` runs many more. */
const CRASHES = 5;

const reports = mkdtempSync(join(tmpdir(), 'tenpunch-test-'));
process.once('exit', () => rmSync(reports, { recursive: true, force: true }));

/**
 * @param {string} script
 * @param {string[]} args
 * @param {string} reportPath
 * @param {(report: any) => import('./checks/count-tests.mjs').Count} count
 * @param {Record<string, string>} [env]
 */
async function runAndCount(script, args, reportPath, count, env = {}) {
  const { code } = await runNode(script, args, { env, show: true });
  return settle(existsSync(reportPath) ? count(readJson(reportPath)) : undefined, code);
}

/** @param {string} project */
const vitest = (project) => () => {
  const reportPath = join(reports, `${project}.json`);
  const args = [
    'run',
    '--project',
    project,
    '--reporter',
    'default',
    '--reporter',
    'json',
    `--outputFile.json=${reportPath}`,
  ];
  return runAndCount(toolPath('vitest'), args, reportPath, countVitest);
};

function e2e() {
  const reportPath = join(reports, 'e2e.json');
  return runAndCount(inProject('scripts/e2e.mjs'), [], reportPath, countPlaywright, {
    TENPUNCH_E2E_REPORT: reportPath,
  });
}

async function crash() {
  const { code } = await runNode(inProject('scripts/crash.mjs'), ['--times', String(CRASHES)], {
    show: true,
  });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1 };
}

/** @type {{ name: string, run: () => Promise<import('./checks/count-tests.mjs').Count> }[]} */
const SUITES = [
  { name: 'check', run: () => runChecks(CHECKS) },
  { name: 'unit', run: vitest('unit') },
  { name: 'dom', run: vitest('dom') },
  { name: 'browser', run: vitest('browser') },
  { name: 'e2e', run: e2e },
  ...(existsSync(inProject('scripts/crash.mjs')) ? [{ name: 'crash', run: crash }] : []),
];

await runMain(async () => {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !SUITES.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Stop(
      `No suite ${unknown.join(', ')}. There are: ${SUITES.map((suite) => suite.name).join(', ')}.`,
    );
  }
  const suites = wanted.length > 0 ? SUITES.filter((suite) => wanted.includes(suite.name)) : SUITES;

  await ensureDependencies();
  if (suites.some(({ name }) => ['browser', 'e2e', 'crash'].includes(name)))
    process.env.CHROMIUM = await ensureChromium();
  // Each suite that needs the built app builds it; once here, so that the wait is not counted as a test's.
  let buildFailure;
  await ensureBuild().catch((error) => (buildFailure = error));

  const sum = { passed: 0, failed: 0 };
  for (const suite of suites) {
    say(`\n── ${suite.name} ──`);
    const { passed, failed } = await suite.run();
    sum.passed += passed;
    sum.failed += failed;
  }
  if (buildFailure) say(`\n${buildFailure.message}`);
  // Nothing may print after this line.
  say(`\n${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed > 0 ? 1 : 0;
});

// Everything `npm run check` looks at except the tests: each a name and something that ends with a code and its output.

import { inProject, toolPath } from '../setup/project.mjs';
import { runNode } from '../setup/run.mjs';
import { inSeconds, say } from '../setup/say.mjs';

/** @typedef {{ name: string, run: () => Promise<{ code: number, output: string, durationMs: number }> }} Check */

/** @param {string} packageName @param {string} command @param {string[]} args */
const tool = (packageName, command, args) => () => runNode(toolPath(packageName, command), args);

/** Slowest first, so that the last one to finish is a short one. @type {Check[]} */
export const CHECKS = [
  { name: 'types', run: tool('typescript', 'tsc', ['-p', '.', '--pretty', 'false']) },
  { name: 'unused code', run: tool('knip', 'knip', ['--no-progress']) },
  {
    name: 'lint',
    run: tool('oxlint', 'oxlint', ['--type-aware', '--deny-warnings', '--report-unused-disable-directives']),
  },
  { name: 'format', run: tool('prettier', 'prettier', ['--check', '--log-level', 'warn', '.']) },
  { name: 'types of scripts', run: tool('typescript', 'tsc', ['-p', 'scripts', '--pretty', 'false']) },
  { name: 'walls', run: () => runNode(inProject('scripts/checks/walls.mjs'), []) },
];

/**
 * Two at a time, since the machines this runs on have two cores. Says each as it ends, and only what failed in full.
 * @param {Check[]} checks
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function runChecks(checks) {
  const waiting = [...checks];
  let failed = 0;
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const { code, output, durationMs } = await check.run();
      say(`${code === 0 ? '✓' : '✗'} ${check.name} (${inSeconds(durationMs)})`);
      if (code === 0) continue;
      failed += 1;
      say(output.trimEnd().replace(/^/gm, '    '));
    }
  };
  await Promise.all([lane(), lane()]);
  return { passed: checks.length - failed, failed };
}

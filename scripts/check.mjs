// `npm run check`: format, lint, walls, types, unused code and unit tests, in well under a minute. --no-tests leaves those out.

import './setup/node-version.mjs';
import { CHECKS, runChecks } from './checks/steps.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { toolPath } from './setup/project.mjs';
import { runNode } from './setup/run.mjs';
import { runMain } from './setup/say.mjs';

const UNIT_TESTS = {
  name: 'unit tests',
  run: () =>
    runNode(toolPath('vitest'), ['run', '--project', 'unit', '--project', 'dom', '--reporter', 'dot']),
};

await runMain(async () => {
  await ensureDependencies();
  const checks = process.argv.includes('--no-tests') ? CHECKS : [UNIT_TESTS, ...CHECKS];
  const { failed } = await runChecks(checks);
  return failed > 0 ? 1 : 0;
});

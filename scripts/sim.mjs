// `npm run sim [-- --seed N --days D --world W --bug NAME | --bugs]`: simulated shops whose network, disks, clocks and endpoint
// fail in every way there is, with the production fold, sync decisions and verdicts. Whatever fails can be played again by
// its seed. --bugs plants one bug after the other and says which were seen. tests/simulation does it.

import './setup/node-version.mjs';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './setup/dependencies.mjs';
import { inProject, ROOT } from './setup/project.mjs';
import { inSeconds, runMain, say, Stop } from './setup/say.mjs';

const DAYS = 5000;
const BUG_DAYS = 3000;
const SEEDS = 1_000_000;

/** @param {string | undefined} text */
function readNumber(text) {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new Stop('--seed, --days and --world take whole numbers.');
}

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      days: { type: 'string' },
      world: { type: 'string' },
      bug: { type: 'string' },
      bugs: { type: 'boolean', default: false },
    },
  });
  const seed = readNumber(values.seed) ?? Math.floor(Math.random() * SEEDS);
  const days = readNumber(values.days);
  const world = readNumber(values.world);
  await ensureDependencies();
  // Vite reads the TypeScript, so the simulator shares all code with the app and the endpoint.
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(inProject('tests/simulation/driver.ts'), {
    root: ROOT,
    configFile: false,
  });
  const { bugNames, runSimulation, tryBugs } = /** @type {typeof import('../tests/simulation/driver.ts')} */ (
    module
  );
  const { bug } = values;
  if (bug !== undefined && !bugNames().includes(bug)) {
    throw new Stop(`--bug takes one of ${bugNames().join(', ')}.`);
  }
  const startedAt = performance.now();
  if (values.bugs) {
    say(`| bug | what it does | seen as (seed ${seed}) | after till-days |\n| --- | --- | --- | --- |`);
    const missed = await tryBugs({ seed, days: days ?? BUG_DAYS, say });
    say(
      `${bugNames().length - missed.length} of ${bugNames().length} bugs seen in ${inSeconds(performance.now() - startedAt)}`,
    );
    return missed.length === 0 ? 0 : 1;
  }
  say(`Simulating (seed ${seed}) …`);
  const isSound = await runSimulation({ seed, days: days ?? DAYS, world, bug, say });
  say(`in ${inSeconds(performance.now() - startedAt)}`);
  return isSound ? 0 : 1;
});

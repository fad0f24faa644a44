// `npm run fuzz [-- --inputs N --seed S]`: every route of the endpoint asked anything, and a till given any reply, N times for
// each route and each kind of reply. One part for each core, each with a seed of its own; what fails is named by seed and
// number, and the same seed finds it again.

import './setup/node-version.mjs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './setup/dependencies.mjs';
import { toolPath } from './setup/project.mjs';
import { runNode } from './setup/run.mjs';
import { inSeconds, runMain, say, Stop } from './setup/say.mjs';

const INPUTS = 1_000_000;
const SEEDS = 1_000_000;
const TESTS = ['tests/endpoint/fuzz.test.ts', 'tests/endpoint/reply-fuzz.test.ts'];

/** @param {string | undefined} text @param {number} otherwise */
function readNumber(text, otherwise) {
  const number = text === undefined ? otherwise : Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Stop('--inputs and --seed take whole numbers from 1.');
}

await runMain(async () => {
  const { values } = parseArgs({ options: { inputs: { type: 'string' }, seed: { type: 'string' } } });
  const inputs = readNumber(values.inputs, INPUTS);
  const seed = readNumber(values.seed, 1 + Math.floor(Math.random() * SEEDS));
  await ensureDependencies();
  const parts = Math.min(availableParallelism(), inputs);
  const each = Math.ceil(inputs / parts);
  say(`${each * parts} inputs for each route and each kind of reply in ${parts} parts, seeds from ${seed} …`);
  const startedAt = performance.now();
  const ended = await Promise.all(
    Array.from({ length: parts }, (_, part) =>
      runNode(toolPath('vitest'), ['run', '--project', 'unit', '--maxWorkers', '1', ...TESTS], {
        env: { FUZZ_INPUTS: String(each), FUZZ_SEED: String(seed + part) },
      }),
    ),
  );
  for (const { output } of ended) {
    // What was asked how often, and what failed.
    say(
      output
        .split('\n')
        .filter((line) => / from seed /.test(line))
        .join('\n'),
    );
  }
  const failed = ended.filter(({ code }) => code !== 0);
  for (const { output } of failed) say(output);
  const took = inSeconds(performance.now() - startedAt);
  say(failed.length === 0 ? `All hold (${took}).` : `${failed.length} of ${parts} parts failed (${took}).`);
  return failed.length === 0 ? 0 : 1;
});

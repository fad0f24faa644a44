// `npm run properties [-- --sequences N --seed S]`: random shops and histories, as many as a night holds and new ones every
// time, against everything that must hold in all of them (tests/arbitraries/invariants.ts). One part for each core.

import './setup/node-version.mjs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './setup/dependencies.mjs';
import { toolPath } from './setup/project.mjs';
import { runNode } from './setup/run.mjs';
import { inSeconds, runMain, say, Stop } from './setup/say.mjs';

const SEQUENCES = 100_000;
const SEEDS = 1_000_000;
const TESTS = 'tests/arbitraries/invariants.test.ts';

/** @param {string | undefined} text @param {number} otherwise */
function readNumber(text, otherwise) {
  const number = text === undefined ? otherwise : Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Stop('--sequences and --seed take whole numbers from 1.');
}

await runMain(async () => {
  const { values } = parseArgs({ options: { sequences: { type: 'string' }, seed: { type: 'string' } } });
  const sequences = readNumber(values.sequences, SEQUENCES);
  const seed = readNumber(values.seed, 1 + Math.floor(Math.random() * SEEDS));
  await ensureDependencies();
  const parts = Math.min(availableParallelism(), sequences);
  const each = Math.ceil(sequences / parts);
  say(`${each * parts} random histories in ${parts} parts of ${each}, seeds from ${seed} …`);
  const startedAt = performance.now();
  const ended = await Promise.all(
    Array.from({ length: parts }, (_, part) =>
      runNode(toolPath('vitest'), ['run', '--project', 'unit', TESTS], {
        env: { PROPERTY_SEQUENCES: String(each), PROPERTY_SEED: String(seed + part) },
      }),
    ),
  );
  const failed = ended.filter(({ code }) => code !== 0);
  for (const { output } of failed) say(output);
  const took = inSeconds(performance.now() - startedAt);
  say(failed.length === 0 ? `All hold (${took}).` : `${failed.length} of ${parts} parts failed (${took}).`);
  return failed.length === 0 ? 0 : 1;
});

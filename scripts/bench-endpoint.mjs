// `npm run bench:endpoint [-- --events 100000]`: events a second into and out of the endpoint, on PGlite and on PostgreSQL.
// With --start: how long an endpoint in a folder takes to start with so many events in it.

import './setup/node-version.mjs';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './setup/dependencies.mjs';
import { inProject, ROOT } from './setup/project.mjs';
import { runMain, say, Stop } from './setup/say.mjs';

await runMain(async () => {
  const { values } = parseArgs({
    options: { events: { type: 'string', default: '50000' }, start: { type: 'boolean', default: false } },
  });
  const events = Number(values.events);
  if (!Number.isInteger(events) || events < 500) throw new Stop('--events takes a whole number from 500.');
  await ensureDependencies();
  const { runnerImport } = await import('vite');
  const options = { root: ROOT, configFile: /** @type {const} */ (false) };
  if (values.start) {
    const { module } = await runnerImport(inProject('tests/bench/endpoint-start.ts'), options);
    const { runStartBench } = /** @type {typeof import('../tests/bench/endpoint-start.ts')} */ (module);
    return runStartBench({ events, say });
  }
  const { module } = await runnerImport(inProject('tests/bench/endpoint-rounds.ts'), options);
  const { runEndpointBench } = /** @type {typeof import('../tests/bench/endpoint-rounds.ts')} */ (module);
  return runEndpointBench({ events, say });
});

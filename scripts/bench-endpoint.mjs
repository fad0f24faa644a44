// `npm run bench:endpoint [-- --events 100000]`: events a second into and out of the endpoint, on PGlite and on PostgreSQL.

import './setup/node-version.mjs';
import { parseArgs } from 'node:util';
import { ensureDependencies } from './setup/dependencies.mjs';
import { inProject, ROOT } from './setup/project.mjs';
import { runMain, say, Stop } from './setup/say.mjs';

await runMain(async () => {
  const { values } = parseArgs({ options: { events: { type: 'string', default: '50000' } } });
  const events = Number(values.events);
  if (!Number.isInteger(events) || events < 500) throw new Stop('--events takes a whole number from 500.');
  await ensureDependencies();
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(inProject('tests/bench/endpoint-rounds.ts'), {
    root: ROOT,
    configFile: false,
  });
  const { runEndpointBench } = /** @type {typeof import('../tests/bench/endpoint-rounds.ts')} */ (module);
  await runEndpointBench({ events, say });
});

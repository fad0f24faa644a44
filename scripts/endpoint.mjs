// `npm run endpoint`: the optional server that many tills share, with its store in a folder; DATABASE_URL names a PostgreSQL
// instead. `npm run endpoint -- help` lists what else it does; docs/endpoint.md explains.

import './setup/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { ensureEndpointBuild } from './setup/build.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { inProject } from './setup/project.mjs';
import { runMain } from './setup/say.mjs';

await runMain(async () => {
  await ensureDependencies();
  await ensureEndpointBuild();
  const { main } = await import(pathToFileURL(inProject('dist-endpoint', 'main.js')).href);
  return main(process.argv.slice(2));
});

// One replay off the page's thread, with a connection of its own. It only reads.

import { ok } from '#shared/lib/result.ts';
import { givingWay } from '../give-way.ts';
import { onExisting, serveJob } from '../serve-job.ts';
import { runWhatIf } from './run-what-if.ts';
import type { WhatIfProgress } from './what-if-job.ts';
import type { ToWorker } from './what-if-messages.ts';

const scope = self as unknown as DedicatedWorkerGlobalScope;

scope.addEventListener('message', ({ data: { databaseName, job } }: MessageEvent<ToWorker>) => {
  const work = (report: (progress: WhatIfProgress) => void) =>
    onExisting(databaseName, (database) =>
      givingWay(async (parts) => ok(await runWhatIf({ database, ...parts }, job, report))),
    );
  void serveJob(scope, work);
});

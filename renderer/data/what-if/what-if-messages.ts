import type { Result } from '#shared/lib/result.ts';
import type { WhatIfFailure, WhatIfJob, WhatIfReport } from './what-if-job.ts';

/** What the page and the worker say to each other. One worker does one replay and is gone; ended, it is cancelled. */

export interface ToWorker {
  readonly databaseName: string;
  readonly job: WhatIfJob;
}

export type WhatIfAnswer = Result<WhatIfReport, WhatIfFailure>;

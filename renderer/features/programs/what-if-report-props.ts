import type { WhatIfReport, WhatIfRequest } from '#renderer/data/what-if/what-if-job.ts';

/** What a part of the result is told with. */
export interface ReportProps {
  readonly report: WhatIfReport;
  /** What was asked, which may not be what stands in the form any more. */
  readonly request: WhatIfRequest;
}

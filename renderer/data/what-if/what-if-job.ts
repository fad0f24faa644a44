import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { WhatIfMonths, WhatIfPeriod } from '#shared/domain/what-if-period.ts';
import type { WhatIfResult } from '#shared/domain/what-if-tally.ts';
import type { PlainDay } from '#shared/lib/brand.ts';
import type { StorageProblem } from '../storage-problem.ts';

/** What a what-if is asked for and what it answers. */

export interface WhatIfRequest {
  readonly draft: ProgramDefinition;
  /** The published version; absent for a program that is new. */
  readonly base: ProgramDefinition | undefined;
  readonly today: PlainDay;
  readonly months: WhatIfMonths;
}

/** All of it crosses between the page and the worker. */
export interface WhatIfJob extends Pick<WhatIfRequest, 'draft' | 'base'> {
  readonly period: WhatIfPeriod;
}

export interface WhatIfReport extends WhatIfResult {
  /** Events that were read for it. */
  readonly events: number;
  /** Events of a newer app, left out. */
  readonly unreadable: number;
}

export interface WhatIfProgress {
  readonly events: number;
  /** 0 to 1. */
  readonly part: number;
}

export type WhatIfFailure =
  | { readonly code: 'cancelled' }
  /** One is still running. */
  | { readonly code: 'busy' }
  | { readonly code: 'storage'; readonly problem: StorageProblem }
  | { readonly code: 'newer-data' }
  | { readonly code: 'broken' };

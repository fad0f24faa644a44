import type { Grant, LimitName } from '../ledger/event.ts';
import type { PlainDay } from '../lib/brand.ts';
import { findProgramState, type MemberState, type ProgramState } from './member-state.ts';
import { MAX_STAMPS_PER_VISIT, type ProgramDefinition } from './program.ts';

/** What a visit would give, and which of the shop's limits it would pass. */
export interface VisitPlan {
  readonly grants: readonly Grant[];
  readonly breaches: readonly LimitBreach[];
}

export interface LimitBreach {
  readonly limit: LimitName;
  readonly program: string;
  readonly allowed: number;
  /** Minutes to wait; only for `minutes-between`. */
  readonly waitMinutes?: number;
}

const MINUTE_MS = 60_000;

/**
 * A visit of `count` (1 is the usual one) under the given current programs. Limits are asked here, at the counter,
 * and never in the fold: two tills that were offline may both have been right.
 *
 * A stamp dated ahead of the clock, by a till whose clock was wrong or is now set back, must not switch the limits off:
 * until its date they ask about every stamp. A reason passes, so nobody is locked out, and undoing that stamp ends it.
 */
export function planVisit(request: {
  readonly state: MemberState;
  readonly programs: readonly ProgramDefinition[];
  readonly count: number;
  /** Milliseconds since 1970 UTC. */
  readonly atMs: number;
  readonly day: PlainDay;
}): VisitPlan {
  const count = Math.max(1, Math.min(MAX_STAMPS_PER_VISIT, Math.floor(request.count)));
  const grants = request.programs.flatMap((program) =>
    program.earn.map((rule) => ({
      program: program.id,
      version: program.version,
      rule: rule.id,
      units: rule.units * count,
    })),
  );
  const breaches = request.programs.flatMap((program) => findBreaches({ ...request, program, grants }));
  return { grants, breaches };
}

function findBreaches(request: {
  readonly state: MemberState;
  readonly program: ProgramDefinition;
  readonly grants: readonly Grant[];
  readonly atMs: number;
  readonly day: PlainDay;
}): LimitBreach[] {
  const { program, atMs, day } = request;
  const { perVisit, perDay, minutesBetween } = program.limits;
  const state = findProgramState(request.state, program.id);
  const units = request.grants
    .filter((grant) => grant.program === program.id)
    .reduce((sum, grant) => sum + grant.units, 0);
  const breaches: LimitBreach[] = [];
  if (perVisit !== null && units > perVisit) {
    breaches.push({ limit: 'per-visit', program: program.id, allowed: perVisit });
  }
  const today = unitsOn(day, state);
  if (perDay !== null && today + units > perDay) {
    breaches.push({ limit: 'per-day', program: program.id, allowed: perDay });
  }
  // A stamp ahead of the clock counts as given just now: the wait is asked in full and never grows beyond it.
  const since = state?.lastGrantAt == null ? undefined : Math.max(0, atMs - state.lastGrantAt);
  if (minutesBetween !== null && since !== undefined && since < minutesBetween * MINUTE_MS) {
    const waitMinutes = Math.ceil((minutesBetween * MINUTE_MS - since) / MINUTE_MS);
    breaches.push({ limit: 'minutes-between', program: program.id, allowed: minutesBetween, waitMinutes });
  }
  return breaches;
}

/** Once a later day has stamps, nobody counts the earlier ones: the limit can only be asked about. */
function unitsOn(day: PlainDay, state: ProgramState | undefined): number {
  if (!state?.today || state.today.day < day) return 0;
  return state.today.day === day ? state.today.units : Infinity;
}

/** Stamps given on joining. */
export function planJoining(programs: readonly ProgramDefinition[]): Grant[] {
  return programs
    .filter((program) => program.headStart > 0)
    .map((program) => ({
      program: program.id,
      version: program.version,
      rule: 'joining',
      units: program.headStart,
    }));
}

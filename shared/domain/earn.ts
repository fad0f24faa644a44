import type { Grant, LimitName } from '../ledger/event.ts';
import type { PlainDay } from '../lib/brand.ts';
import { findProgramState, type MemberState } from './member-state.ts';
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
  const today = state?.today?.day === day ? state.today.units : 0;
  if (perDay !== null && today + units > perDay) {
    breaches.push({ limit: 'per-day', program: program.id, allowed: perDay });
  }
  const since = state?.lastGrantAt == null ? undefined : atMs - state.lastGrantAt;
  // A clock that was set back gives a negative wait: it must not lock a member out.
  if (minutesBetween !== null && since !== undefined && since >= 0 && since < minutesBetween * MINUTE_MS) {
    const waitMinutes = Math.ceil((minutesBetween * MINUTE_MS - since) / MINUTE_MS);
    breaches.push({ limit: 'minutes-between', program: program.id, allowed: minutesBetween, waitMinutes });
  }
  return breaches;
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

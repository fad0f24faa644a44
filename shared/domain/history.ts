import {
  grantsOf,
  readEvent,
  VOIDABLE_TYPES,
  type EventType,
  type KnownEvent,
  type LedgerEvent,
  type LimitName,
} from '../ledger/event.ts';
import { assertNever } from '../lib/assert.ts';
import type { EventId, StaffId, TillId } from '../lib/brand.ts';
import type { MemberException, MemberState } from './member-state.ts';
import type { ProfileField } from './profile.ts';
import { costOf, findProgram, type ProgramBook, type ProgramDefinition } from './program.ts';

/**
 * A member's events as somebody would tell them: one entry per event, newest first, nothing left out. An event that
 * was undone stays where it happened and says by what; one that this app does not understand is shown as such.
 */

export interface HistoryEntry {
  readonly id: EventId;
  /** Milliseconds since 1970 UTC by the till's own clock. */
  readonly at: number;
  readonly till: TillId;
  readonly staff: StaffId;
  readonly approvedBy: StaffId | undefined;
  readonly what: HistoryFact;
  /** The event that took this one back; undefined while it counts. */
  readonly undone: Undoing | undefined;
  readonly exceptions: readonly MemberException['kind'][];
}

export interface Undoing {
  readonly by: EventId;
  readonly at: number;
  readonly staff: StaffId;
  readonly reason: string | undefined;
}

/** Units of one program. `definition` is undefined when this till does not hold the program. */
export interface UnitSum {
  readonly program: string;
  readonly definition: ProgramDefinition | undefined;
  readonly units: number;
}

export type HistoryFact =
  | {
      readonly kind: 'enrolment';
      readonly by: 'phone' | 'card' | 'import';
      readonly isVisit: boolean;
      readonly sums: readonly UnitSum[];
    }
  | {
      readonly kind: 'visit';
      readonly sums: readonly UnitSum[];
      readonly overLimit: { readonly limits: readonly LimitName[]; readonly reason: string } | undefined;
    }
  | { readonly kind: 'paper-card' | 'action' | 'purchase' | 'referral'; readonly sums: readonly UnitSum[] }
  | { readonly kind: 'opening'; readonly sums: readonly UnitSum[] }
  | { readonly kind: 'adjustment'; readonly sums: readonly UnitSum[]; readonly reason: string }
  | {
      readonly kind: 'redemption';
      readonly definition: ProgramDefinition | undefined;
      /** Undefined when this till does not hold the program's version. */
      readonly reward: string | undefined;
      readonly cost: number;
    }
  /** `target` is undefined when what it names is not among the member's events, or can't be undone. */
  | {
      readonly kind: 'void';
      readonly target: { readonly id: EventId; readonly type: EventType } | undefined;
      readonly reason: string | undefined;
    }
  | { readonly kind: 'profile'; readonly fields: readonly ProfileField[] }
  /** Made by a newer version of the app: kept, not counted here. */
  | { readonly kind: 'unknown'; readonly type: string };

/** @param events one member's events in ledger order. @param state what the fold made of them, for exceptions. */
export function listHistory(
  events: readonly LedgerEvent[],
  state: MemberState | undefined,
  programs: ProgramBook,
): HistoryEntry[] {
  const read = events.map((event) => ({ event, known: readEvent(event) }));
  const types = new Map(events.map((event) => [event.id, event.type]));
  const undoings = findUndoings(read.flatMap(({ known }) => known ?? []));
  const exceptions = new Map<EventId, MemberException['kind'][]>();
  for (const { event, kind } of state?.exceptions ?? []) {
    exceptions.set(event, [...(exceptions.get(event) ?? []), kind]);
  }
  return read.toReversed().map(({ event, known }) => ({
    id: event.id,
    at: event.wall,
    till: event.till,
    staff: event.staff,
    approvedBy: event.approvedBy,
    what: known ? factOf(known, types, programs) : { kind: 'unknown', type: event.type },
    undone: VOIDABLE_TYPES.has(event.type) ? undoings.get(event.id) : undefined,
    exceptions: exceptions.get(event.id) ?? [],
  }));
}

/** The first void of each target counts; a second one took back what was already gone. */
function findUndoings(events: readonly KnownEvent[]): ReadonlyMap<string, Undoing> {
  const undoings = new Map<string, Undoing>();
  for (const event of events) {
    if (event.type !== 'void' || undoings.has(event.data.target)) continue;
    const { id, wall, staff, data } = event;
    undoings.set(data.target, { by: id, at: wall, staff, reason: data.reason });
  }
  return undoings;
}

function factOf(event: KnownEvent, types: ReadonlyMap<EventId, string>, programs: ProgramBook): HistoryFact {
  const sums = sumUnits(event, programs);
  switch (event.type) {
    case 'enrolment':
      return { kind: 'enrolment', by: event.data.by, isVisit: event.data.visit > 0, sums };
    case 'visit':
      return { kind: 'visit', sums, overLimit: event.data.overLimit };
    case 'paper-card':
    case 'opening':
    case 'action':
    case 'purchase':
    case 'referral':
      return { kind: event.type, sums };
    case 'adjustment':
      return { kind: 'adjustment', sums, reason: event.data.reason };
    case 'redemption':
      return redemptionOf(event.data, programs);
    case 'void':
      return { kind: 'void', target: targetOf(event.data.target, types), reason: event.data.reason };
    case 'profile':
      return { kind: 'profile', fields: event.data.fields };
    // Events of the shop name no member; one that does was written by something else.
    case 'shop':
    case 'program':
    case 'import':
      return { kind: 'unknown', type: event.type };
    default:
      return assertNever(event);
  }
}

function sumUnits(event: KnownEvent, programs: ProgramBook): UnitSum[] {
  const sums = new Map<string, UnitSum>();
  for (const grant of grantsOf(event)) {
    const definition =
      findProgram(programs, grant.program, grant.version) ?? programs.get(grant.program)?.at(-1);
    const units = (sums.get(grant.program)?.units ?? 0) + grant.units;
    sums.set(grant.program, { program: grant.program, definition, units });
  }
  return [...sums.values()];
}

function redemptionOf(
  data: {
    readonly program: string;
    readonly version: number;
    readonly reward: string;
    readonly cost: number;
  },
  programs: ProgramBook,
): HistoryFact {
  const definition = findProgram(programs, data.program, data.version);
  const reward = definition?.rewards.find((candidate) => candidate.id === data.reward);
  return {
    kind: 'redemption',
    definition,
    reward: reward?.name,
    cost: definition && reward ? costOf(reward, definition) : data.cost,
  };
}

function targetOf(target: string, types: ReadonlyMap<EventId, string>) {
  const id = target as EventId;
  const type = types.get(id);
  return type !== undefined && VOIDABLE_TYPES.has(type) ? { id, type: type as EventType } : undefined;
}

import { isMoment, readEvent, type KnownEvent, type LedgerEvent } from '../ledger/event.ts';
import type { EventId, MemberId, PlainDay, StaffId, TillId } from '../lib/brand.ts';
import { voidedIds } from './fold.ts';
import { listChanges, type CalendarChange, type TierChange } from './history-changes.ts';
import { factOf, withoutTypedText, type HistoryFact } from './history-facts.ts';
import { findGroups } from './merge.ts';
import type { MemberException, MemberState } from './member-state.ts';
import type { ProgramBook } from './program.ts';

/**
 * A member's events as somebody would tell them: one entry per event, newest first, nothing left out. An event that
 * was undone stays where it happened and says by what; one that this app does not understand is shown as such. What the
 * calendar did between two events (units that expired, a tier that ended) has entries of its own.
 */

export type HistoryEntry = EventEntry | CalendarEntry;

export interface EventEntry {
  readonly source: 'event';
  readonly id: EventId;
  /** Milliseconds since 1970 UTC by the till's own clock. */
  readonly at: number;
  readonly till: TillId;
  readonly staff: StaffId;
  readonly approvedBy: StaffId | undefined;
  readonly what: HistoryFact;
  /** The other id under which it happened, where members were merged. */
  readonly under: MemberId | undefined;
  /** Tiers that this event reached. */
  readonly tiers: readonly TierChange[];
  /** The event that took this one back; undefined while it counts. */
  readonly undone: Undoing | undefined;
  readonly exceptions: readonly MemberException['kind'][];
}

export interface CalendarEntry {
  readonly source: 'calendar';
  /** Stands for it in a list; no event has it. */
  readonly id: string;
  /** The first day on which it was so. */
  readonly day: PlainDay;
  readonly what: CalendarChange;
}

export interface Undoing {
  readonly by: EventId;
  readonly at: number;
  readonly staff: StaffId;
  readonly reason: string | undefined;
}

/**
 * @param events one member's events in the shop's order; of all who were merged into one. @param state what the fold made of them, for exceptions.
 * @param today up to when the calendar is told; undefined while older events are missing, as what expired and which
 * tier was reached follows from all of them.
 */
export function listHistory(
  events: readonly LedgerEvent[],
  state: MemberState | undefined,
  programs: ProgramBook,
  today?: PlainDay,
): HistoryEntry[] {
  const read = events.map((event) => ({ event, known: readEvent(event) }));
  const types = new Map(events.map((event) => [event.id, event.type]));
  const understood = read.flatMap(({ known }) => known ?? []);
  const person = findGroups(events).find(({ canonical }) => canonical === state?.member);
  const isForgotten = understood.some(({ type }) => type === 'erasure');
  const undoings = findUndoings(understood);
  const exceptions = exceptionsOf(state);
  const changes = today === undefined ? undefined : listChanges(understood, programs, today, person);
  const told: HistoryEntry[] = [];
  for (const { event, known } of read) {
    const what: HistoryFact = known
      ? factOf(known, types, programs, person)
      : { kind: 'unknown', type: event.type };
    told.push(...calendarEntries(changes?.before.get(event.id), event.id), {
      source: 'event',
      id: event.id,
      // No screen has a date for what is no moment; the entry stays.
      at: isMoment(event.wall) ? event.wall : 0,
      till: event.till,
      staff: event.staff,
      approvedBy: event.approvedBy,
      what: isForgotten ? withoutTypedText(what) : what,
      under: person && event.member !== person.canonical ? event.member : undefined,
      tiers: changes?.by.get(event.id) ?? [],
      undone: isForgotten ? withoutReason(undoings.get(event.id)) : undoings.get(event.id),
      exceptions: exceptions.get(event.id) ?? [],
    });
  }
  return [...told, ...calendarEntries(changes?.since, 'now')].reverse();
}

const withoutReason = (undoing: Undoing | undefined): Undoing | undefined =>
  undoing && { ...undoing, reason: undefined };

const calendarEntries = (changes: readonly CalendarChange[] | undefined, before: string): CalendarEntry[] =>
  (changes ?? []).map((what) => ({
    source: 'calendar',
    id: `${what.kind} ${what.program} ${what.day} ${before}`,
    day: what.day,
    what,
  }));

function exceptionsOf(state: MemberState | undefined): ReadonlyMap<EventId, MemberException['kind'][]> {
  const exceptions = new Map<EventId, MemberException['kind'][]>();
  for (const { event, kind } of state?.exceptions ?? []) {
    exceptions.set(event, [...(exceptions.get(event) ?? []), kind]);
  }
  return exceptions;
}

/** The first void of each target counts; a second one took back what was already gone. */
function findUndoings(events: readonly KnownEvent[]): ReadonlyMap<string, Undoing> {
  const undoings = new Map<string, Undoing>();
  const voided = voidedIds(events);
  for (const event of events) {
    if (event.type !== 'void' || undoings.has(event.data.target) || !voided.has(event.data.target)) continue;
    const { id, wall, staff, data } = event;
    undoings.set(data.target, { by: id, at: wall, staff, reason: data.reason });
  }
  return undoings;
}

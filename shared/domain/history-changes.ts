import { grantsOf, VOIDABLE_TYPES, type KnownEvent } from '../ledger/event.ts';
import type { EventId, MemberId, PlainDay } from '../lib/brand.ts';
import { addDays, endOfYear, yearOf } from '../lib/plain-day.ts';
import { applyKnownEvent, stateOn, voidedIds, type OnePerson, type OnLapse } from './fold.ts';
import { emptyMemberState, type MemberState } from './member-state.ts';
import { findProgram, type ProgramBook, type ProgramDefinition, type TierLevel } from './program.ts';
import { tierOn } from './tier.ts';

/**
 * What follows from a member's events without being written in one: tiers reached, units that expired, tiers that ended
 * with a year. One walk over the events; an event that was undone leaves no trace.
 */

export interface TierChange {
  readonly program: string;
  readonly definition: ProgramDefinition;
  /** Null: below the lowest level. */
  readonly from: TierLevel | null;
  readonly to: TierLevel | null;
  readonly isUp: boolean;
}

/** What the calendar did. `day` is the first one on which it was so. */
export type CalendarChange =
  | {
      readonly kind: 'expired';
      readonly day: PlainDay;
      readonly program: string;
      readonly definition: ProgramDefinition | undefined;
      readonly units: number;
    }
  | {
      readonly kind: 'tier';
      readonly day: PlainDay;
      readonly program: string;
      readonly change: TierChange;
    };

export interface HistoryChanges {
  /** What the calendar did before an event, in order. */
  readonly before: ReadonlyMap<EventId, readonly CalendarChange[]>;
  /** Tiers that an event changed. */
  readonly by: ReadonlyMap<EventId, readonly TierChange[]>;
  /** What the calendar did since the last event. */
  readonly since: readonly CalendarChange[];
}

/** @param events all of one member's events that this app understands, in ledger order. */
export function listChanges(
  events: readonly KnownEvent[],
  programs: ProgramBook,
  today: PlainDay,
  person?: OnePerson,
): HistoryChanges {
  const voided = voidedIds(events);
  const counted = events.filter(({ id, type }) => VOIDABLE_TYPES.has(type) && !voided.has(id));
  const tiers = watchTiers(counted, programs);
  const before = new Map<EventId, readonly CalendarChange[]>();
  const by = new Map<EventId, readonly TierChange[]>();
  let state = emptyMemberState(person?.members[0] ?? ((events[0]?.member ?? '') as MemberId));
  const calendarUntil = (day: PlainDay, lapse: (onLapse: OnLapse) => MemberState): CalendarChange[] => {
    const ended = tiers.endYears(state, day);
    const expired = new Map<string, CalendarChange & { readonly kind: 'expired' }>();
    state = lapse(({ program, units, until }) => {
      const key = `${program} ${until}`;
      const earlier = expired.get(key)?.units ?? 0;
      const definition = programs.get(program)?.at(-1);
      expired.set(key, {
        kind: 'expired',
        day: addDays(until, 1),
        program,
        definition,
        units: earlier + units,
      });
    });
    return [...expired.values(), ...ended].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  };
  for (const event of counted) {
    const changes = calendarUntil(event.day, (onLapse) =>
      applyKnownEvent(state, event, programs, onLapse, person),
    );
    if (changes.length > 0) before.set(event.id, changes);
    const reached = tiers.changedBy(event, state);
    if (reached.length > 0) by.set(event.id, reached);
  }
  const since = calendarUntil(today, (onLapse) => stateOn(state, today, programs, onLapse));
  return { before, by, since };
}

interface TierWatch {
  /** Tiers that ended at the turns of the years up to `day`, if nothing happened before. */
  endYears(state: MemberState, day: PlainDay): CalendarChange[];
  /** @param state after `event`. */
  changedBy(event: KnownEvent, state: MemberState): TierChange[];
}

/**
 * Levels are told by the rules of the day: those of the newest version that an event had named by then. A program that
 * no event ever names has only its current rules.
 */
function watchTiers(events: readonly KnownEvent[], programs: ProgramBook): TierWatch {
  const rules = new Map<string, ProgramDefinition>();
  const levels = new Map<string, TierLevel | null>();
  const named = new Set(events.flatMap((event) => versionsOf(event).map(({ program }) => program)));
  for (const [program, versions] of programs) {
    const current = versions.at(-1);
    if (current && !named.has(program)) rules.set(program, current);
  }
  let latest: PlainDay | undefined;

  const changesOn = (state: MemberState, day: PlainDay): TierChange[] =>
    [...rules.values()].flatMap((definition) => {
      if (!definition.tiers && !levels.get(definition.id)) return [];
      const from = levels.get(definition.id) ?? null;
      const to = tierOn(state, definition, day)?.level ?? null;
      levels.set(definition.id, to);
      if (from?.id === to?.id) return [];
      const place = (level: TierLevel | null) =>
        definition.tiers?.levels.findIndex(({ id }) => id === level?.id) ?? -1;
      return [{ program: definition.id, definition, from, to, isUp: place(to) > place(from) }];
    });

  return {
    endYears(state, day) {
      const from = latest;
      if (latest === undefined || latest < day) latest = day;
      if (from === undefined) return [];
      const ended: CalendarChange[] = [];
      for (let year = yearOf(from) + 1; year <= yearOf(day); year += 1) {
        // Nobody rises at the turn of a year: without a level there is nothing to look for.
        if (![...levels.values()].some((level) => level !== null)) break;
        const first = addDays(endOfYear(year - 1), 1);
        for (const change of changesOn(state, first)) {
          ended.push({ kind: 'tier', day: first, program: change.program, change });
        }
      }
      return ended;
    },
    changedBy(event, state) {
      for (const { program, version } of versionsOf(event)) {
        const definition = findProgram(programs, program, version);
        if (definition && version >= (rules.get(program)?.version ?? 0)) rules.set(program, definition);
      }
      const brought = standingsOf(event);
      // A tier that an event brings along is what that event says anyway.
      return changesOn(state, latest ?? event.day).filter(({ program }) => !brought.has(program));
    },
  };
}

function versionsOf(event: KnownEvent): readonly { readonly program: string; readonly version: number }[] {
  if (event.type === 'action' || event.type === 'purchase' || event.type === 'redemption')
    return [event.data];
  const isVisit = event.type === 'visit' || event.type === 'enrolment';
  return [...grantsOf(event), ...((isVisit && event.data.donations) || [])];
}

function standingsOf(event: KnownEvent): ReadonlySet<string> {
  const standings = event.type === 'enrolment' || event.type === 'opening' ? event.data.standings : undefined;
  return new Set((standings ?? []).flatMap(({ program, tier }) => (tier ? [program] : [])));
}

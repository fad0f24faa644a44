import type { DayTotals } from '#shared/domain/day-totals.ts';
import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import { EMPTY_PROFILE, type Profile, type ProfileContent } from '#shared/domain/profile.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { KnownEvent } from '#shared/ledger/event.ts';
import type { StreamHead } from '#shared/ledger/stream.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Person } from './aliases.ts';
import type { TableName } from './database.ts';
import { keepBase, type ReadBase } from './coming-past.ts';
import { hasUnplaced, namesMissingProgram } from './program-gaps.ts';
import { UNPLACED_MARK } from './projection-marks.ts';
import { isPresent, memberRow, memberRowAfter, nextState, nextTotals } from './projections.ts';
import type { EventRow, MemberRow, StreamRow, UnsentProfileRow } from './rows.ts';
import { readUndone } from './undone.ts';

/**
 * Puts the rows of one event of a member: the same for a punch, for the other side of a referral and for a row of an
 * import. Requests are not awaited; a failed one aborts the transaction.
 */

/** What a member was before the event, as read inside the transaction that writes it. */
export interface Before {
  readonly state: MemberState;
  readonly row: MemberRow | undefined;
  readonly profile: ProfileContent;
  /** Read only for a void. */
  readonly history: readonly EventRow[];
  /** Only where the member is one of several that were merged. */
  readonly person?: Person;
  /** Only while a snapshot stands for the member's past. */
  readonly base?: ReadBase | undefined;
}

/**
 * Whether the event may change what stands before it: who is one person, who of them is first, whose joining counts, or a
 * document of another id. Then everybody whom it concerns is folded anew (`refoldPeople`).
 */
export function needsRefold(
  event: KnownEvent,
  { person }: Before,
  profile: ProfileContent | undefined,
): boolean {
  if (event.type === 'merge' || event.type === 'unmerge' || event.type === 'erasure') return true;
  return (
    person !== undefined && (event.type === 'void' || event.type === 'enrolment' || profile !== undefined)
  );
}

/** Nothing is known of a member who is made by this very event. */
export const nobodyBefore = (member: MemberId): Before => ({
  state: emptyMemberState(member),
  row: undefined,
  profile: EMPTY_PROFILE,
  history: [],
});

/** @returns what the member is after the event, for the next one in the same transaction. */
export function putMember(
  transaction: IDBTransaction,
  request: {
    readonly member: MemberId;
    readonly before: Before;
    readonly event: KnownEvent;
    /** The profile from now on; absent: unchanged. */
    readonly profile?: ProfileContent | undefined;
    readonly programs: ProgramBook;
  },
): Before {
  const { member, before, event, programs } = request;
  const store = (name: TableName) => transaction.objectStore(name);
  const { person } = before;
  const base = before.base?.state;
  const state = nextState({ before: before.state, event, history: before.history, programs, person, base });
  const profile = request.profile ?? before.profile;
  const history = historyAfter(before.history, event);
  if (before.base?.isKept === false) keepBase(transaction, member, before.base);
  const kept = before.base && { base: { ...before.base, isKept: true } };
  if (!isPresent(state)) {
    for (const name of ['cards', 'members'] as const) store(name).delete(member);
    if (hasEnrolment(before.history)) emptyDocument(transaction, member, event);
    return { ...before, ...kept, state, row: undefined, profile, history };
  }
  if (request.profile) {
    store('profiles').put({ ...request.profile, member, hlc: event.hlc } satisfies Profile);
    store('unsentProfiles').put({ member } satisfies UnsentProfileRow);
  }
  const row =
    before.row && !request.profile
      ? memberRowAfter(before.row, state, programs)
      : memberRow(profile, state, programs);
  store('cards').put(state);
  if (hasUnplaced(state) || namesMissingProgram(programs, event.data)) store('meta').put(UNPLACED_MARK);
  store('members').put(row);
  return { ...before, ...kept, state, row, profile, history };
}

/** Without it the ledger does not have all of the member: nothing of them is left here, and much elsewhere. */
export const hasEnrolment = (history: readonly EventRow[]): boolean =>
  history.some(({ type }) => type === 'enrolment');

/** A mistyped number goes with the enrolment that was taken back, also where it was sent to already. */
export function emptyDocument(
  transaction: IDBTransaction,
  member: MemberId,
  { hlc }: Pick<KnownEvent, 'hlc'>,
): void {
  transaction.objectStore('profiles').delete(member);
  transaction.objectStore('unsentProfiles').put({ member, emptied: hlc } satisfies UnsentProfileRow);
}

/** Only voids look back. The position is the store's to give, and nothing that is decided here reads it. */
export function historyAfter(history: readonly EventRow[], event: KnownEvent): readonly EventRow[] {
  return event.type === 'void' ? [...history, { ...event, n: Number.MAX_SAFE_INTEGER }] : history;
}

/** The day's sums after `event`. @param history of the event's member. */
export function totalsAfter(
  totals: DayTotals | undefined,
  event: KnownEvent,
  history: readonly EventRow[],
): DayTotals {
  if (event.type !== 'void') return nextTotals(totals, event, undefined);
  const own = history.filter(({ member }) => member === event.member);
  const target = readUndone([...own, event]).targets.get(event.id);
  return nextTotals(totals, event, target);
}

export const streamRow = (head: StreamHead, last: KnownEvent): StreamRow => ({
  stream: head.stream,
  seq: head.seq,
  link: last.link,
  parent: head.parent ?? null,
});

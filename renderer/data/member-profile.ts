import { EMPTY_PROFILE, type ProfileContent } from '#shared/domain/profile.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Database } from './database.ts';
import type { EventRow, MemberRow } from './rows.ts';

/** What is known about one member, for their own screen. */
export interface MemberFile {
  readonly row: MemberRow;
  readonly profile: ProfileContent;
  readonly state: MemberState;
}

/** Reads through Dexie, so that a live query sees every later change. Undefined when there is no such member. */
export async function findMemberFile(database: Database, member: MemberId): Promise<MemberFile | undefined> {
  const [row, profile, state] = await Promise.all([
    database.members.get(member),
    database.profiles.get(member),
    database.cards.get(member),
  ]);
  if (!row || !state) return undefined;
  const { name, phone, card, birthday, note } = { ...EMPTY_PROFILE, ...profile };
  return { row, state, profile: { name, phone, card, birthday, note } };
}

/** Ledger positions of all of the member's events, oldest first: a few bytes each. */
export function listEventPositions(database: Database, member: MemberId): Promise<number[]> {
  return database.events.where('member').equals(member).primaryKeys();
}

/** A page of history in one request; five thousand at once would freeze the screen. */
export const HISTORY_SLICE = 250;

/**
 * Reads the events at `positions` in slices, newest slice first, and hands each over as it comes. Events never change,
 * so one that was read once need not be read again.
 */
export async function readEvents(
  database: Database,
  positions: readonly number[],
  onSlice: (events: readonly EventRow[]) => void,
  signal?: AbortSignal,
): Promise<void> {
  for (let end = positions.length; end > 0; end -= HISTORY_SLICE) {
    if (signal?.aborted) return;
    const events = await database.events.bulkGet(positions.slice(Math.max(0, end - HISTORY_SLICE), end));
    if (signal?.aborted) return;
    onSlice(events.filter((event) => event !== undefined));
  }
}

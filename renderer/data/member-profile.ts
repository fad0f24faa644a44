import { joinProfiles } from '#shared/domain/merge-profile.ts';
import { EMPTY_PROFILE, type ProfileContent } from '#shared/domain/profile.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { SyncMarks } from '#shared/sync/sync-state.ts';
import { listIdsOf } from './aliases.ts';
import type { Database } from './database.ts';
import { orderRows } from './history-of.ts';
import { withPlacesOf } from './place-runs.ts';
import type { AliasRow, EventRow, MemberRow } from './rows.ts';
import { SYNC_KEY } from './sync-marks.ts';

/** What is known about one member, for their own screen. */
export interface MemberFile {
  /** Under which the person stands here: one, or several where they were merged, the one that counts first. */
  readonly ids: readonly [MemberId, ...MemberId[]];
  /** What finds the person under the other ids. */
  readonly aliases: readonly AliasRow[];
  /** Under which of these ids the person was forgotten. */
  readonly erased: readonly MemberId[];
  readonly row: MemberRow;
  readonly profile: ProfileContent;
  readonly state: MemberState;
}

/** Reads through Dexie, so that a live query sees every later change. Undefined when there is no such member. */
export async function findMemberFile(database: Database, member: MemberId): Promise<MemberFile | undefined> {
  const ids = await listIdsOf(database, member);
  const [canonical] = ids;
  const [row, profiles, state, erased, aliases] = await Promise.all([
    database.members.get(canonical),
    database.profiles.bulkGet([...ids]),
    database.cards.get(canonical),
    database.erased.bulkGet([...ids]),
    database.aliases.where('canonical').equals(canonical).toArray(),
  ]);
  if (!row || !state) return undefined;
  const isErased = erased.some((known) => known !== undefined);
  const profile = isErased ? EMPTY_PROFILE : joinProfiles(profiles);
  return { ids, aliases, row, state, profile, erased: ids.filter((_, index) => erased[index] !== undefined) };
}

/** Ledger positions of all of the member's events, oldest first: a few bytes each. */
export async function listEventPositions(database: Database, member: MemberId): Promise<number[]> {
  const ids = await listIdsOf(database, member);
  const positions = await database.events
    .where('member')
    .anyOf([...ids])
    .primaryKeys();
  return positions.sort((a, b) => a - b);
}

/** Puts events, read elsewhere, in the shop's order, without what counts nowhere. */
export async function readEventOrder(
  database: Database,
): Promise<(events: readonly EventRow[]) => readonly EventRow[]> {
  const marks = (await database.meta.get(SYNC_KEY))?.value as SyncMarks | undefined;
  return (events) => orderRows(events, marks ?? { setAside: [] });
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
    const placed = await withPlacesOf(
      database,
      events.filter((event) => event !== undefined),
    );
    if (signal?.aborted) return;
    onSlice(placed);
  }
}

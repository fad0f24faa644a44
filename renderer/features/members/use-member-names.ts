import { useMemo } from 'react';
import type { HistoryEntry } from '#shared/domain/history.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Database } from '#renderer/data/database.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import { useLive } from '#renderer/data/store-context.tsx';

/** Names by id: null for a member who is gone or was forgotten, absent until read. */
export type MemberNames = ReadonlyMap<MemberId, string | null>;

/** Other members whom a history speaks of, each once, in its order. */
export function membersIn(entries: readonly HistoryEntry[]): MemberId[] {
  const found = new Set<MemberId>();
  for (const entry of entries) {
    const other = otherMemberOf(entry);
    if (other !== undefined) found.add(other);
  }
  return [...found];
}

/** The friend who was brought, the member who brought this one, or the other of a merge. */
export function otherMemberOf(entry: HistoryEntry): MemberId | undefined {
  if (entry.source === 'calendar') return undefined;
  if (entry.what.kind === 'referral') return entry.what.friend;
  if (entry.what.kind === 'merge' || entry.what.kind === 'unmerge') return entry.what.other;
  return entry.what.kind === 'enrolment' ? entry.what.referredBy : undefined;
}

/** Friends whose first visit still counts, the latest first. */
export function friendsIn(entries: readonly HistoryEntry[]): MemberId[] {
  return entries.flatMap((entry) => {
    const isCounted = entry.source === 'event' && !entry.undone && entry.what.kind === 'referral';
    return isCounted ? (otherMemberOf(entry) ?? []) : [];
  });
}

/** Who was merged has the name of the person they are; who was forgotten has no row here. */
async function findRows(
  database: Database,
  members: readonly MemberId[],
): Promise<(MemberRow | undefined)[]> {
  const aliases = await database.aliases.bulkGet([...members]);
  const people = members.map((member, place) => aliases[place]?.canonical ?? member);
  const [rows, erased] = await Promise.all([
    database.members.bulkGet(people),
    database.erased.bulkGet([...members]),
  ]);
  return rows.map((row, place) => (erased[place] ? undefined : row));
}

const NOBODY: MemberNames = new Map();

/** The names of `members`, live. */
export function useMemberNames(members: readonly MemberId[]): MemberNames {
  const key = members.join(' ');
  const rows = useLive(
    async ({ database }) => (key === '' ? [] : await findRows(database, key.split(' ') as MemberId[])),
    [key],
  );
  return useMemo(() => {
    if (!rows) return NOBODY;
    const ids = key.split(' ') as MemberId[];
    return new Map(rows.map((row, place) => [ids[place] ?? ('' as MemberId), row?.name ?? null]));
  }, [rows, key]);
}

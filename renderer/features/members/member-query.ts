import type { ProgramBook } from '#shared/domain/program.ts';
import type { Clock } from '#shared/lib/ports.ts';
import {
  listByLastVisit,
  scanMembers,
  type MemberList,
  type ScanProgress,
} from '#renderer/data/member-list.ts';
import type { Database } from '#renderer/data/database.ts';
import { hasReward } from '#renderer/data/row-rewards.ts';
import type { MemberRow } from '#renderer/data/rows.ts';

export const FILTERS = ['everyone', 'ready', 'lapsed', 'new', 'no-phone'] as const;
export type MemberFilter = (typeof FILTERS)[number];
export const SORTS = ['visit', 'name', 'joined'] as const;
export type MemberSort = (typeof SORTS)[number];

export interface MemberQuery {
  readonly filter: MemberFilter;
  readonly sort: MemberSort;
}

export const DEFAULT_QUERY: MemberQuery = { filter: 'everyone', sort: 'visit' };

/** Somebody who came weekly and has been away for eight weeks has most likely left. */
const LAPSED_AFTER_MS = 56 * 24 * 60 * 60 * 1000;

/** From an address, where anything may stand. */
export function parseQuery(search: URLSearchParams): MemberQuery {
  return {
    filter: FILTERS.find((filter) => filter === search.get('show')) ?? DEFAULT_QUERY.filter,
    sort: SORTS.find((sort) => sort === search.get('order')) ?? DEFAULT_QUERY.sort,
  };
}

/** What the address says; a default is left out. */
export function writeQuery({ filter, sort }: MemberQuery): Record<string, string> {
  return {
    ...(filter === DEFAULT_QUERY.filter ? {} : { show: filter }),
    ...(sort === DEFAULT_QUERY.sort ? {} : { order: sort }),
  };
}

/** @returns undefined when `signal` stopped it. */
export async function openList(request: {
  readonly database: Database;
  readonly query: MemberQuery;
  /** What points can be used for. */
  readonly programs: ProgramBook;
  readonly clock: Clock;
  readonly onProgress: (progress: ScanProgress) => void;
  readonly signal: AbortSignal;
}): Promise<MemberList | undefined> {
  const { database, query, programs, clock, onProgress, signal } = request;
  const lapsedBefore = clock.now() - LAPSED_AFTER_MS;
  if (query.sort === 'visit' && query.filter === 'everyone') return await listByLastVisit(database);
  if (query.sort === 'visit' && query.filter === 'lapsed')
    return await listByLastVisit(database, lapsedBefore);
  const keeps = keeper(query.filter, { lapsedBefore, monthStart: startOfMonth(clock), programs });
  return await scanMembers(database, { sort: query.sort, keeps, onProgress, signal });
}

function keeper(
  filter: MemberFilter,
  facts: { readonly lapsedBefore: number; readonly monthStart: number; readonly programs: ProgramBook },
): (row: MemberRow) => boolean {
  switch (filter) {
    case 'everyone':
      return () => true;
    case 'ready':
      return (row) => hasReward(row, facts.programs);
    case 'lapsed':
      return (row) => row.lastVisitAt < facts.lapsedBefore;
    case 'new':
      return (row) => row.joinedAt >= facts.monthStart;
    case 'no-phone':
      return (row) => row.phone === undefined;
  }
}

function startOfMonth(clock: Clock): number {
  return Temporal.Instant.fromEpochMilliseconds(clock.now())
    .toZonedDateTimeISO(clock.timeZone())
    .with({ day: 1 })
    .startOfDay().epochMilliseconds;
}

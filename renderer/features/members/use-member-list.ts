import { useCallback, useEffect, useRef, useState } from 'react';
import type { ProgramBook } from '#shared/domain/program.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { MAX_PAGE, type MemberList, type ScanProgress } from '#renderer/data/member-list.ts';
import type { MemberMatches } from '#renderer/data/member-search.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import { storageProblemOf, type StorageProblem } from '#renderer/data/storage-problem.ts';
import { useLive, useStore } from '#renderer/data/store-context.tsx';
import { openList, type MemberQuery } from './member-query.ts';

/** Members change with every punch of another window: the list follows, but not faster than this. */
const REFRESH_MS = 2000;
/** Rows read beyond what is in sight; the whole window stays within one page. */
const MARGIN_ROWS = 24;
/** A dragged scroll bar passes hundreds of places; only where it rests is read. */
const REST_MS = 40;
/** Drawing the bar after every slice would take longer than the scan. */
const PROGRESS_STEPS = 40;
/** More matches are narrowed faster by typing than by scrolling; fewer than the search reads, so that it knows of more. */
const MAX_MATCHES = 30;

export type Listing =
  | { readonly phase: 'loading'; readonly progress: ScanProgress | undefined }
  | { readonly phase: 'stopped' }
  | { readonly phase: 'failed'; readonly problem: StorageProblem }
  | { readonly phase: 'ready'; readonly list: MemberList };

/** A new object after members have changed, here or in another window; undefined until the first look. */
function useMembersChanged(): object | undefined {
  // Any change of a member touches this index, and reading one row of it costs nothing.
  const change = useLive(async ({ database }) => {
    await database.members.orderBy('lastVisitAt').last();
    return {};
  }, []);
  const [shown, setShown] = useState<object>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef<object>(undefined);
  useEffect(() => {
    latest.current = change;
    if (change === undefined || change === shown) return;
    timer.current ??= setTimeout(
      () => {
        timer.current = undefined;
        setShown(latest.current);
      },
      shown === undefined ? 0 : REFRESH_MS,
    );
  }, [change, shown]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return shown;
}

export interface MembersView {
  readonly listing: Listing;
  /** The row at `index`: undefined while it is read, null when that member has gone. */
  readonly rowAt: (index: number) => MemberRow | null | undefined;
  /** The rows in sight. */
  readonly show: (range: { readonly start: number; readonly end: number }) => void;
  readonly stop: () => void;
  readonly retry: () => void;
}

/** The list that `query` asks for, its rows read as they come into sight. */
export function useMemberList(query: MemberQuery, programs: ProgramBook | undefined): MembersView {
  const { database } = useStore();
  const { clock, log } = usePlatform();
  const { filter, sort } = query;
  const changed = useMembersChanged();
  const [attempt, setAttempt] = useState(0);
  const queryKey = `${filter} ${sort} ${attempt}`;
  const [state, setState] = useState<{ readonly key: string; readonly listing: Listing }>();
  const stopper = useRef<AbortController>(undefined);
  // A scan keeps its order until the screen is opened again: members must not jump under the pointer.
  const isIndexed = sort === 'visit' && (filter === 'everyone' || filter === 'lapsed');
  const refresh = isIndexed ? changed : changed !== undefined;

  useEffect(() => {
    if (!refresh || !programs) return undefined;
    const abort = new AbortController();
    stopper.current = abort;
    let isLeft = false;
    let nextShown = 0;
    const put = (listing: Listing) => {
      if (!isLeft) setState({ key: queryKey, listing });
    };
    const open = async () => {
      try {
        const list = await openList({
          database,
          query: { filter, sort },
          programs,
          clock,
          signal: abort.signal,
          onProgress: (progress) => {
            if (progress.doneRows < nextShown) return;
            nextShown = progress.doneRows + progress.totalRows / PROGRESS_STEPS;
            put({ phase: 'loading', progress });
          },
        });
        put(list ? { phase: 'ready', list } : { phase: 'stopped' });
      } catch (error) {
        const problem = storageProblemOf(error);
        log.error('members-read-failed', { problem });
        put({ phase: 'failed', problem });
      }
    };
    void open();
    return () => {
      isLeft = true;
      abort.abort();
    };
  }, [database, programs, clock, log, filter, sort, queryKey, refresh]);

  const listing: Listing =
    state?.key === queryKey ? state.listing : { phase: 'loading', progress: undefined };
  const list = listing.phase === 'ready' ? listing.list : undefined;
  const { rowAt, show } = useListWindow({ list, queryKey, changed });
  return {
    listing,
    rowAt,
    show,
    stop: useCallback(() => stopper.current?.abort(), []),
    retry: useCallback(() => setAttempt((before) => before + 1), []),
  };
}

interface LoadedRows {
  readonly queryKey: string;
  readonly start: number;
  readonly rows: readonly (MemberRow | null)[];
}

function useListWindow(request: {
  readonly list: MemberList | undefined;
  readonly queryKey: string;
  readonly changed: object | undefined;
}): Pick<MembersView, 'rowAt' | 'show'> {
  const { list, queryKey, changed } = request;
  const { log } = usePlatform();
  const [range, setRange] = useState({ start: 0, end: 0 });
  const [loaded, setLoaded] = useState<LoadedRows>();
  /** What `loaded` was read from; another list or a change makes it stale, but still better than nothing. */
  const source = useRef<readonly unknown[]>([]);

  useEffect(() => {
    if (!list || range.end <= range.start) return undefined;
    const isFresh = source.current[0] === list && source.current[1] === changed;
    const isInside =
      loaded !== undefined &&
      range.start >= loaded.start &&
      Math.min(range.end, list.count) <= loaded.start + loaded.rows.length;
    if (isFresh && isInside) return undefined;
    let isLeft = false;
    const read = async () => {
      const start = Math.max(0, range.start - MARGIN_ROWS);
      const end = Math.min(list.count, range.end + MARGIN_ROWS, start + MAX_PAGE);
      try {
        const rows = await list.rows(start, end);
        if (isLeft) return;
        source.current = [list, changed];
        setLoaded({
          queryKey,
          start,
          // A list that has shrunk since: its last places belong to nobody.
          rows: Array.from({ length: end - start }, (_, index) => rows[index] ?? null),
        });
      } catch (error) {
        log.error('members-read-failed', { problem: storageProblemOf(error) });
      }
    };
    const timer = setTimeout(() => void read(), loaded === undefined || !isFresh ? 0 : REST_MS);
    return () => {
      isLeft = true;
      clearTimeout(timer);
    };
  }, [list, range, loaded, queryKey, changed, log]);

  return {
    rowAt: (index) => (loaded?.queryKey === queryKey ? loaded.rows[index - loaded.start] : undefined),
    show: setRange,
  };
}

/** What the search finds for `text`, read again when members change; undefined for none and until the first answer. */
export function useMemberSearch(text: string): MemberMatches | undefined {
  const { search } = useStore();
  const { log } = usePlatform();
  const changed = useMembersChanged();
  const [found, setFound] = useState<{ readonly matches: MemberMatches; readonly asOf: unknown }>();
  useEffect(() => {
    if (text === '') return undefined;
    let isLeft = false;
    const look = async () => {
      try {
        const matches = await search.search(text, MAX_MATCHES);
        if (!isLeft) setFound({ matches, asOf: changed });
      } catch (error) {
        log.error('members-read-failed', { problem: storageProblemOf(error) });
      }
    };
    void look();
    return () => {
      isLeft = true;
    };
  }, [text, search, changed, log]);
  // The matches of the last text stay until the next ones are there: an empty list would flicker between keys.
  return text === '' ? undefined : found?.matches;
}

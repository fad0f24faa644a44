import { useEffect, useMemo, useRef, useState } from 'react';
import { listHistory, type HistoryEntry } from '#shared/domain/history.ts';
import type { ProgramBook } from '#shared/domain/program.ts';
import type { MemberId, PlainDay } from '#shared/lib/brand.ts';
import {
  findMemberFile,
  listEventPositions,
  readEventOrder,
  readEvents,
  type MemberFile,
} from '#renderer/data/member-profile.ts';
import type { EventRow } from '#renderer/data/rows.ts';
import { storageProblemOf, type StorageProblem } from '#renderer/data/storage-problem.ts';
import { useLive, useStore } from '#renderer/data/store-context.tsx';
import { useIsPastComing } from '#renderer/data/use-is-past-coming.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';

/** The member, live; null when there is none with this id, undefined until read. */
export function useMemberFile(member: MemberId): MemberFile | null | undefined {
  return useLive(async ({ database }) => (await findMemberFile(database, member)) ?? null, [member]);
}

export interface MemberEvents {
  /** In the shop's order; without the older ones until `isComplete`. */
  readonly events: readonly EventRow[];
  readonly isComplete: boolean;
  /** This till has just joined: older ones are still on their way to it. */
  readonly isPastComing: boolean;
  readonly problem: StorageProblem | undefined;
}

type Read = Omit<MemberEvents, 'isPastComing'>;
const NOTHING_READ: Read = { events: [], isComplete: false, problem: undefined };

/** The member's events, live. The newest are there at once, the rest follows in slices; each is read only once. */
export function useMemberEvents(member: MemberId): MemberEvents {
  const { database } = useStore();
  const { log } = usePlatform();
  const positions = useLive((store) => listEventPositions(store.database, member), [member]);
  const known = useRef(new Map<number, EventRow>());
  const [read, setRead] = useState(NOTHING_READ);
  const isPastComing = useIsPastComing();

  useEffect(() => {
    if (!positions) return undefined;
    const abort = new AbortController();
    const readMissing = async () => {
      try {
        const inOrder = await readEventOrder(database);
        const publish = (isComplete: boolean) =>
          setRead({
            events: inOrder(positions.flatMap((position) => known.current.get(position) ?? [])),
            isComplete,
            problem: undefined,
          });
        let isFirst = true;
        // What has no place in the shop's order yet may have got one since.
        const missing = positions.filter((position) => known.current.get(position)?.g === undefined);
        await readEvents(
          database,
          missing,
          (slice) => {
            for (const event of slice) known.current.set(event.n, event);
            // The top of the history at once; then only when all of it is there.
            if (isFirst) publish(false);
            isFirst = false;
          },
          abort.signal,
        );
        if (!abort.signal.aborted) publish(true);
      } catch (error) {
        const problem = storageProblemOf(error);
        log.error('history-read-failed', { problem });
        if (!abort.signal.aborted) setRead(({ events }) => ({ events, isComplete: false, problem }));
      }
    };
    void readMissing();
    return () => abort.abort();
  }, [database, positions, log]);

  return useMemo(
    () => ({ ...read, isComplete: read.isComplete && !isPastComing, isPastComing }),
    [read, isPastComing],
  );
}

/** The events as entries, newest first; with what the calendar did once all of them are read. */
export function useHistory(request: {
  readonly reading: MemberEvents;
  readonly file: MemberFile;
  readonly programs: ProgramBook;
  readonly day: PlainDay;
}): readonly HistoryEntry[] {
  const { programs, day } = request;
  const { events, isComplete } = request.reading;
  const { state } = request.file;
  return useMemo(
    () => listHistory(events, state, programs, isComplete ? day : undefined),
    [events, isComplete, state, programs, day],
  );
}

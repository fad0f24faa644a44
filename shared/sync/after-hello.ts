import type { LedgerEvent } from '../ledger/event.ts';
import {
  settled,
  type Held,
  type SyncEffect,
  type SyncMarks,
  type SyncRun,
  type SyncStep,
} from './sync-state.ts';

/**
 * What a till learns from a hello: whether this is still the endpoint it knew, and from where each of its streams goes on.
 */

export interface HelloAnswer {
  readonly serverEpoch: string;
  readonly head: number;
  readonly streams: readonly { readonly stream: string; readonly lastSeq: number }[];
  readonly flags: readonly string[];
}

export function takeHello(
  answer: HelloAnswer,
  { marks, run }: { readonly marks: SyncMarks; readonly run: SyncRun },
  ledger: {
    /** The head of the queue: the streams the hello asked about. */
    readonly queue: Iterable<Held<LedgerEvent>>;
    readonly findAt: (stream: string, seq: number) => Held<LedgerEvent> | undefined;
    readonly acknowledged: Acknowledged;
  },
): SyncStep {
  const next = {
    ...settled(run),
    needsHello: false,
    isBehind: true,
    // Believed over what was heard: of news that were a mistake a till would wait for ever. A pull comes next in any case.
    heardHead: answer.head,
  };
  if (answer.flags.includes('revoked')) {
    return {
      marks,
      run: { ...next, needsHello: true, phase: { kind: 'stopped', because: 'revoked' } },
      effects: [{ do: 'raise', code: 'revoked', about: 'revoked' }],
    };
  }
  const { serverEpoch } = answer;
  if (marks.serverEpoch === null) return { marks: { ...marks, serverEpoch }, run: next, effects: [] };
  if (isAnew(answer, marks, ledger.acknowledged)) {
    return beginAnew(serverEpoch, { marks, run: { ...next, heardHead: answer.head } });
  }
  return goOn(answer, { marks, run: next }, ledger);
}

/** What was acknowledged and has no place yet, of streams that the hello named; the last one of each stream is enough. */
export type Acknowledged = Iterable<Pick<Held<LedgerEvent>, 'event'>>;

/**
 * Whether this is not the endpoint it was: another epoch, or a store that was put back without a new one. Then a place we were
 * given is not there any more, or something is not that was acknowledged and is still to be pulled.
 */
export function isAnew(
  { serverEpoch, head, streams }: Pick<HelloAnswer, 'serverEpoch' | 'head' | 'streams'>,
  marks: Pick<SyncMarks, 'serverEpoch' | 'cursor'>,
  acknowledged: Acknowledged,
): boolean {
  if (marks.serverEpoch !== serverEpoch || head < marks.cursor) return true;
  const lastSeq = new Map(streams.map((stream) => [stream.stream, stream.lastSeq]));
  for (const { event } of acknowledged) if ((lastSeq.get(event.stream) ?? 0) < event.seq) return true;
  return false;
}

/**
 * The endpoint was restored from a backup. Its order is pulled from the start; what has no place afterwards, ours and
 * everybody's, is offered again in the local order.
 */
function beginAnew(
  serverEpoch: string,
  { marks, run }: { readonly marks: SyncMarks; readonly run: SyncRun },
): SyncStep {
  return {
    marks: {
      ...marks,
      serverEpoch,
      cursor: 0,
      docCursor: 0,
      uploaded: 0,
      // Places of the old order mean nothing now.
      setAside: marks.setAside.filter(({ n }) => n !== null),
    },
    run,
    effects: [{ do: 'forget-places' }, { do: 'raise', code: 'endpoint-restored', about: serverEpoch }],
  };
}

/** Each stream at the head of the queue goes on behind what the endpoint has of it. */
function goOn(
  { streams }: HelloAnswer,
  { marks, run }: { readonly marks: SyncMarks; readonly run: SyncRun },
  {
    queue,
    findAt,
  }: {
    readonly queue: Iterable<Held<LedgerEvent>>;
    readonly findAt: (stream: string, seq: number) => Held<LedgerEvent> | undefined;
  },
): SyncStep {
  const lastSeq = new Map(streams.map((head) => [head.stream, head.lastSeq]));
  const seen = new Set<string>();
  const effects: SyncEffect[] = [];
  let { uploaded } = marks;
  for (const held of queue) {
    const { stream, seq } = held.event;
    if (seen.has(stream)) continue;
    seen.add(stream);
    const wanted = (lastSeq.get(stream) ?? 0) + 1;
    if (seq <= wanted) continue;
    const missing = findAt(stream, wanted);
    const isAside = marks.setAside.some(({ n }) => n === missing?.n);
    if (missing && missing.g === null && !isAside && missing.n < held.n) {
      uploaded = Math.min(uploaded, missing.n - 1);
    } else {
      // Nobody can fill that position any more: it was refused on the way, or names something that has another place. Or it
      // came after what follows it, in the earlier one of two files: nothing overtakes the queue, so it would stay a gap.
      effects.push({ do: 'move-tail', stream, fromN: held.n });
    }
  }
  return { marks: { ...marks, uploaded }, run, effects };
}

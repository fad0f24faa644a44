/**
 * Where a till stands with its endpoint, as data. What is kept on the disk (`SyncMarks`) and what a start forgets
 * (`SyncRun`); the host does what a step says and reports what came of it.
 *
 *              paired                    nudge: an own commit, the live feed, "sync now", a timer
 *   unpaired ─────────► idle ──────────────────────────────┐
 *                        ▲                                 ▼
 *       nothing left     │        ┌──────────────────► hello ──► pulling ──► pushing ──► pulling ──┐
 *                        │        │ gap · other epoch                │          │                  │
 *                        └────────┼──────────────────────────────────┼──────────┼──────────────────┘
 *                                 │                                  ▼          ▼
 *                                 │  wait over      no answer · busy · not our JSON
 *                                 └──────────── waiting ◄────────────┴──────────┘
 *
 *   any ──► paused   the endpoint does not know our token: a manager pairs again, the counter keeps selling
 *   any ──► stopped  revoked · app too old · TLS does not hold: the ledger and the exports stay, nothing is sent
 *
 * The queue is the ledger itself: in the local order `n`, whatever stands behind `uploaded` and has no place yet. No other
 * list has to agree with it, and nothing is ever deleted because it was acknowledged.
 */

/** One event of the ledger as sync sees it. */
export interface Held<Event> {
  /** Local commit order: own events as they were written, others as they were pulled. */
  readonly n: number;
  readonly event: Event;
  /** Its place in the shop's one order, known once it was pulled. */
  readonly g: number | null;
}

/** Kept, shown to a manager with a way out, and counted by no till: so that all of them show the same. */
export interface SetAside {
  readonly id: string;
  readonly code: string;
  /** Where it stands in our ledger; null for something pulled that can't be read. */
  readonly n: number | null;
}

/** On the disk. Each change of it is one transaction with what belongs to it. */
export interface SyncMarks {
  /** Changes when the endpoint was restored from a backup; null before the first contact. */
  readonly serverEpoch: string | null;
  /** Everything up to this `g` is here. */
  readonly cursor: number;
  /** The same for profile documents. */
  readonly docCursor: number;
  /** Everything of our ledger up to this `n` was settled by the endpoint, or is set aside. */
  readonly uploaded: number;
  readonly setAside: readonly SetAside[];
}

export const FRESH_MARKS: SyncMarks = {
  serverEpoch: null,
  cursor: 0,
  docCursor: 0,
  uploaded: 0,
  setAside: [],
};

export type StopCause = 'revoked' | 'too-old' | 'tls';
export type WaitCause = 'no-answer' | 'busy' | 'not-ours';

export type SyncPhase =
  | { readonly kind: 'unpaired' | 'idle' | 'hello' | 'pushing' | 'pulling' | 'paused' }
  /** A span, never a moment on the wall clock: a clock that jumps can't make a till wait for a year. */
  | { readonly kind: 'waiting'; readonly forMs: number; readonly because: WaitCause }
  | { readonly kind: 'stopped'; readonly because: StopCause };

export interface SyncRun {
  readonly phase: SyncPhase;
  /** Answers that did not come, in a row. */
  readonly failures: number;
  /** The next contact begins with a hello. */
  readonly needsHello: boolean;
  /** There may be more to pull. */
  readonly isBehind: boolean;
  /** The last place anybody told us of: news that come while an older page is on its way must not be forgotten. */
  readonly heardHead: number;
  /** The most events the next batch may hold. */
  readonly batchLimit: number;
  /** Events at the head of the queue among which one makes the endpoint refuse the whole batch; 0: none known. */
  readonly suspects: number;
  /** How often the head of the queue was refused alone by somebody who is not our endpoint. */
  readonly refusedAlone: number;
  /** A place whose event came damaged, and how often. */
  readonly damaged: { readonly g: number; readonly times: number } | null;
}

export function startRun(request: { readonly isPaired: boolean; readonly batchLimit: number }): SyncRun {
  return {
    phase: { kind: request.isPaired ? 'idle' : 'unpaired' },
    failures: 0,
    needsHello: true,
    isBehind: true,
    heardHead: 0,
    batchLimit: request.batchLimit,
    suspects: 0,
    refusedAlone: 0,
    damaged: null,
  };
}

/** What the host has to do besides keeping the marks. */
export type SyncEffect =
  /**
   * Everything without a place in this stream, from this `n` on, goes to a new stream; ids stay. What is set aside stays too.
   * With `all` both move as well: the position itself is needed for somebody else's event.
   */
  | { readonly do: 'move-tail'; readonly stream: string; readonly fromN: number; readonly all?: true }
  /** No event has a place any more: the endpoint's order begins anew. */
  | { readonly do: 'forget-places' }
  /** Something a manager must see. */
  | { readonly do: 'raise'; readonly code: AlarmCode; readonly about: string };

export type AlarmCode =
  /** A stream of this till that this disk never wrote: it was copied or restored. */
  | 'fork'
  /** The same id with other content. */
  | 'id-taken'
  | 'set-aside'
  /** The endpoint lost what it had acknowledged. */
  | 'endpoint-restored'
  | 'unauthorized'
  | StopCause;

export interface SyncStep {
  readonly marks: SyncMarks;
  readonly run: SyncRun;
  readonly effects: readonly SyncEffect[];
}

export type NextAction = 'hello' | 'pull' | 'push' | 'rest';

/** What a till does next when it may. What is here already is pulled before anything is offered: so little is offered twice. */
export function planNext(run: SyncRun, { hasQueue }: { readonly hasQueue: boolean }): NextAction {
  const { kind } = run.phase;
  if (kind === 'unpaired' || kind === 'paused' || kind === 'stopped') return 'rest';
  if (run.needsHello) return 'hello';
  if (run.isBehind) return 'pull';
  return hasQueue ? 'push' : 'rest';
}

/** Whether it is still to be offered: ours and not acknowledged, or anybody's that a restored endpoint has lost. */
export const isQueued = <Event>(held: Held<Event>, marks: SyncMarks): boolean =>
  held.n > marks.uploaded && held.g === null && !marks.setAside.some(({ n }) => n === held.n);

/** The live feed tells that the shop's order has grown. */
export const hearOfHead = (run: SyncRun, head: number): SyncRun => ({
  ...run,
  isBehind: true,
  heardHead: Math.max(run.heardHead, head),
});

/** A manager's way out for something set aside: it is offered once more, where it stands in our order. */
export function offerAgain(marks: SyncMarks, id: string): SyncMarks {
  const n = marks.setAside.find((aside) => aside.id === id)?.n;
  return {
    ...marks,
    uploaded: n == null ? marks.uploaded : Math.min(marks.uploaded, n - 1),
    setAside: marks.setAside.filter((aside) => aside.id !== id),
  };
}

/** A contact that went as it should. */
export const settled = (run: SyncRun): SyncRun => ({
  ...run,
  failures: 0,
  phase: { kind: 'idle' },
});

import type { LedgerEvent } from '../ledger/event.ts';
import { isChanged, type PullStep, type PullWrite } from './apply-pull.ts';
import { waitMsAfter } from './plan-retry.ts';
import type { Rejected } from './read-reply.ts';
import {
  settled,
  type Held,
  type SetAside,
  type SyncEffect,
  type SyncMarks,
  type SyncRun,
  type SyncStep,
} from './sync-state.ts';
import { MAX_BATCH_BYTES, MAX_BATCH_EVENTS, type EventVerdict } from './wire.ts';

/** What a till sends next, and what each verdict on it does. */

export interface Batch {
  readonly items: readonly Held<LedgerEvent>[];
  /** The body of the request, made here because its size decides what fits. */
  readonly text: string;
}

const encoder = new TextEncoder();
/** The batch’s own id and the epoch with the words around them. */
const FRAME_BYTES = 256;

/**
 * The head of the queue, as much of it as fits; one event always does, and the endpoint says what it thinks of its size.
 *
 * @param queue what is to be offered, in the local order, whatever streams it is of: no path skips it.
 * @param serverEpoch what the last hello said (`marks.serverEpoch`): an endpoint restored since then takes nothing, and says so.
 */
export function planPush(
  queue: Iterable<Held<LedgerEvent>>,
  run: Pick<SyncRun, 'batchLimit' | 'suspects'>,
  batch: string,
  serverEpoch: string | null = null,
): Batch | undefined {
  // Halved while one of them is suspected: either half tells something.
  const most = run.suspects > 0 ? Math.ceil(run.suspects / 2) : run.batchLimit;
  const items: Held<LedgerEvent>[] = [];
  const texts: string[] = [];
  let bytes = FRAME_BYTES;
  for (const held of queue) {
    if (items.length >= Math.min(most, MAX_BATCH_EVENTS)) break;
    const text = JSON.stringify(held.event);
    bytes += encoder.encode(text).length + 1;
    if (bytes > MAX_BATCH_BYTES && items.length > 0) break;
    items.push(held);
    texts.push(text);
  }
  if (items.length === 0) return undefined;
  const frame = JSON.stringify({ batch, ...(serverEpoch === null ? {} : { serverEpoch }) });
  return { items, text: `${frame.slice(0, -1)},"events":[${texts.join(',')}]}` };
}

interface Standing {
  readonly marks: SyncMarks;
  readonly run: SyncRun;
  /** Where the queue begins by now; absent: where the batch does. */
  readonly queueHead?: number | undefined;
  /** This till. After a restore it offers what others wrote, too: that one of them has forked is theirs to tell. */
  readonly till?: string;
}

/** A manager offered something older again while the batch was on its way: past that nothing is settled yet. */
const isOvertaken = ({ items: [first] }: Batch, { queueHead = Infinity }: Standing): boolean =>
  first !== undefined && queueHead < first.n;

/**
 * What the verdicts do, in the order of the batch:
 *
 *   ok · held · alias · dup   settled
 *   dup without a place       was refused before, and the answer got lost: set aside. But if it is whole here, somebody
 *                             brought a damaged copy in a file first: the tail moves to a new stream, with its ids
 *   refused                   set aside; the next one of its stream finds out whether the position was filled
 *   conflict  id-taken        set aside: nothing of ours can change what is there
 *             else            the position is somebody else's: the tail moves to a new stream, with its ids
 *   gap                       ask what the endpoint has, and go on from there
 *
 * Behind a conflict and a gap nothing is believed: the order of commits must not be overtaken.
 *
 * What was taken just now right behind our cursor has its place with that: nobody else's stands in between, and the endpoint has
 * held our content against its hash, so nothing of it has to be pulled. Everything else gets its place from a page.
 */
export function takeVerdicts(
  batch: Batch,
  results: readonly EventVerdict[],
  standing: Standing,
): PullStep | undefined {
  if (!isAbout(results, batch)) return undefined;
  const { marks, run } = standing;
  let { uploaded, setAside, cursor } = marks;
  let { needsHello } = run;
  const effects: SyncEffect[] = [];
  const writes: PullWrite[] = [];
  let done = 0;
  verdicts: for (const [index, held] of batch.items.entries()) {
    const { status, g, code } = results[index] as EventVerdict;
    switch (status) {
      case 'ok':
        if (g !== cursor + 1 || held.g !== null) break;
        writes.push({ write: 'place', g, n: held.n });
        cursor = g;
        break;
      case 'held':
      case 'alias':
        break;
      case 'dup':
        if (g === undefined && !isChanged(held.event)) {
          effects.push({ do: 'move-tail', stream: held.event.stream, fromN: held.n });
          break verdicts;
        }
        if (g === undefined) putAside(held, 'refused-before');
        break;
      case 'refused':
        putAside(held, code ?? 'refused');
        break;
      case 'conflict':
        if (code !== 'id-taken') {
          effects.push({ do: 'move-tail', stream: held.event.stream, fromN: held.n });
          if (standing.till === undefined || standing.till === held.event.till)
            effects.push({ do: 'raise', code: 'fork', about: held.event.stream });
          break verdicts;
        }
        putAside(held, code);
        effects.push({ do: 'raise', code, about: held.event.id });
        break;
      case 'gap':
        needsHello = true;
        break verdicts;
    }
    uploaded = Math.max(uploaded, held.n);
    done += 1;
  }

  function putAside({ event, n }: Held<LedgerEvent>, why: string): void {
    setAside = withSetAside(setAside, { id: event.id, code: why, n });
    effects.push({ do: 'raise', code: 'set-aside', about: event.id });
  }

  if (isOvertaken(batch, standing)) ({ uploaded } = marks);
  return {
    marks: { ...marks, cursor, uploaded, setAside },
    run: {
      ...settled(run),
      needsHello,
      isBehind: writes.length < batch.items.length || cursor < run.heardHead,
      suspects: Math.max(0, run.suspects - done),
      refusedAlone: done > 0 ? 0 : run.refusedAlone,
    },
    effects,
    writes,
  };
}

const withSetAside = (all: readonly SetAside[], one: SetAside): readonly SetAside[] => [
  ...all.filter(({ id }) => id !== one.id),
  one,
];

/** Verdicts on another batch, or half of them, settle nothing. */
function isAbout(results: readonly EventVerdict[], { items }: Batch): boolean {
  return (
    results.length === items.length &&
    results.every(({ id }, index) => id === '' || id === items[index]?.event.id)
  );
}

/** How often something on the way may refuse one single event, while our endpoint answers, before the others pass it. */
const PATIENCE = 3;

/** The whole batch was refused: half of it tells more, and one event alone is set aside. */
export function takeRejection(
  batch: Batch,
  { status, isOurs }: Rejected,
  standing: Standing,
  chance: number,
): SyncStep {
  const { marks, run } = standing;
  const [first] = batch.items;
  const count = batch.items.length;
  if (count > 1 || !first) {
    const isTooLarge = status === 413;
    return {
      marks,
      run: {
        ...settled(run),
        suspects: isTooLarge ? 0 : count,
        batchLimit: isTooLarge ? Math.ceil(count / 2) : run.batchLimit,
      },
      effects: [],
    };
  }
  const refusedAlone = run.refusedAlone + 1;
  if (!isOurs && refusedAlone < PATIENCE) {
    // Perhaps a captive portal that refuses everything: then the hello that comes first fails too, and nothing is lost.
    const forMs = waitMsAfter(refusedAlone, chance);
    return {
      marks,
      run: { ...run, refusedAlone, needsHello: true, phase: { kind: 'waiting', forMs, because: 'not-ours' } },
      effects: [],
    };
  }
  const aside = { id: first.event.id, code: `http-${status}`, n: first.n };
  const uploaded = isOvertaken(batch, standing) ? marks.uploaded : first.n;
  return {
    marks: { ...marks, uploaded, setAside: withSetAside(marks.setAside, aside) },
    run: { ...settled(run), suspects: 0, refusedAlone: 0, batchLimit: MAX_BATCH_EVENTS },
    effects: [{ do: 'raise', code: 'set-aside', about: first.event.id }],
  };
}

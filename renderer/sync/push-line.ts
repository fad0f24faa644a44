import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { Held, SyncRun } from '#shared/sync/sync-state.ts';
import { MAX_BATCH_EVENTS } from '#shared/sync/wire.ts';
import type { EventCycle, EventOutcome, Offer } from './event-cycle.ts';
import type { LoopParts } from './loop-parts.ts';

/**
 * Batches one behind the other: while the endpoint works on a full one, the next is on its way already. Only where it goes on in
 * the same stream: should it come first, the endpoint answers `gap` and keeps nothing of it, so no event overtakes another.
 */
export interface PushLine {
  /** Sends, or has sent, the head of the queue and does what its verdicts say. Undefined: nothing waits. */
  next(run: SyncRun): Promise<PushOutcome | undefined>;
  /** What is on its way is not believed: the queue is asked about anew. Resolves when nothing is on its way any more. */
  drop(): Promise<void>;
}

export interface PushOutcome extends EventOutcome {
  /** There was more than fits into it, and nothing unusual about it. */
  readonly isUsualAndFull: boolean;
}

interface LineParts extends Pick<LoopParts, 'store'> {
  readonly events: EventCycle;
  /**
   * Nobody waits for the place of the first one, whose page would have to come before the next batch; and nobody stands at the
   * counter: with all of the computer at work on batches, every key would be drawn late.
   */
  readonly isHurried: () => boolean;
  readonly onSending: () => void;
}

export function createPushLine({ store, events, isHurried, onSending }: LineParts): PushLine {
  let ahead: Promise<Offer | undefined> | undefined;

  async function next(run: SyncRun): Promise<PushOutcome | undefined> {
    const sent = ahead && (await ahead);
    ahead = undefined;
    const offer = sent ?? (await events.offer(run, await store.queue(MAX_BATCH_EVENTS)));
    if (!offer) return undefined;
    onSending();
    const isFull = offer.batch.items.length === MAX_BATCH_EVENTS;
    if (isFull && isHurried()) ahead = offerBehind(offer, run);
    const outcome = await events.settle(offer, run);
    const { step } = outcome;
    const isUsual = isOrdinary(step.run) && step.effects.length === 0;
    if (!isUsual) await drop();
    return { ...outcome, isUsualAndFull: isUsual && isFull };
  }

  async function offerBehind({ batch }: Offer, run: SyncRun): Promise<Offer | undefined> {
    const last = batch.items.at(-1);
    if (!last || !isOrdinary(run)) return undefined;
    const queue = await store.queue(MAX_BATCH_EVENTS, last.n);
    return doesGoOn(last, queue) ? await events.offer(run, queue) : undefined;
  }

  async function drop(): Promise<void> {
    const offer = await ahead?.catch(() => undefined);
    ahead = undefined;
    await offer?.reply;
  }

  return { next, drop };
}

const isOrdinary = ({ phase, needsHello, suspects }: SyncRun): boolean =>
  phase.kind === 'idle' && !needsHello && suspects === 0;

function doesGoOn(last: Held<LedgerEvent>, queue: readonly Held<LedgerEvent>[]): boolean {
  const { stream, seq } = last.event;
  return (
    queue.length > 0 &&
    queue.every(({ event }, index) => event.stream === stream && event.seq === seq + 1 + index)
  );
}

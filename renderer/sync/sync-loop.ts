import type { EventId, MemberId } from '#shared/lib/brand.ts';
import { hearOfDocs, startDocs } from '#shared/sync/plan-profiles.ts';
import { planRetry } from '#shared/sync/plan-retry.ts';
import {
  hearOfHead,
  planNext,
  startRun,
  type SyncMarks,
  type SyncPhase,
  type SyncRun,
  type SyncStep,
} from '#shared/sync/sync-state.ts';
import { MAX_BATCH_EVENTS, MAX_PULL_EVENTS } from '#shared/sync/wire.ts';
import { FAR_BEHIND } from '#renderer/data/sync/sync-store.ts';
import { createConfirmations, type Confirmation } from './confirmations.ts';
import { createEventCycle } from './event-cycle.ts';
import { createExchange } from './exchange.ts';
import { createLiveWatch } from './live-watch.ts';
import type { LoopParts, LoopStatus } from './loop-parts.ts';
import { createOrderPages } from './order-pages.ts';
import { createProfileCycle } from './profile-cycle.ts';
import { createPushLine } from './push-line.ts';
import { createSnapshotCycle } from './snapshot-cycle.ts';
import { createStatusBoard } from './status-board.ts';

/**
 * Runs the decisions of shared/sync against a store and an endpoint: its state diagram is the law here. One step at a
 * time; what happens meanwhile (an own commit, the live feed, a person) is remembered and looked at before the next one.
 *
 *   nudge ─► hello? ─► pull? ─► push? ─► documents? ─► rest: the live feed stays open
 *              └────────┴────────┴──────────┴─ no answer ─► wait, feed closed ─► again
 */
export interface SyncLoop {
  /** Something was written here: an own event, a document. */
  nudge(): void;
  /** A person wants it now: also after a stop, and while it waits. */
  contactNow(): void;
  /** The computer has a network again. */
  online(): void;
  offerAgain(id: string): Promise<void>;
  confirm(redemption: EventId, member: MemberId): Promise<Confirmation>;
  status(): LoopStatus;
  /** Resolves when nothing is under way. */
  rested(): Promise<void>;
  /** Resolves when the last transaction is over. */
  stop(): Promise<void>;
}

/** As many batches as one page of a pull holds: after weeks alone their places come in tenths of the requests. */
const MOST_UNPULLED = MAX_PULL_EVENTS / MAX_BATCH_EVENTS;
const NOTHING = { head: 0, docHead: 0 };

const startPaired = () => startRun({ isPaired: true, batchLimit: MAX_BATCH_EVENTS });
const isEnded = ({ kind }: SyncPhase): boolean =>
  kind === 'paused' || kind === 'stopped' || kind === 'unpaired';

export async function createSyncLoop(parts: LoopParts): Promise<SyncLoop> {
  const { store, timers, chance, pace } = parts;
  const board = await createStatusBoard(parts);
  const exchange = createExchange(parts, board);
  const pages = createOrderPages(parts, exchange, board);
  const events = createEventCycle(parts, { exchange, pages, board });
  const documents = createProfileCycle(parts, exchange, board);
  const snapshots = createSnapshotCycle(parts, pages, board);
  const confirmations = createConfirmations(store);
  const line = createPushLine({
    store,
    events,
    isHurried: () => !confirmations.areAwaited() && !pace.isBusy(),
    onSending: () => board.phase({ kind: 'pushing' }),
  });
  const live = createLiveWatch({ ...parts, onNews: hear, onPoll: poll });

  let run = startPaired();
  let docs = startDocs();
  /** Full batches in a row whose places were not pulled yet. */
  let unpulled = 0;
  let marks: SyncMarks = await store.marks();
  /** What was said while a step was on its way. */
  let heard = NOTHING;
  let isPollWanted = false;
  let isAgain = false;
  let isStopped = false;
  /** At the last step: then it needs the wait as much as the endpoint does. */
  let hasStoreFailed = false;
  let working: Promise<void> | undefined;
  let callOffWait: (() => void) | undefined;
  const fresh = new Set<MemberId>();

  function hear(heads: { readonly head: number; readonly docHead: number }): void {
    // The echo of what we have just written and pulled is no reason to ask.
    if (heads.head <= marks.cursor && heads.docHead <= marks.docCursor) return;
    heard = { head: Math.max(heard.head, heads.head), docHead: Math.max(heard.docHead, heads.docHead) };
    work();
  }

  function poll(): void {
    isPollWanted = true;
    work();
  }

  /** Takes in what was heard, between two steps. */
  function listenUp(): void {
    if (isPollWanted) {
      isPollWanted = false;
      run = hearOfHead(run, 0);
      docs = hearOfDocs(docs, 0);
    }
    if (heard.head > Math.max(marks.cursor, run.heardHead)) run = hearOfHead(run, heard.head);
    if (heard.docHead > Math.max(marks.docCursor, docs.heardHead)) docs = hearOfDocs(docs, heard.docHead);
    // Once: from here on the decisions remember it, or find out that it was a mistake.
    heard = NOTHING;
  }

  function adopt(next: SyncStep): void {
    ({ marks, run } = next);
    if (next.effects.some((effect) => effect.do === 'forget-places')) {
      // Its order begins anew: what was heard was about the old one.
      heard = NOTHING;
      docs = startDocs();
    }
    board.marks(marks);
  }

  function work(): void {
    isAgain = true;
    if (isStopped || working) return;
    working = workOff().finally(() => {
      working = undefined;
      if (isAgain) work();
    });
  }

  const isWanted = () => isAgain && !isStopped;
  const mayGoOn = () => !isStopped && run.phase.kind !== 'waiting';

  async function workOff(): Promise<void> {
    while (isWanted()) {
      isAgain = false;
      while (mayGoOn() && (await tryStep()));
    }
    if (!isStopped) await settle();
    while (mayFile() && (await tryFile()));
  }

  const mayFile = () => run.phase.kind === 'waiting' && !hasStoreFailed && !isStopped;

  /** While nobody answers: cards and ledger are made of what was kept of a long past. @returns whether there may be more. */
  async function tryFile(): Promise<boolean> {
    try {
      await pace.ready();
      if (!mayFile()) return false;
      if ((await snapshots.next(marks, true)) === 'more') return true;
      // The rest of it comes first when somebody answers: without the cards the ledger is of no use to anybody.
      if (snapshots.isUnderWay()) return false;
      const idle: SyncRun = { ...run, phase: { kind: 'idle' }, needsHello: false };
      const filed = await events.file(idle, () => confirmations.check(), mayFile);
      if (!filed) return false;
      const { step: next, members } = filed;
      const goesOn = next.run.phase.kind === 'idle';
      // When the endpoint is asked again stays as it is.
      const { phase, needsHello, failures } = run;
      adopt({ ...next, run: { ...next.run, phase, needsHello, failures } });
      for (const member of members) fresh.add(member);
      return goesOn;
    } catch (error) {
      parts.onFault(error);
      return false;
    }
  }

  /** @returns whether there may be more to do at once. */
  async function tryStep(): Promise<boolean> {
    hasStoreFailed = false;
    try {
      listenUp();
      const goesOn = await step();
      return goesOn && run.phase.kind === 'idle';
    } catch (error) {
      hasStoreFailed = true;
      parts.onFault(error);
      board.report({ kind: 'pull', events: 0, outcome: 'store-failed' });
      // Nothing is lost: every transaction was whole. A full disk or a closed store may pass.
      ({ run } = planRetry({ kind: 'unknown', because: 'no-answer' }, { marks, run }, chance()));
      return false;
    }
  }

  async function step(): Promise<boolean> {
    await pace.ready();
    switch (planNext(run, { hasQueue: false })) {
      case 'hello': {
        unpulled = 0;
        await line.drop();
        board.phase({ kind: 'hello' });
        const { step: next, docHead = 0 } = await events.hello(run);
        adopt(next);
        if (docHead > next.marks.docCursor) docs = hearOfDocs(docs, docHead);
        return true;
      }
      case 'pull': {
        if (mayPushOn() && (await pushSome())) return true;
        unpulled = 0;
        board.phase({ kind: 'pulling' });
        if (isFarBehind() && docs.isBehind && (await exchangeDocs())) return true;
        if (await readAhead()) return true;
        const { step: next, members } = await events.pull(run, () => confirmations.check());
        adopt(next);
        for (const member of members) fresh.add(member);
        return true;
      }
      case 'push':
      case 'rest':
        return !isEnded(run.phase) && (await sendOwn());
    }
  }

  /** Nobody waits for a place, and there was nothing unusual about the last batch. */
  const mayPushOn = () => unpulled > 0 && unpulled < MOST_UNPULLED && !confirmations.areAwaited();

  async function pushSome(): Promise<boolean> {
    const startedAt = pace.steadyNow();
    const pushed = await line.next(run);
    if (!pushed) return false;
    pace.measured({ rows: 0, durationMs: pace.steadyNow() - startedAt });
    const isAnyPlaced = pushed.step.marks.cursor > marks.cursor;
    adopt(pushed.step);
    if (isAnyPlaced) await confirmations.check();
    board.recountEvents();
    unpulled = pushed.isUsualAndFull ? unpulled + 1 : 0;
    return true;
  }

  async function sendOwn(): Promise<boolean> {
    return (await pushSome()) || (await exchangeDocs());
  }

  /** A shop's past begins to come, and its programs are here: who the members are and what they have comes before all the rest. */
  const isFarBehind = () => marks.cursor > 0 && board.now().head - marks.cursor > FAR_BEHIND;

  async function exchangeDocs(): Promise<boolean> {
    const { run: next, next: then, members } = await documents.next(docs);
    docs = next;
    for (const member of members) fresh.add(member);
    if (then === 'rest') return false;
    if (then !== 'more') adopt((await events.retry(then, run)).step);
    else marks = await store.marks();
    return true;
  }

  /** @returns whether there was something to do. */
  async function readAhead(): Promise<boolean> {
    if (!isFarBehind()) snapshots.stop();
    const then = isFarBehind() ? await snapshots.next(marks) : 'none';
    if (then === 'none') return false;
    if (then !== 'more') adopt((await events.retry(then, run)).step);
    return true;
  }

  /** Nothing to do, or nothing that may be done now. */
  async function settle(): Promise<void> {
    board.phase(run.phase);
    board.recount();
    if (run.phase.kind === 'waiting') wait(run.phase.forMs);
    if (run.phase.kind === 'idle') live.open();
    else live.close();
    try {
      await confirmations.giveUp();
      if (run.phase.kind === 'idle' && fresh.size > 0 && parts.afterPull) {
        const members = [...fresh];
        fresh.clear();
        await parts.afterPull(members);
      }
    } catch (error) {
      parts.onFault(error);
    }
  }

  function wait(forMs: number): void {
    callOffWait ??= timers.after(forMs, endWait);
  }

  function endWait(): void {
    callOffWait?.();
    callOffWait = undefined;
    if (run.phase.kind === 'waiting') run = { ...run, phase: { kind: 'idle' } };
    work();
  }

  function contactNow(): void {
    if (isEnded(run.phase)) run = startPaired();
    isPollWanted = true;
    endWait();
  }

  work();

  return {
    nudge() {
      // While it waits nothing is sent, and still the number of what waits grows on the screen.
      if (callOffWait || isEnded(run.phase)) board.recount();
      else work();
    },
    contactNow,
    online() {
      const { phase } = run;
      const isWorthIt =
        (phase.kind === 'waiting' && phase.because !== 'busy') ||
        (phase.kind === 'stopped' && phase.because === 'tls');
      if (isWorthIt) contactNow();
    },
    async offerAgain(id) {
      await store.offerAgain(id);
      marks = await store.marks();
      board.marks(marks);
      work();
    },
    confirm(redemption, member) {
      const { phase } = run;
      if (isStopped || isEnded(phase) || (phase.kind === 'waiting' && phase.because === 'busy'))
        return Promise.resolve('no-answer');
      const answer = confirmations.ask(redemption, member);
      // Somebody stands at the counter: worth a try before the wait is over.
      if (callOffWait) endWait();
      else work();
      return answer;
    },
    status: () => board.now(),
    async rested() {
      for (let under = working; under; under = working) await under;
    },
    async stop() {
      isStopped = true;
      callOffWait?.();
      live.close();
      board.stop();
      await working;
      await confirmations.giveUp();
    },
  };
}

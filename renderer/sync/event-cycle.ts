import type { MemberId } from '#shared/lib/brand.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type * as z from 'zod/mini';
import { planPush, type Batch } from '#shared/sync/plan-push.ts';
import { planRetry } from '#shared/sync/plan-retry.ts';
import type { NoAnswer, Reply } from '#shared/sync/read-reply.ts';
import type { Held, SyncMarks, SyncRun, SyncStep } from '#shared/sync/sync-state.ts';
import {
  helloAnswerSchema,
  MAX_BATCH_EVENTS,
  MAX_PULL_EVENTS,
  pushAnswerSchema,
  type EventVerdict,
} from '#shared/sync/wire.ts';
import { FAR_BEHIND } from '#renderer/data/sync/sync-store.ts';
import { createForeignReader, type Page, type PullStep, type ReadForeign } from '#shared/sync/apply-pull.ts';
import type { Exchange } from './exchange.ts';
import type { LoopParts } from './loop-parts.ts';
import type { OrderPages, PulledReply } from './order-pages.ts';
import { createPortion } from './portion.ts';
import type { StatusBoard } from './status-board.ts';

/** The three requests about events, each with what its reply does to the store. */
export interface EventCycle {
  hello(run: SyncRun): Promise<EventOutcome & { readonly docHead?: number }>;
  /** @param onSlice after each transaction: what was asked about may have its place now. */
  pull(run: SyncRun, onSlice: () => Promise<void>): Promise<PullOutcome>;
  /**
   * The same with what was kept of a long past, and without the endpoint.
   *
   * @param mayGoOn asked between two transactions
   * @returns undefined: the next page is not here
   */
  file(run: SyncRun, onSlice: () => Promise<void>, mayGoOn?: () => boolean): Promise<PullOutcome | undefined>;
  /** Sends the head of `queue`, as much of it as fits; undefined when that is nothing. */
  offer(run: SyncRun, queue: readonly Held<LedgerEvent>[]): Promise<Offer | undefined>;
  /** Does what the answer to an offer says. */
  settle(offer: Offer, run: SyncRun): Promise<EventOutcome>;
  /** Keeps what an answer that is none has to say, and tells how long to wait. */
  retry(answer: NoAnswer, run: SyncRun): Promise<EventOutcome>;
}

/** A batch on its way. */
export interface Offer {
  readonly batch: Batch;
  /** Never rejects. */
  readonly reply: Promise<Reply<z.output<typeof pushAnswerSchema>>>;
}

export interface PullOutcome extends EventOutcome {
  readonly members: readonly MemberId[];
}

export interface EventOutcome {
  readonly step: SyncStep;
}

interface Pulling {
  readonly run: SyncRun;
  readonly onSlice: () => Promise<void>;
  readonly mayGoOn?: (() => boolean) | undefined;
}

/** Some ten kilobytes: with less, a line would be all overhead. */
const LEAST_PUSHED = 20;
/** A millisecond or so. */
const CHECKED_AT_ONCE = 50;

const NOT_OURS = { kind: 'unknown', because: 'not-ours' } as const;

export function createEventCycle(
  parts: LoopParts,
  around: { readonly exchange: Exchange; readonly pages: OrderPages; readonly board: StatusBoard },
): EventCycle {
  const { store, chance, pace } = parts;
  const { exchange, pages, board } = around;
  const pushed = createPortion({ most: MAX_BATCH_EVENTS, least: LEAST_PUSHED });
  let ahead: { readonly after: number; readonly reply: Promise<PulledReply> } | undefined;

  async function retry(answer: NoAnswer, run: SyncRun): Promise<EventOutcome> {
    const step = planRetry(answer, { marks: await store.marks(), run }, chance());
    await store.takeRetry(step);
    return { step };
  }

  const noAnswer = (reply: Exclude<Reply<unknown>, { readonly kind: 'answer' }>, run: SyncRun) =>
    // Neither a hello nor a pull can be halved.
    retry(reply.kind === 'rejected' ? NOT_OURS : reply, run);

  async function hello(run: SyncRun) {
    ahead = undefined;
    const marks = await store.marks();
    const body = JSON.stringify({
      till: store.till,
      app: parts.app,
      schemaEpoch: parts.schemaEpoch,
      streams: await store.queuedStreams(),
      cursor: marks.cursor,
      docCursor: marks.docCursor,
      ...(marks.serverEpoch === null ? {} : { serverEpoch: marks.serverEpoch }),
    });
    const reply = await exchange.send({ method: 'POST', path: '/v1/hello', body }, helloAnswerSchema, {
      kind: 'hello',
      events: 0,
    });
    if (reply.kind !== 'answer') return await noAnswer(reply, run);
    const answer = reply.value;
    // Before the epoch is kept: cut off in between, the next start does it once more.
    if (await store.isAnew(answer)) {
      await pages.forget();
      await store.queueAllProfiles();
    }
    await pages.heard(answer.head);
    const step = await store.takeHello(answer, run);
    board.report({ kind: 'hello', events: 0, outcome: answer.flags[0] ?? 'ok' });
    board.head(answer.head);
    return { step, docHead: answer.docHead };
  }

  async function file(run: SyncRun, onSlice: () => Promise<void>, mayGoOn?: () => boolean) {
    return await fileNext(await store.marks(), { run, onSlice, mayGoOn });
  }

  async function fileNext({ cursor, serverEpoch }: SyncMarks, pulling: Pulling) {
    const page = await pages.find({ after: cursor, serverEpoch });
    if (!page) return undefined;
    board.head(page.head);
    return await takePage(page, pulling);
  }

  async function pull(run: SyncRun, onSlice: () => Promise<void>) {
    const marks = await store.marks();
    const filed = await fileNext(marks, { run, onSlice });
    if (filed) return filed;
    const { cursor } = marks;
    const asked = ahead?.after === cursor ? ahead.reply : pages.pull(cursor);
    ahead = undefined;
    const reply = await asked;
    if (reply.kind !== 'answer') return { ...(await noAnswer(reply, run)), members: [] };
    board.head(reply.value.head);
    askAhead(reply.value, cursor);
    const taken = await takePage(reply.value, { run, onSlice });
    const outcome = outcomeOfPull(taken.step);
    const events = taken.step.marks.cursor - cursor;
    // Asking every half minute whether there is more is no news.
    if (events > 0 || outcome !== 'ok') board.report({ kind: 'pull', events, outcome });
    return taken;
  }

  async function takePage(page: Page, pulling: Pulling): Promise<PullOutcome> {
    const taken = await takeInSlices(page, pulling).catch(async (error: unknown) => {
      // A disk without room gets some back, and a page that can't be taken is not found again.
      await pages.forget();
      throw error;
    });
    if (outcomeOfPull(taken.step) !== 'ok') await pages.forget();
    return taken;
  }

  /** While a full page is being written the next one is on its way; it is used only if it begins where this one ended. */
  function askAhead({ events, head }: Page, cursor: number): void {
    const last = events.at(-1)?.g;
    if (last === undefined || events.length < MAX_PULL_EVENTS || last >= head) return;
    // What follows the first page of a long past is read ahead and kept (snapshot-cycle.ts).
    if (cursor === 0 && head - last > FAR_BEHIND) return;
    ahead = { after: last, reply: pages.pull(last) };
  }

  /** A page takes seconds to fold, and a lookup waits for the transaction: so it is written in pieces, in order. */
  async function takeInSlices(
    answer: Page,
    { onSlice, mayGoOn = () => true, ...pulling }: Pulling,
  ): Promise<{ readonly step: PullStep; readonly members: readonly MemberId[] }> {
    let { run } = pulling;
    const members = new Set<MemberId>();
    const effects: SyncStep['effects'][number][] = [];
    const read = createForeignReader();
    let from = 0;
    let step: PullStep;
    let isWhole: boolean;
    do {
      await pace.ready();
      const events = answer.events.slice(from, from + pace.rows());
      from += events.length;
      const startedAt = pace.steadyNow();
      [step] = await Promise.all([
        store.takePage({ ...answer, events }, run, chance(), read),
        checkAhead(answer.events.slice(from, from + events.length), read),
      ]);
      pace.measured({ rows: events.length, durationMs: pace.steadyNow() - startedAt });
      board.marks(step.marks);
      ({ run } = step);
      effects.push(...step.effects);
      for (const write of step.writes) {
        if (write.write === 'insert' && write.event.member !== undefined) members.add(write.event.member);
      }
      await onSlice();
      isWhole = step.marks.cursor === events.at(-1)?.g && run.phase.kind === 'idle' && !run.needsHello;
    } while (isWhole && from < answer.events.length && mayGoOn());
    return { step: { ...step, effects }, members: [...members] };
  }

  /** While the store is busy with one piece the next one is held against its hashes. */
  async function checkAhead(events: Page['events'], read: ReadForeign): Promise<void> {
    for (const [index, { event }] of events.entries()) {
      if (index % CHECKED_AT_ONCE === 0) await pace.turn();
      read(event);
    }
  }

  async function offer(run: SyncRun, queue: readonly Held<LedgerEvent>[]): Promise<Offer | undefined> {
    const { serverEpoch } = await store.marks();
    const batchLimit = Math.min(run.batchLimit, pushed.size());
    const batch = planPush(queue, { ...run, batchLimit }, parts.batchId(), serverEpoch);
    if (!batch) return undefined;
    const request = { method: 'POST', path: '/v1/events', body: batch.text } as const;
    return { batch, reply: exchange.send(request, pushAnswerSchema, aboutOf(batch)) };
  }

  async function settle({ batch, reply: coming }: Offer, run: SyncRun): Promise<EventOutcome> {
    const reply = await coming;
    pushed.learn(reply);
    if (reply.kind === 'rejected') return { step: await store.takeRejection(batch, reply, run, chance()) };
    if (reply.kind !== 'answer') return await retry(reply, run);
    const step = await store.takeVerdicts(batch, reply.value.results, run);
    board.report({ ...aboutOf(batch), outcome: step ? outcomeOf(reply.value.results) : 'not-ours' });
    return step ? { step } : await retry(NOT_OURS, run);
  }

  return { hello, pull, file, offer, settle, retry };
}

const outcomeOfPull = ({ run: { phase } }: SyncStep): string =>
  phase.kind === 'waiting' ? phase.because : 'ok';

const aboutOf = ({ items }: Batch) => ({ kind: 'push', events: items.length }) as const;

const SETTLED: ReadonlySet<string> = new Set(['ok', 'held', 'alias', 'dup']);

const outcomeOf = (results: readonly EventVerdict[]): string =>
  results.find(({ status }) => !SETTLED.has(status))?.status ?? 'ok';

import { createRandomIds } from '#renderer/platform/random-ids.ts';
import type { Clock, Ids } from '#shared/lib/ports.ts';
import { takeRejection, takeVerdicts } from '#shared/sync/plan-push.ts';
import { isAnew, takeHello } from '#shared/sync/after-hello.ts';
import { offerAgain, type SyncStep } from '#shared/sync/sync-state.ts';
import { MAX_BATCH_EVENTS } from '#shared/sync/wire.ts';
import { announceBulk } from '../bulk-append.ts';
import { heldOf } from '../event-of-row.ts';
import { answerOf } from '../native.ts';
import type { Database } from '../database.ts';
import { withPlaces } from '../place-runs.ts';
import { holdPlaces } from '../places-lock.ts';
import { rebuildHeld } from '../rebuild.ts';
import type { EventRow, TillIdentity } from '../rows.ts';
import type { SpaceGuard } from '../space-guard.ts';
import { readMarks } from '../sync-marks.ts';
import { createAnnouncer } from './announce-changes.ts';
import type { Folded } from './fold-changes.ts';
import { forgetPlaces, isForgetting, noteForgetting } from './forget-places.ts';
import { readAcknowledged, readHelloStreams } from './hello-streams.ts';
import { createProfileDesk } from './profile-desk.ts';
import { beginSnapshot, isSnapshotDue, noteOwnExcess, putSnapshotSlice } from './put-snapshot.ts';
import { countQueue, readQueue } from './queue-reading.ts';
import { raise } from './raise.ts';
import { createStoreStatus } from './store-status.ts';
import type { StepContext } from './step-context.ts';
import { createStepRunner } from './store-steps.ts';
import type { SyncStore } from './sync-store.ts';
import { takeFileSlice } from './take-file.ts';
import { takePage, type PageRequest, type PageTaking } from './take-page.ts';
import { takeStep, takeVerdictStep } from './take-step.ts';
import { createWaitingPlaces } from './waiting-places.ts';

const FILE_SLICE = 1000;

/**
 * The till's store as sync uses it (sync-store.ts), on IndexedDB. For one loop at a time; the counter of any window goes on
 * writing meanwhile.
 */
export function openSyncStore(deps: {
  readonly database: Database;
  readonly identity: TillIdentity;
  readonly clock: Pick<Clock, 'now'>;
  /** Absent (tests): there is always room. */
  readonly guard?: SpaceGuard | undefined;
  readonly ids?: Pick<Ids, 'streamId'>;
}): SyncStore {
  const { database, identity, clock, guard, ids = createRandomIds() } = deps;
  const runner = createStepRunner({ database, clock, ids, guard });
  const places = createWaitingPlaces();
  const tell = createAnnouncer(database);
  /** Only a step of this store begins it, or an earlier life of the app: so it need not be asked about each time. */
  let mayBeForgetting = true;
  let asked: ReadonlySet<string> = new Set();
  let queue: Promise<unknown> = Promise.resolve();

  /** One step after the other, none before what an earlier one left undone is done, and none while all is made anew. */
  function inOrder<Value>(run: () => Promise<Value>): Promise<Value> {
    const turn = queue.then(
      () => holdPlaces(database, run),
      () => holdPlaces(database, run),
    );
    queue = turn.catch(() => undefined);
    return turn;
  }

  function step<Value>(run: (context: StepContext) => Promise<Value>): Promise<Value> {
    return inOrder(async () => {
      await finishForgetting();
      return await writeStep(run);
    });
  }

  async function writeStep<Value>(run: (context: StepContext) => Promise<Value>): Promise<Value> {
    try {
      return await runner.write(run);
    } catch (error) {
      places.forget();
      throw error;
    }
  }

  function ask<Value>(run: (transaction: IDBTransaction) => Promise<Value>): Promise<Value> {
    return inOrder(async () => {
      await finishForgetting();
      return await runner.read(run);
    });
  }

  /** @returns whether it was due, and all was made anew behind it. */
  async function finishForgetting(): Promise<boolean> {
    if (!mayBeForgetting) return false;
    const isDue = await isForgetting(database);
    mayBeForgetting = isDue;
    if (!isDue) return false;
    await forgetPlaces(database, guard, (transaction) => places.spoil(transaction, 0));
    await rebuildHeld(database, guard);
    mayBeForgetting = false;
    return true;
  }

  async function settle(folded: Folded): Promise<void> {
    if (folded.isRebuildDue) await rebuildHeld(database, guard);
    tell(folded);
  }

  /** Decides and writes in one transaction; whatever is due afterwards is done before the answer. */
  function decide<Step extends SyncStep | undefined>(
    run: (context: StepContext) => Promise<Step>,
    take = (context: StepContext, next: NonNullable<Step>) => takeStep(context, places, next),
  ): Promise<Step> {
    return inOrder(async () => {
      await finishForgetting();
      const { decided, taken } = await writeStep(async (context) => {
        const next = await run(context);
        if (!next) return { decided: next, taken: undefined };
        if (next.effects.some((effect) => effect.do === 'forget-places')) {
          mayBeForgetting = true;
          noteForgetting(context.transaction);
        }
        return { decided: next, taken: await take(context, next) };
      });
      taken?.committed();
      const folded = taken?.folded;
      const isRebuilt = await finishForgetting();
      if (folded) await settle(isRebuilt ? { ...folded, isRebuildDue: false } : folded);
      return decided;
    });
  }

  async function readStanding(transaction: IDBTransaction) {
    const [first] = await readQueue(transaction, places, 1);
    return { marks: await readMarks(transaction), queueHead: first?.n };
  }

  async function tryPage(request: PageRequest): Promise<PageTaking> {
    const taking = await writeStep((context) => takePage(context, places, request));
    taking.committed();
    return taking;
  }

  return {
    shop: identity.shop,
    till: identity.till,
    marks: () => runner.read(readMarks),
    queue: (limit, after) => ask((transaction) => readQueue(transaction, places, limit, after)),
    queuedStreams: async () => {
      const named = await ask((transaction) => readHelloStreams(transaction, places));
      asked = new Set(named.map(({ stream }) => stream));
      return named;
    },
    isAnew: (answer) =>
      ask(async (transaction) =>
        isAnew(answer, await readMarks(transaction), await readAcknowledged(transaction, places, asked)),
      ),
    takeHello: (answer, run) =>
      decide(async ({ transaction }) => {
        const marks = await readMarks(transaction);
        const held = await readQueue(transaction, places, MAX_BATCH_EVENTS);
        const lastSeq = new Map(answer.streams.map((head) => [head.stream, head.lastSeq]));
        const index = transaction.objectStore('events').index('[stream+seq]');
        const wanted = await Promise.all(
          [...asked].map((stream) =>
            answerOf(index.get([stream, (lastSeq.get(stream) ?? 0) + 1]) as IDBRequest<EventRow | undefined>),
          ),
        );
        const known = wanted.filter((row) => row !== undefined);
        const rows = (await withPlaces(transaction, known)).map(heldOf);
        return takeHello(
          answer,
          { marks, run },
          {
            // Streams that began since were not asked about: the answer says nothing of them.
            queue: held.filter(({ event }) => asked.has(event.stream)),
            acknowledged: await readAcknowledged(transaction, places, asked),
            findAt: (stream, seq) => rows.find(({ event }) => event.stream === stream && event.seq === seq),
          },
        );
      }),
    takeVerdicts: (batch, results, run) =>
      decide(
        async ({ transaction }) =>
          takeVerdicts(batch, results, { ...(await readStanding(transaction)), run, till: identity.till }),
        (context, next) => takeVerdictStep(context, places, { step: next, batch }),
      ),
    takeRejection: (batch, rejected, run, chance) =>
      decide(async ({ transaction }) =>
        takeRejection(batch, rejected, { ...(await readStanding(transaction)), run }, chance),
      ),
    takePage: (page, run, chance, read) =>
      inOrder(async () => {
        await finishForgetting();
        const { shop, till } = identity;
        const request = { page, run, chance, read, shop, till };
        const taking = await tryPage({ ...request, isThorough: false }).catch((error: unknown) => {
          if (!(error instanceof DOMException && error.name === 'ConstraintError')) throw error;
          return tryPage({ ...request, isThorough: true });
        });
        const { past, folded } = taking;
        // A till that has just joined waits for the shop and its programs, and then it can be used.
        const isNews = folded.areProgramsChanged || folded.members.length > 0;
        if (past === 'comes' && !isNews) return taking.step;
        await settle({ ...folded, isRebuildDue: past === 'here' || folded.isRebuildDue });
        if (past === 'here') await writeStep(({ transaction }) => noteOwnExcess(transaction, places));
        return taking.step;
      }),
    isSnapshotDue: () => ask((transaction) => isSnapshotDue(transaction, places)),
    beginSnapshot: async (request) => {
      const { till } = identity;
      const isComing = await step(({ transaction }) => beginSnapshot(transaction, { ...request, till }));
      tell({ members: [], days: [], areProgramsChanged: true, isRebuildDue: false });
      return isComing;
    },
    putSnapshot: async (slice) => {
      const stands = await step(({ transaction }) => putSnapshotSlice(transaction, places, slice));
      if (slice.isLast) announceBulk(database);
      return stands;
    },
    takeRetry: async ({ effects }) => {
      if (effects.length === 0) return;
      await step(async (context) => {
        for (const effect of effects) if (effect.do === 'raise') await raise(context, effect);
      });
    },
    takeFile: (events) =>
      inOrder(async () => {
        await finishForgetting();
        const sum = { added: 0, known: 0, refused: 0 };
        for (let from = 0; from < events.length; from += FILE_SLICE) {
          const slice = events.slice(from, from + FILE_SLICE);
          const taken = await writeStep((context) =>
            takeFileSlice(context, places, { identity, events: slice }),
          );
          sum.added += taken.added;
          sum.known += taken.known;
          sum.refused += taken.refused;
          await settle(taken.folded);
        }
        return sum;
      }),
    offerAgain: async (id) => {
      await decide(async ({ transaction }) => ({
        marks: offerAgain(await readMarks(transaction), id),
        effects: [],
        run: undefined as never,
      }));
    },
    ...createStoreStatus({
      database,
      read: ask,
      countQueue: (transaction) => countQueue(transaction, places),
      guard,
    }),
    ...createProfileDesk({ database, write: step, read: ask }),
  };
}

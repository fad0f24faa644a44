import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import type { ProfileContent } from '#shared/domain/profile.ts';
import { findProgram, type ProgramBook, type ProgramDefinition } from '#shared/domain/program.ts';
import { isShopEvent } from '#shared/domain/shop-facts.ts';
import { readEvent, type EventDraft, type KnownEvent } from '#shared/ledger/event.ts';
import { positionOf, sealEvent, type StreamHead } from '#shared/ledger/stream.ts';
import { assert } from '#shared/lib/assert.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { Clock, Ids } from '#shared/lib/ports.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import { abortQuietly } from './abort-quietly.ts';
import { readCommit, type CommitReading } from './commit-view.ts';
import type { Database, TableName } from './database.ts';
import { findCanonical } from './aliases.ts';
import { refoldOthers } from './aliases-refold.ts';
import type { PeopleRows } from './aliases-rows.ts';
import { needsRefold, putMember, streamRow, totalsAfter, type Before } from './event-rows.ts';
import { isMoved, readNewest } from './follow-stream.ts';
import { openLedgerClock, putLastStamp } from './ledger-clock.ts';
import type {
  AppendRequest,
  Appended,
  CommitReads,
  Decision,
  Ledger,
  Moment,
  StorageFailure,
} from './ledger-port.ts';
import { announce, answerOf, committed, nativeOf } from './native.ts';
import { isStale, readProgramsIn } from './program-gaps.ts';
import { PROJECTION_KEY, UNPLACED_KEY } from './projection-marks.ts';
import type { EventRow, MetaRow, TillIdentity } from './rows.ts';
import { reopen, reopening } from './reopen.ts';
import { noteShopEvent } from './shop-events.ts';
import { SHOP_KEY } from './shop.ts';
import type { SpaceGuard } from './space-guard.ts';
import { findTillIdentity } from './till-identity.ts';
import { storageProblemOf } from './storage-problem.ts';

/**
 * The one way into the ledger. One strict transaction writes the event, the stream head and every projection; only
 * then does anything say "done".
 *
 *   append ──► room on the disk? ──► read what the decision needs ──► decide (pure) ──► seal ──► write all ──► commit + flush ──► announce
 *                                                  │ refused: abort, nothing was written
 *   another window published a program ──► read the programs in this transaction, then decide
 *   the position is taken ──► a new stream, once more
 *   the same id again (double click, retry, repeated scan) ──► the unique index refuses ──► the first one's answer
 *
 * Each window writes a stream of its own, so two windows never compete for a position. Appends of one window run one
 * after the other: the next link needs the one before.
 */

/** Enough for an event without a member too: a program, the shop's own description, an import. */
const PUNCH_STORES: readonly TableName[] = [
  'events',
  'places',
  'streams',
  'cards',
  'members',
  'totals',
  'programs',
  'aliases',
  'meta',
];
const PROFILE_STORES: readonly TableName[] = [...PUNCH_STORES, 'profiles', 'unsentProfiles', 'erased'];

export async function openLedger(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly identity: TillIdentity;
  /** Absent (tests): there is always room. */
  readonly guard?: SpaceGuard | undefined;
}): Promise<Ledger> {
  const { database, ids, identity, guard } = deps;
  let head = await newHead();
  const time = await openLedgerClock(deps);
  let book = await readPrograms();
  let lastEvent: EventId | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  // A connection that is made later must lead to the store this ledger was opened on.
  database.connection.hold(async (opened) =>
    isSameTill(await findTillIdentity(opened as Database), identity),
  );

  async function newHead(): Promise<StreamHead> {
    return headBehind(await database.events.orderBy('n').last());
  }

  function headBehind(last: EventRow | undefined): StreamHead {
    return { stream: ids.streamId(), seq: 0, link: '', ...(last ? { parent: positionOf(last) } : {}) };
  }

  /** What others may have done since our last commit, as the transaction that writes the next one sees it. */
  async function follow(transaction: IDBTransaction): Promise<void> {
    await Promise.all([time.follow(transaction), followStream(transaction)]);
  }

  async function followStream(transaction: IDBTransaction): Promise<void> {
    if (await isMoved(transaction, head)) head = headBehind(await readNewest(transaction));
  }

  async function readPrograms(): Promise<ProgramBook> {
    return await reopening(database, () =>
      readProgramsIn(nativeOf(database).transaction(['programs', 'meta'])),
    );
  }

  function seal(draft: EventDraft, from: StreamHead, at: Moment) {
    return sealEvent(draft, from, { ...identity, hlc: time.nextHlc(), ...at });
  }

  /** One after the other; a failure of one does not stop the next. */
  function inOrder<Value>(run: () => Promise<Value>): Promise<Value> {
    const turn = queue.then(run, run);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function commit<Failure>(
    request: AppendRequest<Failure>,
  ): Promise<Result<Appended, Failure | StorageFailure>> {
    const first = await tryCommit(request);
    if (first) return first;
    // Our place is not known any more, for example because a commit got through and its answer did not. What is on the
    // disk stays; we go on beside it.
    head = await newHead();
    const second = await tryCommit(request);
    assert(second, 'a refused position in a stream that is new');
    return second;
  }

  /** Undefined when the position in our stream is taken. */
  async function tryCommit<Failure>(
    request: AppendRequest<Failure>,
  ): Promise<Result<Appended, Failure | StorageFailure> | undefined> {
    const native = nativeOf(database);
    const transaction = native.transaction(storesFor(request.reads), 'readwrite', { durability: 'strict' });
    const done = committed(transaction);
    // Awaited below; without this an early throw would leave its rejection unhandled.
    done.catch(() => undefined);
    try {
      const at = time.moment();
      // Both at once: one after the other would cost a round trip.
      const [reading] = await Promise.all([readCommit(transaction, request, at), follow(transaction)]);
      if (isStale(book, reading.programsStamp)) book = await readProgramsIn(transaction);
      const decided = request.decide({ ...reading.view, programs: book });
      if (!decided.ok) {
        transaction.abort();
        // What this very intent did the first time (its number is taken, its limit reached) must not refuse its echo.
        return (await findRepeat(request)) ?? decided;
      }
      const parts = sealAll(request, reading, decided.value, at);
      if (parts[0].event.type === 'program') await markIfUnplaced(transaction);
      const written = writeAll(transaction, reading, parts);
      if (isShopEvent(parts[0].event)) await noteShopEvent(transaction, parts[0].event);
      const refolded = await refoldOthers(transaction, parts, book);
      const state = refolded ? stateAmong(refolded, parts[0]) : written;
      transaction.commit();
      await done;
      head = (parts[1] ?? parts[0]).head;
      const { event } = parts[0];
      lastEvent = event.id;
      if (event.type === 'program') book = await readPrograms();
      announceAppend(parts, refolded);
      return ok({ event, state, isRepeat: false });
    } catch (error) {
      abortQuietly(transaction);
      await done.catch(() => undefined);
      const refusal = transaction.error ?? error;
      if (refusal instanceof DOMException) return await explain(request, refusal);
      throw error;
    }
  }

  /** The event, and behind it in the same stream the other member's, if the intent has one. */
  function sealAll<Failure>(
    { id, member }: AppendRequest<Failure>,
    { before, profileHlc, companion }: CommitReading,
    decision: Decision,
    at: Moment,
  ): Parts {
    const { draft, profile } = decision;
    assert(draft.id === id && isOf(draft, before, member), 'a decision is about what was asked');
    if (profile || TAKES_DOCUMENT.has(draft.type)) time.pass(profileHlc);
    const main = { ...seal(draft, head, at), before, profile };
    assertReadable(main.event);
    if (!decision.companion) return [main];
    assert(
      companion && isOf(decision.companion, companion.before, companion.member),
      'a companion is who was asked for',
    );
    const second = { ...seal(decision.companion, main.head, at), before: companion.before };
    assertReadable(second.event);
    return [main, second];
  }

  /** Somebody's stamps may have waited for this definition: the next start folds everybody anew. */
  async function markIfUnplaced(transaction: IDBTransaction): Promise<void> {
    const meta = transaction.objectStore('meta');
    if (await answerOf(meta.getKey(UNPLACED_KEY))) meta.delete(PROJECTION_KEY);
  }

  const isPublished = ({ id, version }: ProgramDefinition): boolean =>
    findProgram(book, id, version) !== undefined;

  /** Puts every row of what is committed together; requests are not awaited, a failed one aborts the transaction. */
  function writeAll(
    transaction: IDBTransaction,
    { view }: CommitReading,
    parts: Parts,
  ): MemberState | undefined {
    const store = (name: TableName) => transaction.objectStore(name);
    let { totals } = view;
    const states = parts.map(({ event, before, profile }) => {
      store('events').add(event);
      // Of two definitions of one version the first one holds, and this one is the last.
      if (event.type === 'program' && !isPublished(event.data.program)) {
        store('programs').put(event.data.program);
      }
      if (event.type === 'shop') store('meta').put({ key: SHOP_KEY, value: event.data } satisfies MetaRow);
      totals = totalsAfter(totals, event, before.history);
      if (event.member === undefined || needsRefold(event, before, profile)) return undefined;
      const member = before.person?.canonical ?? event.member;
      return putMember(transaction, { member, before, event, profile, programs: book }).state;
    });
    store('totals').put(totals);
    const last = parts[1] ?? parts[0];
    store('streams').put(streamRow(last.head, last.event));
    putLastStamp(transaction, last.event.hlc);
    return states[0];
  }

  function announceAppend(parts: Parts, refolded: PeopleRows | undefined): void {
    const events = parts.map(({ event }) => event);
    const keys = [
      ...parts.flatMap(({ event, before }) => [event.member ?? [], ...(before.person?.members ?? [])].flat()),
      ...(refolded ? [...refolded.gone, ...refolded.cards.map(({ member }) => member)] : []),
    ];
    const places = events.map(({ stream, seq }) => [stream, seq]);
    const program = events.find((event) => event.type === 'program')?.data.program;
    announce(database, {
      events: { keys: [], indexes: { member: keys, '[stream+seq]': places } },
      cards: { keys },
      members: { keys, indexes: { lastVisitAt: 'all', nameKeys: 'all' } },
      profiles: { keys },
      ...(parts.some(({ profile }) => profile) ? { unsentProfiles: { keys } } : {}),
      ...(refolded ? { aliases: { keys, indexes: { canonical: 'all' } }, erased: { keys } } : {}),
      totals: { keys: events.map(({ day }) => day) },
      ...(program ? { programs: { keys: [[program.id, program.version]] } } : {}),
      ...(events.some(({ type }) => type === 'shop') ? { meta: { keys: [SHOP_KEY] } } : {}),
    });
  }

  /**
   * Why the store refused: the id was already there (a repeat, which is success), or something is wrong with it.
   * Undefined: the position was taken.
   */
  async function explain<Failure>(
    request: AppendRequest<Failure>,
    refusal: DOMException,
  ): Promise<Result<Appended, StorageFailure> | undefined> {
    if (refusal.name !== 'ConstraintError') return err(failureOf(refusal));
    return await findRepeat(request);
  }

  function failureOf(error: unknown): StorageFailure {
    const problem = storageProblemOf(error);
    // Somebody filled the disk after we had asked.
    if (problem === 'disk-full') guard?.trip();
    return { code: 'storage', problem };
  }

  async function findRepeat<Failure>(
    request: AppendRequest<Failure>,
  ): Promise<{ readonly ok: true; readonly value: Appended } | undefined> {
    const known = await database.events.where('id').equals(request.id).first();
    if (!known) return undefined;
    const state =
      request.member === undefined
        ? undefined
        : await database.cards.get(await findCanonical(database, request.member));
    return { ok: true, value: { event: known as KnownEvent, state, isRepeat: true } };
  }

  async function commitReopening<Failure>(request: AppendRequest<Failure>) {
    // Before IndexedDB is touched: a commit that the disk cuts off costs the whole store (docs/adr/0009).
    if (guard && !(await guard.ensure())) {
      return err({ code: 'storage' as const, problem: 'disk-full' as const });
    }
    const first = await attempt(request);
    if (first.ok || !isClosed(first.error)) return first;
    // The browser closed the store under us. The id makes a second try safe even if the first one got through.
    try {
      await reopen(database);
    } catch (error) {
      return err(failureOf(error));
    }
    return await attempt(request);
  }

  async function attempt<Failure>(request: AppendRequest<Failure>) {
    try {
      return await commit(request);
    } catch (error) {
      if (error instanceof DOMException) return err(failureOf(error));
      throw error;
    }
  }

  return {
    stream: () => head.stream,
    lastEvent: () => lastEvent,
    append: (request) => inOrder(() => commitReopening(request)),
    programs: () => book,
    refreshPrograms: async () => {
      book = await readPrograms();
    },
    withStream: (run) =>
      inOrder(() =>
        run({
          get head() {
            return head;
          },
          moment: () => time.moment(),
          seal,
          advance: (next) => {
            head = next;
          },
          follow,
          get programs() {
            return book;
          },
          refreshPrograms: async (transaction) => {
            book = await readProgramsIn(transaction);
          },
          guard,
        }),
      ),
  };
}

/** What may take a person's document away: everywhere, so its stamp must beat the document's too. */
const TAKES_DOCUMENT: ReadonlySet<string> = new Set(['erasure', 'void']);

/** One event to write, where its stream stands after it, and what its member was before. */
interface Part {
  readonly event: KnownEvent;
  readonly head: StreamHead;
  readonly before: Before;
  readonly profile?: ProfileContent | undefined;
}
type Parts = readonly [Part] | readonly [Part, Part];

const storesFor = (reads: CommitReads = {}): TableName[] =>
  reads.profile || reads.phone || reads.card || reads.history ? [...PROFILE_STORES] : [...PUNCH_STORES];

/** Of several who were merged, an event may name any. */
const isOf = (draft: EventDraft, { person }: Before, member: MemberId | undefined): boolean =>
  draft.member === member || (draft.member !== undefined && person?.members.includes(draft.member) === true);

/** The state of the event's member, or of who stands for them. */
function stateAmong({ cards, aliases }: PeopleRows, { event }: Part): MemberState {
  const alias = aliases.find(({ member }) => member === event.member);
  const canonical = alias?.canonical ?? event.member ?? ('' as MemberId);
  return cards.find(({ member }) => member === canonical) ?? emptyMemberState(canonical);
}

/** Kept for ever and read by every fold: what this app could not read itself must not get in. */
function assertReadable(event: KnownEvent): void {
  assert(readEvent(event), 'a draft that its own schema refuses');
}

const isSameTill = (found: TillIdentity | undefined, ours: TillIdentity): boolean =>
  found?.till === ours.till && found.shop === ours.shop;

const isClosed = (failure: unknown): boolean =>
  typeof failure === 'object' &&
  failure !== null &&
  'problem' in failure &&
  (failure as StorageFailure).problem === 'closed';

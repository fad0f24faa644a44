import type { DayTotals } from '#shared/domain/day-totals.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import { emptyMemberState } from '#shared/domain/member-state.ts';
import { EMPTY_PROFILE, type Profile, type ProfileContent } from '#shared/domain/profile.ts';
import { makeProgramBook, type ProgramBook } from '#shared/domain/program.ts';
import { readEvent, type EventDraft, type KnownEvent } from '#shared/ledger/event.ts';
import { positionOf, sealEvent, type StreamHead } from '#shared/ledger/stream.ts';
import { assert } from '#shared/lib/assert.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import {
  formatHlc,
  HLC_ZERO,
  observeHlc,
  parseHlc,
  raiseHlc,
  tickHlc,
  type Hlc,
  type HlcState,
} from '#shared/lib/hlc.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import type { Clock, Ids } from '#shared/lib/ports.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Database, TableName } from './database.ts';
import type { CommitView, AppendRequest, Appended, StorageFailure, Ledger, Moment } from './ledger-port.ts';
import { announce, answerOf, committed, nativeOf } from './native.ts';
import { hasProgramGap, hasUnplaced, readProgramsIn } from './program-gaps.ts';
import { PROJECTION_KEY, UNPLACED_KEY, UNPLACED_MARK } from './projection-marks.ts';
import { isPresent, memberRow, memberRowAfter, nextState, nextTotals } from './projections.ts';
import type { EventRow, MemberRow, MetaRow, StreamRow, TillIdentity } from './rows.ts';
import { reopen } from './reopen.ts';
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
 *   a program version is missing (another window published) ──► read the programs in this transaction, then fold
 *   the position is taken ──► a new stream, once more
 *   the same id again (double click, retry, repeated scan) ──► the unique index refuses ──► the first one's answer
 *
 * Each window writes a stream of its own, so two windows never compete for a position. Appends of one window run one
 * after the other: the next link needs the one before.
 */

/** Enough for an event without a member too: a program, the shop's own description, an import. */
const PUNCH_STORES: readonly TableName[] = [
  'events',
  'streams',
  'cards',
  'members',
  'totals',
  'programs',
  'meta',
];
const PROFILE_STORES: readonly TableName[] = [...PUNCH_STORES, 'profiles'];

/** Where a start looks for the latest stamp of its till: a window each, and what they wrote last. */
const RECENT_STREAMS = 32;
const RECENT_EVENTS = 100;

export async function openLedger(deps: {
  readonly database: Database;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly identity: TillIdentity;
  /** Absent (tests): there is always room. */
  readonly guard?: SpaceGuard | undefined;
}): Promise<Ledger> {
  const { database, clock, ids, identity, guard } = deps;
  let head = await newHead();
  let hlc = await lastHlc();
  let book = await readPrograms();
  let queue: Promise<unknown> = Promise.resolve();
  // A connection that is made later must lead to the store this ledger was opened on.
  database.connection.hold(async (opened) =>
    isSameTill(await findTillIdentity(opened as Database), identity),
  );

  async function newHead(): Promise<StreamHead> {
    const last = await database.events.orderBy('n').last();
    return { stream: ids.streamId(), seq: 0, link: '', ...(last ? { parent: positionOf(last) } : {}) };
  }

  /** Stamps rise within a stream, so its last one stands for all; another window's clock may have been ahead of ours. */
  async function lastHlc(): Promise<HlcState> {
    const { events, streams } = database;
    const recent = await streams.orderBy('stream').reverse().limit(RECENT_STREAMS).toArray();
    const [newest, heads] = await Promise.all([
      events.orderBy('n').reverse().limit(RECENT_EVENTS).toArray(),
      events
        .where('[stream+seq]')
        .anyOf(recent.map(({ stream, seq }) => [stream, seq]))
        .toArray(),
    ]);
    return [...newest, ...heads].reduce((state, event) => {
      const stamp = parseHlc(event.hlc);
      if (!stamp) return state;
      // Our own stamps hold however far the clock was set back since; a stranger's wrong clock must not bend ours.
      return event.till === identity.till ? raiseHlc(state, stamp) : observeHlc(state, stamp, clock.now());
    }, HLC_ZERO);
  }

  async function readPrograms(): Promise<ProgramBook> {
    return makeProgramBook(await database.programs.toArray());
  }

  function nextHlc(): ReturnType<typeof formatHlc> {
    hlc = tickHlc(hlc, clock.now());
    return formatHlc(hlc, identity.till);
  }

  /** The later edit must win, whatever clock the document's last one had. */
  function passHlc(stamp: Hlc | undefined): void {
    const seen = stamp === undefined ? undefined : parseHlc(stamp);
    if (seen) hlc = raiseHlc(hlc, seen);
  }

  function moment(): Moment {
    const wall = Math.floor(clock.now());
    const tz = clock.timeZone();
    return { wall, tz, day: plainDayAt(wall, tz) };
  }

  function seal(draft: EventDraft, from: StreamHead, at: Moment) {
    return sealEvent(draft, from, { ...identity, hlc: nextHlc(), ...at });
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
    const { member, reads = {} } = request;
    const stores =
      reads.profile || reads.phone || reads.card || reads.history ? PROFILE_STORES : PUNCH_STORES;
    const transaction = native.transaction([...stores], 'readwrite', { durability: 'strict' });
    const done = committed(transaction);
    // Awaited below; without this an early throw would leave its rejection unhandled.
    done.catch(() => undefined);
    try {
      const at = moment();
      const { view, profileHlc } = await readView(transaction, request, at);
      const decided = request.decide(view);
      if (!decided.ok) {
        transaction.abort();
        // What this very intent did the first time (its number is taken, its limit reached) must not refuse its echo.
        return (await findRepeat(request)) ?? decided;
      }
      const { draft, profile } = decided.value;
      assert(draft.id === request.id && draft.member === member, 'a decision is about what was asked');
      if (profile) passHlc(profileHlc);
      const sealed = seal(draft, head, at);
      // Kept for ever and read by every fold: what this app could not read itself must not get in.
      assert(readEvent(sealed.event), 'a draft that its own schema refuses');
      if (hasProgramGap(book, { data: draft.data })) book = await readProgramsIn(transaction);
      if (draft.type === 'program') await markIfUnplaced(transaction);
      const written = write(transaction, { view, event: sealed.event, head: sealed.head, profile });
      transaction.commit();
      await done;
      head = sealed.head;
      if (sealed.event.type === 'program') book = await readPrograms();
      announceAppend(sealed.event);
      return ok({ event: sealed.event, state: written, isRepeat: false });
    } catch (error) {
      abortQuietly(transaction);
      await done.catch(() => undefined);
      const refusal = transaction.error ?? error;
      if (refusal instanceof DOMException) return await explain(request, refusal);
      throw error;
    }
  }

  /** Somebody's stamps may have waited for this definition: the next start folds everybody anew. */
  async function markIfUnplaced(transaction: IDBTransaction): Promise<void> {
    const meta = transaction.objectStore('meta');
    if (await answerOf(meta.getKey(UNPLACED_KEY))) meta.delete(PROJECTION_KEY);
  }

  async function readView(
    transaction: IDBTransaction,
    { member, reads = {} }: Pick<AppendRequest<never>, 'member' | 'reads'>,
    { wall: nowMs, day }: Moment,
  ): Promise<{ readonly view: CommitView; readonly profileHlc: Hlc | undefined }> {
    const members = transaction.objectStore('members');
    const get = <Value>(store: TableName, key: string | undefined) =>
      key === undefined
        ? undefined
        : answerOf<Value | undefined>(
            transaction.objectStore(store).get(key) as IDBRequest<Value | undefined>,
          );
    const ownerBy = (index: string, key: string | undefined) =>
      key === undefined
        ? undefined
        : answerOf(members.index(index).getKey(key) as IDBRequest<MemberId | undefined>);
    // All requests at once: an await between them would cost a round trip each.
    const [state, row, totals, profile, history, phoneOwner, cardOwner] = await Promise.all([
      get<MemberState>('cards', member),
      get<MemberRow>('members', member),
      get<DayTotals>('totals', day),
      reads.profile ? get<Profile>('profiles', member) : undefined,
      reads.history && member !== undefined
        ? answerOf<EventRow[]>(transaction.objectStore('events').index('member').getAll(member))
        : undefined,
      ownerBy('phone', reads.phone),
      ownerBy('card', reads.card),
    ]);
    if (hasProgramGap(book, { ...(state ? { state } : {}), history: history ?? [] })) {
      book = await readProgramsIn(transaction);
    }
    const view = {
      state: state ?? emptyMemberState(member ?? ('' as MemberId)),
      row,
      profile: profile ? { ...EMPTY_PROFILE, ...profile } : EMPTY_PROFILE,
      history: history ?? [],
      phoneOwner,
      cardOwner,
      totals,
      programs: book,
      nowMs,
      day,
    };
    return { view, profileHlc: profile?.hlc };
  }

  /** Puts every row of one event; requests are not awaited, a failed one aborts the transaction. */
  function write(
    transaction: IDBTransaction,
    request: {
      readonly view: CommitView;
      readonly event: KnownEvent;
      readonly head: StreamHead;
      readonly profile: ProfileContent | undefined;
    },
  ): MemberState | undefined {
    const { view, event, profile } = request;
    const { member } = event;
    const store = (name: TableName) => transaction.objectStore(name);
    store('events').add(event);
    store('streams').put(streamRow(request.head, event));
    if (event.type === 'program') store('programs').put(event.data.program);
    if (event.type === 'shop') store('meta').put({ key: SHOP_KEY, value: event.data } satisfies MetaRow);
    const target =
      event.type === 'void' ? view.history.find(({ id }) => id === event.data.target) : undefined;
    store('totals').put(nextTotals(view.totals, event, target));
    if (member === undefined) return undefined;
    if (profile) store('profiles').put({ ...profile, member, hlc: event.hlc } satisfies Profile);
    const state = nextState({ before: view.state, event, history: view.history, programs: book });
    if (!isPresent(state)) {
      store('cards').delete(member);
      store('members').delete(member);
      // A mistyped number goes with the enrolment that was taken back.
      store('profiles').delete(member);
      return state;
    }
    store('cards').put(state);
    if (hasUnplaced(state)) store('meta').put(UNPLACED_MARK);
    const row =
      view.row && !profile
        ? memberRowAfter(view.row, state, book)
        : memberRow(profile ?? view.profile, state, book);
    store('members').put(row);
    return state;
  }

  function announceAppend(event: KnownEvent): void {
    const keys = event.member === undefined ? [] : [event.member];
    announce(database, {
      events: { keys: [], indexes: { member: keys, '[stream+seq]': [[event.stream, event.seq]] } },
      cards: { keys },
      members: { keys, indexes: { lastVisitAt: 'all', nameKeys: 'all' } },
      profiles: { keys },
      totals: { keys: [event.day] },
      ...(event.type === 'program'
        ? { programs: { keys: [[event.data.program.id, event.data.program.version]] } }
        : {}),
      ...(event.type === 'shop' ? { meta: { keys: [SHOP_KEY] } } : {}),
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
    const state = request.member === undefined ? undefined : await database.cards.get(request.member);
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
          moment,
          seal,
          advance: (next) => {
            head = next;
          },
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

export const streamRow = (head: StreamHead, last: KnownEvent): StreamRow => ({
  stream: head.stream,
  seq: head.seq,
  link: last.link,
  parent: head.parent ?? null,
});

const isSameTill = (found: TillIdentity | undefined, ours: TillIdentity): boolean =>
  found?.till === ours.till && found.shop === ours.shop;

const isClosed = (failure: unknown): boolean =>
  typeof failure === 'object' &&
  failure !== null &&
  'problem' in failure &&
  (failure as StorageFailure).problem === 'closed';

function abortQuietly(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch (error) {
    // Already finished: there is nothing left to take back.
    if (!(error instanceof DOMException)) throw error;
  }
}

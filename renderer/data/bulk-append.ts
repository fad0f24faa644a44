import type { DayTotals } from '#shared/domain/day-totals.ts';
import { emptyMemberState } from '#shared/domain/member-state.ts';
import type { ProfileContent } from '#shared/domain/profile.ts';
import { readEvent, type EventDraft, type KnownEvent } from '#shared/ledger/event.ts';
import { assert } from '#shared/lib/assert.ts';
import type { MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import { abortQuietly } from './abort-quietly.ts';
import type { Database, TableName } from './database.ts';
import { announce, answerOf, committed, nativeOf } from './native.ts';
import { refoldOthers } from './aliases-refold.ts';
import {
  keepBase,
  newestN,
  readComingPast,
  standsFor,
  type ComingPast,
  type Snapshot,
} from './coming-past.ts';
import { ownerBy, readBefore } from './commit-view.ts';
import { historyAfter, needsRefold, putMember, streamRow, totalsAfter, type Before } from './event-rows.ts';
import { putLastStamp } from './ledger-clock.ts';
import type { Moment, OpenStream } from './ledger-port.ts';
import { isStale, readProgramsStamp } from './program-gaps.ts';
import type { ImportRow } from './rows.ts';
import { requireRoom } from './space-guard.ts';
import { storageProblemOf } from './storage-problem.ts';

/**
 * Many events in one transaction: imports and their undo. The same rows as a punch writes, made by the same pure steps.
 * Commits are relaxed, because the caller ends with one strict append that flushes everything before it.
 *
 *   room? ──► open ──► plan reads what it must know ──► seal and put all ──► commit ──► `committed`
 *                                                                    └─ the caller prepares its next slice meanwhile
 */

export interface BulkItem {
  readonly member: MemberId;
  readonly draft: EventDraft;
  readonly before: Before;
  /** The member's profile from now on; absent: unchanged. */
  readonly profile?: ProfileContent;
}

/** Reads of the transaction that will write. Nothing else may be awaited while planning. */
export interface SliceReads {
  phoneOwner(phone: PhoneNumber): Promise<MemberId | undefined>;
  cardOwner(card: string): Promise<MemberId | undefined>;
  before(member: MemberId, reads?: { readonly history: boolean }): Promise<Before>;
  /** Position of the newest event, 0 in an empty ledger: has anybody else written since? */
  newestN(): Promise<number>;
}

export interface SlicePlan {
  readonly items: readonly BulkItem[];
  /** Written with the slice, so that its counts are true after a crash. */
  readonly importRow?: ImportRow;
}

const STORES: readonly TableName[] = [
  'events',
  'places',
  'streams',
  'cards',
  'members',
  'totals',
  'profiles',
  'unsentProfiles',
  'aliases',
  'erased',
  'imports',
  'programs',
  'meta',
];

export interface WrittenSlice {
  /** Rejects when nothing of the slice was kept. */
  readonly committed: Promise<void>;
  /** Position of the slice's last event, once committed. */
  lastN(): number | undefined;
}

/**
 * Writes all that `plan` decides or none of it. The stream advances when the commit is through.
 *
 * @param at when it happened; absent: now.
 */
export async function appendSlice(
  database: Database,
  stream: OpenStream,
  plan: (reads: SliceReads) => Promise<SlicePlan>,
  at?: Moment,
): Promise<WrittenSlice> {
  await requireRoom(stream.guard);
  const transaction = nativeOf(database).transaction([...STORES], 'readwrite', { durability: 'relaxed' });
  const done = committed(transaction);
  done.catch((error: unknown) => tripIfFull(stream, error));
  try {
    const moment = at ?? stream.moment();
    const totalsBefore = answerOf<DayTotals | undefined>(
      transaction.objectStore('totals').get(moment.day) as IDBRequest<DayTotals | undefined>,
    );
    const programsStamp = readProgramsStamp(transaction);
    if (isStale(stream.programs, await programsStamp)) await stream.refreshPrograms(transaction);
    await stream.follow(transaction);
    const past = readComingPast(transaction);
    const { items, importRow } = await plan(readsOf(transaction, past));
    const snapshot = (await past)?.snapshot;
    if (snapshot) await keepBasesOfNew(transaction, snapshot, items);
    const totals = await totalsBefore;
    const written = putAll(transaction, { stream, moment, items, totals });
    if (written) await refoldOthers(transaction, written.reaching, stream.programs);
    if (importRow) transaction.objectStore('imports').put(importRow);
    transaction.commit();
    const advanced = done.then(() => {
      if (written) stream.advance(written.head);
    });
    // Awaited by the caller after it has prepared its next slice.
    advanced.catch(() => undefined);
    return {
      committed: advanced,
      lastN: () => written?.lastN(),
    };
  } catch (error) {
    abortQuietly(transaction);
    await done.catch(() => undefined);
    throw transaction.error ?? error;
  }
}

/** Whoever is new has nothing before this slice, and all of it can be taken back. */
async function keepBasesOfNew(
  transaction: IDBTransaction,
  snapshot: Snapshot,
  items: readonly BulkItem[],
): Promise<void> {
  const afterN = await newestN(transaction);
  for (const { member, before } of items) {
    const isNew = !before.row && !before.base && !before.person && standsFor(snapshot, member);
    if (isNew) keepBase(transaction, member, { state: emptyMemberState(member), afterN });
  }
}

function tripIfFull({ guard }: OpenStream, error: unknown): void {
  if (storageProblemOf(error) === 'disk-full') guard?.trip();
}

function readsOf(transaction: IDBTransaction, past: Promise<ComingPast | undefined>): SliceReads {
  return {
    phoneOwner: (phone) => ownerBy(transaction, 'phone', phone),
    cardOwner: (card) => ownerBy(transaction, 'card', card),
    before: (member, { history } = { history: false }) =>
      readBefore(transaction, member, { history, profile: true }, past),
    newestN: () => newestN(transaction),
  };
}

/** Puts every row; requests are not awaited, a failed one aborts the transaction. Undefined when there was no event. */
function putAll(
  transaction: IDBTransaction,
  request: {
    readonly stream: OpenStream;
    readonly moment: ReturnType<OpenStream['moment']>;
    readonly items: readonly BulkItem[];
    readonly totals: DayTotals | undefined;
  },
) {
  const { stream, moment, items } = request;
  const events = transaction.objectStore('events');
  // Two rows of one file may name one member: the second is decided on what the first has left.
  const current = new Map<MemberId, Before>();
  let { head } = stream;
  let { totals } = request;
  let last: KnownEvent | undefined;
  let lastRequest: IDBRequest<IDBValidKey> | undefined;
  /** What concerns more than its own card, because members were merged. */
  const reaching: Parameters<typeof refoldOthers>[1][number][] = [];
  for (const item of items) {
    const sealed = stream.seal(item.draft, head, moment);
    ({ head, event: last } = sealed);
    assert(readEvent(last), 'a draft that its own schema refuses');
    lastRequest = events.add(last);
    const before = current.get(item.member) ?? item.before;
    const { profile } = item;
    const { programs } = stream;
    const member = before.person?.canonical ?? item.member;
    if (needsRefold(last, before, profile)) {
      reaching.push({ event: last, before, profile });
      current.set(item.member, { ...before, history: historyAfter(before.history, last) });
    } else {
      current.set(item.member, putMember(transaction, { member, before, event: last, profile, programs }));
    }
    totals = totalsAfter(totals, last, before.history);
  }
  if (!last || !totals) return undefined;
  transaction.objectStore('totals').put(totals);
  transaction.objectStore('streams').put(streamRow(head, last));
  putLastStamp(transaction, last.hlc);
  return {
    head,
    reaching,
    lastN: () => (lastRequest?.readyState === 'done' ? (lastRequest.result as number) : 0),
  };
}

/** Tells open lists that many members changed. Not after each slice: every list on screen would read again. */
export function announceBulk(database: Database): void {
  const everything = { keys: [], indexes: { '': 'all' } } as const;
  announce(database, {
    members: { keys: [], indexes: { '': 'all', lastVisitAt: 'all', nameKeys: 'all', phone: 'all' } },
    cards: everything,
    profiles: everything,
    events: { keys: [], indexes: { '': 'all', member: 'all' } },
    totals: everything,
    imports: everything,
  });
}

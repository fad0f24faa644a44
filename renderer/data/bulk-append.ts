import { emptyMemberState, type MemberState } from '#shared/domain/member-state.ts';
import type { DayTotals } from '#shared/domain/day-totals.ts';
import { EMPTY_PROFILE, type Profile, type ProfileContent } from '#shared/domain/profile.ts';
import type { EventDraft, KnownEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Database, TableName } from './database.ts';
import { announce, answerOf, committed, nativeOf } from './native.ts';
import { streamRow, type OpenStream } from './ledger.ts';
import { isPresent, memberRow, memberRowAfter, nextState, nextTotals } from './projections.ts';
import type { EventRow, MemberRow } from './rows.ts';

/**
 * Many events in one transaction: imports and their undo. The same rows as a punch writes, made by the same pure steps.
 * Commits are relaxed, because the caller ends with one strict append that flushes everything before it.
 */

export interface BulkItem {
  readonly member: MemberId;
  readonly draft: EventDraft;
  readonly profile?: ProfileContent;
  /** `new` skips reading what can't be there; `history` also reads the member's events, for a void. */
  readonly reads: 'new' | 'state' | 'history';
}

const STORES: readonly TableName[] = ['events', 'streams', 'cards', 'members', 'totals', 'profiles'];

/** Writes all of `items` or none of them. @returns the new head of the stream, already advanced. */
export async function appendSlice(
  database: Database,
  stream: OpenStream,
  items: readonly BulkItem[],
): Promise<void> {
  if (items.length === 0) return;
  const transaction = nativeOf(database).transaction([...STORES], 'readwrite', { durability: 'relaxed' });
  const done = committed(transaction);
  done.catch(() => undefined);
  const store = (name: TableName) => transaction.objectStore(name);
  const views = await Promise.all(items.map((item) => readBefore(transaction, item)));
  let { head } = stream;
  let last: KnownEvent | undefined;
  const sums = new Map<string, DayTotals | undefined>();
  for (const [index, item] of items.entries()) {
    const view = views[index];
    if (!view) continue;
    const sealed = stream.seal(item.draft, head);
    head = sealed.head;
    last = sealed.event;
    store('events').add(sealed.event);
    putMember(transaction, { item, view, event: sealed.event, stream });
    const day = sealed.event.day;
    if (!sums.has(day)) {
      sums.set(day, await answerOf<DayTotals | undefined>(store('totals').get(day)));
    }
    sums.set(day, nextTotals(sums.get(day), sealed.event, targetOf(sealed.event, view.history)));
  }
  for (const totals of sums.values()) store('totals').put(totals);
  if (last) store('streams').put(streamRow(head, last));
  transaction.commit();
  await done;
  stream.advance(head);
}

interface Before {
  readonly state: MemberState;
  readonly row: MemberRow | undefined;
  readonly profile: ProfileContent;
  readonly history: readonly EventRow[];
}

async function readBefore(transaction: IDBTransaction, item: BulkItem): Promise<Before> {
  const { member } = item;
  if (item.reads === 'new') {
    return { state: emptyMemberState(member), row: undefined, profile: EMPTY_PROFILE, history: [] };
  }
  const get = <Value>(name: TableName) =>
    answerOf<Value | undefined>(transaction.objectStore(name).get(member) as IDBRequest<Value | undefined>);
  const [state, row, profile, history] = await Promise.all([
    get<MemberState>('cards'),
    get<MemberRow>('members'),
    get<Profile>('profiles'),
    item.reads === 'history'
      ? answerOf<EventRow[]>(transaction.objectStore('events').index('member').getAll(member))
      : [],
  ]);
  return {
    state: state ?? emptyMemberState(member),
    row,
    profile: profile ?? EMPTY_PROFILE,
    history,
  };
}

function putMember(
  transaction: IDBTransaction,
  request: {
    readonly item: BulkItem;
    readonly view: Before;
    readonly event: KnownEvent;
    readonly stream: OpenStream;
  },
): void {
  const { item, view, event, stream } = request;
  const { programs } = stream;
  const store = (name: TableName) => transaction.objectStore(name);
  const state = nextState({ before: view.state, event, history: view.history, programs });
  if (!isPresent(state)) {
    for (const name of ['cards', 'members', 'profiles'] as const) store(name).delete(item.member);
    return;
  }
  if (item.profile) {
    store('profiles').put({ member: item.member, hlc: event.hlc, ...item.profile } satisfies Profile);
  }
  store('cards').put(state);
  store('members').put(
    view.row && !item.profile
      ? memberRowAfter(view.row, state, programs)
      : memberRow(item.profile ?? view.profile, state, programs),
  );
}

function targetOf(event: KnownEvent, history: readonly EventRow[]): EventRow | undefined {
  return event.type === 'void' ? history.find(({ id }) => id === event.data.target) : undefined;
}

/** Tells open lists that many members changed. Not after each slice: every list on screen would read again. */
export function announceBulk(database: Database): void {
  const everything = { keys: [], indexes: { '': 'all' } } as const;
  announce(database, {
    members: { keys: [], indexes: { '': 'all', lastVisitAt: 'all', nameKeys: 'all', phone: 'all' } },
    cards: everything,
    events: { keys: [], indexes: { '': 'all', member: 'all' } },
    totals: everything,
    imports: everything,
  });
}

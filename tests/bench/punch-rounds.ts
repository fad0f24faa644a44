import { addToDay, emptyDayTotals, type DayTotals } from '#shared/domain/day-totals.ts';
import { planVisit } from '#shared/domain/earn.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import { listCurrentPrograms, type ProgramBook } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF, type KnownEvent } from '#shared/ledger/event.ts';
import { sealEvent, type StreamHead } from '#shared/ledger/stream.ts';
import { assert } from '#shared/lib/assert.ts';
import { formatHlc } from '#shared/lib/hlc.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { streamRow } from '#renderer/data/event-rows.ts';
import { answerOf } from '#renderer/data/native.ts';
import { memberRowAfter, nextState } from '#renderer/data/projections.ts';
import type { MemberRow, StreamRow } from '#renderer/data/rows.ts';
import type { Store } from '#renderer/data/store.ts';
import type { CounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { createSystemClock } from '#renderer/platform/system-clock.ts';
import { createDraws, memberAt } from './member-source.ts';
import type { Pair } from './messages.ts';
import { summarize } from './statistics.ts';

/** A punch by the app's command, and the same rows in one plain strict transaction: decided, sealed and folded before. */

const PUNCH_STORES = ['events', 'streams', 'cards', 'members', 'totals'];

interface ReadyPunch {
  readonly event: KnownEvent;
  readonly stream: StreamRow;
  readonly card: MemberState;
  readonly member: MemberRow;
}

export async function punchRounds(
  deps: { readonly store: Store; readonly native: IDBDatabase; readonly commands: CounterCommands },
  { size, rounds, seed }: { readonly size: number; readonly rounds: number; readonly seed: number },
): Promise<Pair[]> {
  const { store, native, commands } = deps;
  const draw = createDraws(seed);
  const ids = createRandomIds();
  const prepare = createPreparation(native, store);
  const app: number[] = [];
  const raw: number[] = [];
  const punchByApp = async () => {
    const request = { id: ids.eventId(), member: memberAt(draw(size)).id, count: 1 };
    const startedAt = performance.now();
    const result = await commands.punch(request);
    app.push(performance.now() - startedAt);
    assert(result.ok, 'the punch is done');
  };
  const punchRaw = async () => {
    const ready = await prepare(draw(size));
    const startedAt = performance.now();
    await writePunch(native, ready);
    raw.push(performance.now() - startedAt);
  };
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) await punchByApp();
    await punchRaw();
    if (round % 2 === 1) await punchByApp();
    await new Promise((resolve) => void setTimeout(resolve, 0));
  }
  return [{ name: 'punch, strict', app: summarize(app), raw: summarize(raw) }];
}

/** Real rows in a stream of their own, so that the store stays one that the app could have written. */
function createPreparation(native: IDBDatabase, store: Store): (index: number) => Promise<ReadyPunch> {
  const ids = createRandomIds();
  const clock = createSystemClock();
  const programs: ProgramBook = store.ledger.programs();
  let head: StreamHead = { stream: ids.streamId(), seq: 0, link: '' };
  return async (index) => {
    const { id: member } = memberAt(index);
    const transaction = native.transaction(['cards', 'members'], 'readonly');
    const [before, row] = await Promise.all([
      answerOf(transaction.objectStore('cards').get(member) as IDBRequest<MemberState>),
      answerOf(transaction.objectStore('members').get(member) as IDBRequest<MemberRow>),
    ]);
    const wall = clock.now();
    const tz = clock.timeZone();
    const day = plainDayAt(wall, tz);
    const current = listCurrentPrograms(programs);
    const plan = planVisit({ state: before, programs: current, count: 1, atMs: wall, day, timeZone: tz });
    const sealed = sealEvent(
      {
        id: ids.eventId(),
        member,
        type: 'visit',
        staff: UNASSIGNED_STAFF,
        data: { count: 1, grants: [...plan.grants] },
      },
      head,
      {
        ...store.identity,
        hlc: formatHlc({ wallMs: wall, counter: 0 }, store.identity.till),
        wall,
        tz,
        day,
      },
    );
    head = sealed.head;
    const card = nextState({ before, event: sealed.event, history: undefined, programs });
    return {
      event: sealed.event,
      stream: streamRow(head, sealed.event),
      card,
      member: memberRowAfter(row, card, programs),
    };
  };
}

function writePunch(native: IDBDatabase, ready: ReadyPunch): Promise<void> {
  return new Promise((resolve, reject) => {
    const { event, stream, card, member } = ready;
    const transaction = native.transaction(PUNCH_STORES, 'readwrite', { durability: 'strict' });
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error ?? new Error('refused')));
    const store = (name: string) => transaction.objectStore(name);
    store('cards').get(card.member);
    store('members').get(card.member);
    // Answers come in the order of the requests: with the last one all three are there.
    const totals = store('totals').get(event.day) as IDBRequest<DayTotals | undefined>;
    totals.addEventListener('success', () => {
      store('events').add(event);
      store('streams').put(stream);
      store('totals').put(addToDay(totals.result ?? emptyDayTotals(event.day), event));
      store('cards').put(card);
      store('members').put(member);
      transaction.commit();
    });
  });
}

import { liveQuery } from 'dexie';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { UNASSIGNED_STAFF, type EventDraft } from '#shared/ledger/event.ts';
import type { EventId, ImportId, MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';
import { planPush } from '#shared/sync/plan-push.ts';
import { startRun } from '#shared/sync/sync-state.ts';
import type { EventVerdict } from '#shared/sync/wire.ts';
import { appendSlice } from './bulk-append.ts';
import { nobodyBefore } from './event-rows.ts';
import { findLastAction } from './last-action.ts';
import { openLedger } from './ledger.ts';
import type { Ledger } from './ledger-port.ts';
import type { TillIdentity } from './rows.ts';
import { openSyncStore } from './sync/open-sync-store.ts';
import { ensureTillIdentity } from './till-identity.ts';

let store: TestStore;
let identity: TillIdentity;

beforeEach(async () => {
  store = await openTestStore();
  identity = await ensureTillIdentity(store.database, store.ids);
});
afterEach(() => store.database.delete());

/** As another window, the import's worker, or this window after a reload. */
const openAnother = (): Promise<Ledger> =>
  openLedger({ database: store.database, clock: store.clock, ids: store.ids, identity });

const commandsOf = (ledger: Ledger) =>
  createCounterCommands({ ledger, ids: store.ids, staff: () => UNASSIGNED_STAFF });

async function enrol(ledger: Ledger, phone: string): Promise<{ member: MemberId; id: EventId }> {
  const { ids } = store;
  const [member, id] = [ids.memberId(), ids.eventId()];
  const request = { id, member, phone: phone as PhoneNumber, name: 'Anna', visits: 1 };
  const enrolled = await commandsOf(ledger).enrol(request);
  if (!enrolled.ok) throw new Error('not enrolled');
  return { member, id };
}

async function importMembers(
  ledger: Ledger,
  count: number,
): Promise<{ member: MemberId; draft: EventDraft }[]> {
  const { ids, database } = store;
  const items = Array.from({ length: count }, () => {
    const member = ids.memberId();
    const data = { by: 'import' as const, visit: 0, grants: [], import: 'imp' as ImportId };
    const draft = { id: ids.eventId(), member, staff: UNASSIGNED_STAFF, type: 'enrolment' as const, data };
    return { member, draft, before: nobodyBefore(member) };
  });
  await ledger.withStream(async (stream) => {
    const slice = await appendSlice(database, stream, async () => ({ items }));
    await slice.committed;
  });
  return items;
}

const find = (ledger?: Ledger) => findLastAction(store.database, identity.till, ledger);

test('what sync has moved to another stream is still the newest', async () => {
  await enrol(store.ledger, '+33612345678');
  const { id: second } = await enrol(store.ledger, '+33612345679');
  const sync = openSyncStore({ ...store, identity });
  const run = startRun({ isPaired: true, batchLimit: 500 });
  const batch = planPush(await sync.queue(10), run, 'batch');
  if (!batch) return expect.fail('nothing to send');
  const verdicts = batch.items.map(({ event: { id } }): EventVerdict => {
    return id === second ? { id, status: 'conflict', code: 'position-taken' } : { id, status: 'ok' };
  });
  expect((await sync.takeVerdicts(batch, verdicts, run))?.effects).toMatchObject([{ do: 'move-tail' }, {}]);
  expect((await find(store.ledger))?.id).toBe(second);
  const { id: third } = await enrol(store.ledger, '+33612345670');
  expect((await find(store.ledger))?.id).toBe(third);
});

test('an import that is running beside the counter hides nothing, nor does its undo', async () => {
  const { id } = await enrol(store.ledger, '+33612345678');
  const worker = await openAnother();
  const imported = await importMembers(worker, 450);
  expect((await find(store.ledger))?.id).toBe(id);
  // After a reload this window has a stream without an action.
  expect((await find(await openAnother()))?.id).toBe(id);
  expect((await find())?.id).toBe(id);
  const { ids, database } = store;
  await worker.withStream(async (stream) => {
    const slice = await appendSlice(database, stream, async (reads) => ({
      items: await Promise.all(
        imported.map(async ({ member, draft: { id: target } }) => {
          const base = { id: ids.eventId(), member, staff: UNASSIGNED_STAFF };
          const before = await reads.before(member, { history: true });
          return { member, before, draft: { ...base, type: 'void' as const, data: { target } } };
        }),
      ),
    }));
    await slice.committed;
  });
  expect((await find(store.ledger))?.id).toBe(id);
  expect((await find(await openAnother()))?.id).toBe(id);
});

test('one key takes back what this window did, not what another one did since', async () => {
  const { id } = await enrol(store.ledger, '+33612345678');
  const other = await openAnother();
  const theirs = await enrol(other, '+33612349999');
  expect((await find(store.ledger))?.id).toBe(id);
  expect((await find(other))?.id).toBe(theirs.id);
});

test('after an undo at this window there is nothing to undo, whatever the others do', async () => {
  const { id, member } = await enrol(store.ledger, '+33612345678');
  const second = { id: store.ids.eventId(), member, count: 1 };
  await commandsOf(store.ledger).punch(second);
  await commandsOf(store.ledger).undo({ id: store.ids.eventId(), target: second.id, member });
  await enrol(await openAnother(), '+33612349999');
  expect(id).not.toBe(second.id);
  expect(await find(store.ledger)).toBeUndefined();
});

test('a note that takes nothing back is looked past, however much later it came', async () => {
  const { id, member } = await enrol(store.ledger, '+33612345678');
  store.clock.advance(10 * 60_000);
  await enrol(await openAnother(), '+33612349999');
  const note = store.ids.eventId();
  await store.ledger.append<never>({
    id: note,
    member,
    decide: () =>
      ok({
        draft: { id: note, member, type: 'profile', staff: UNASSIGNED_STAFF, data: { fields: ['name'] } },
      }),
  });
  // Too old to be taken back, and the command says so; the other window's is not ours to take.
  expect((await find(store.ledger))?.id).toBe(id);
});

test('after a reload nothing is found that is too old behind an import', async () => {
  await enrol(store.ledger, '+33612345678');
  store.clock.advance(6 * 60_000);
  await importMembers(await openAnother(), 10);
  expect(await find(await openAnother())).toBeUndefined();
});

test('a live look sees the next action of its window', async () => {
  const seen: (EventId | undefined)[] = [];
  const subscription = liveQuery(() => find(store.ledger)).subscribe((last) => void seen.push(last?.id));
  const first = await enrol(store.ledger, '+33612345678');
  await vi.waitFor(() => expect(seen.at(-1)).toBe(first.id));
  const second = await enrol(store.ledger, '+33612349999');
  await vi.waitFor(() => expect(seen.at(-1)).toBe(second.id));
  subscription.unsubscribe();
});

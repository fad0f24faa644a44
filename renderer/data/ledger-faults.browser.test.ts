import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import { createCounterCommands } from '#renderer/features/counter/counter.commands.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF, type EventDraft } from '#shared/ledger/event.ts';
import { sealEvent } from '#shared/ledger/stream.ts';
import { InvariantError } from '#shared/lib/assert.ts';
import type { EventId, ImportId, MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import { formatHlc, type Hlc } from '#shared/lib/hlc.ts';
import { ok } from '#shared/lib/result.ts';
import { appendSlice } from './bulk-append.ts';
import { nobodyBefore } from './event-rows.ts';
import { openLedger } from './ledger.ts';
import type { Ledger } from './ledger-port.ts';
import { digestProjections, needsRebuild, rebuildProjections } from './rebuild.ts';
import type { TillIdentity } from './rows.ts';
import { ensureTillIdentity } from './till-identity.ts';
import { verifyChains } from './verify-chains.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let store: TestStore;
let identity: TillIdentity;

beforeEach(async () => {
  store = await openTestStore();
  identity = await ensureTillIdentity(store.database, store.ids);
});
afterEach(() => store.database.delete());

const openAnother = (): Promise<Ledger> =>
  openLedger({ database: store.database, clock: store.clock, ids: store.ids, identity });

const commandsOf = (ledger: Ledger) =>
  createCounterCommands({ ledger, ids: store.ids, staff: () => UNASSIGNED_STAFF });

async function enrol(ledger: Ledger, visits = 1): Promise<MemberId> {
  const { ids } = store;
  const member = ids.memberId();
  const phone = '+33612345678' as PhoneNumber;
  const enrolled = await commandsOf(ledger).enrol({ id: ids.eventId(), member, phone, name: '', visits });
  if (!enrolled.ok) throw new Error('not enrolled');
  return member;
}

async function punch(ledger: Ledger, member: MemberId, count = 1): Promise<EventId> {
  const id = store.ids.eventId();
  const punched = await commandsOf(ledger).punch({ id, member, count });
  if (!punched.ok) throw new Error(`not punched: ${punched.error.code}`);
  return id;
}

async function publish(ledger: Ledger, program: ProgramDefinition): Promise<void> {
  const id = store.ids.eventId();
  const published = await ledger.append<never>({
    id,
    decide: () => ok({ draft: { id, type: 'program', staff: UNASSIGNED_STAFF, data: { program } } }),
  });
  if (!published.ok) throw new Error('not published');
}

const smallCard = (): ProgramDefinition => ({
  ...store.program,
  version: 2,
  unit: { kind: 'stamps', size: 5, icon: 'cup' },
  rewards: [{ kind: 'free-item', id: 'final', at: 5, name: 'Free tea' }],
});

async function expectEqualToRebuild(): Promise<void> {
  const before = await digestProjections(store.database);
  await rebuildProjections(store.database);
  expect(await digestProjections(store.database)).toBe(before);
}

describe('a window that has not read the newest program', () => {
  test('places the stamps of its members all the same, and shows their rewards', async () => {
    const stale = await openAnother();
    await publish(store.ledger, smallCard());
    const member = await enrol(store.ledger, 5);
    const target = await punch(store.ledger, member);
    const undone = await commandsOf(stale).undo({ id: store.ids.eventId(), target, member });
    expect(undone).toMatchObject({ ok: true, value: { state: { programs: [{ unplaced: 0 }] } } });
    await expectEqualToRebuild();
    const another = await openLedger({ ...store, identity });
    expect(another.programs().get('coffee')).toHaveLength(2);
  });

  test('decides by the rules that hold now, not by those it read', async () => {
    const stale = await openAnother();
    const member = await enrol(store.ledger);
    await publish(store.ledger, { ...smallCard(), earn: [{ kind: 'visit', id: 'visit', units: 2 }] });
    const id = await punch(stale, member);
    const event = await store.database.events.where('id').equals(id).first();
    expect(event?.data).toMatchObject({ grants: [{ version: 2, units: 2 }] });
    await expectEqualToRebuild();
  });

  test('stamps on a card of that version', async () => {
    const stale = await openAnother();
    await publish(store.ledger, smallCard());
    const member = await enrol(store.ledger, 4);
    await punch(stale, member, 2);
    expect(stale.programs().get('coffee')).toHaveLength(2);
    expect(await store.database.members.get(member)).toMatchObject({ ready: 1, stamps: 6 });
    await expectEqualToRebuild();
  });

  test('imports and takes imports back', async () => {
    const stale = await openAnother();
    await publish(store.ledger, smallCard());
    const member = await enrol(store.ledger, 5);
    const data = {
      grants: [{ program: 'coffee', version: 1, rule: 'opening', units: 3 }],
      import: 'imp' as ImportId,
    };
    const draft: EventDraft = {
      id: store.ids.eventId(),
      type: 'opening',
      member,
      staff: UNASSIGNED_STAFF,
      data,
    };
    await stale.withStream(async (stream) => {
      const slice = await appendSlice(store.database, stream, async (reads) => ({
        items: [{ member, draft, before: await reads.before(member) }],
      }));
      await slice.committed;
      expect(stream.programs.get('coffee')).toHaveLength(2);
    });
    expect(await store.database.members.get(member)).toMatchObject({ ready: 1, stamps: 8 });
    await expectEqualToRebuild();
  });

  test('stamps that came before their program are placed by the start after it', async () => {
    const member = await enrol(store.ledger);
    const id = store.ids.eventId();
    const grants = [{ program: 'coffee', version: 2, rule: 'adjustment', units: 7 }];
    const data = { grants, reason: 'from a till that knows more' };
    await store.ledger.append<never>({
      id,
      member,
      decide: () => ok({ draft: { id, member, type: 'adjustment', staff: UNASSIGNED_STAFF, data } }),
    });
    expect(await store.database.cards.get(member)).toMatchObject({ programs: [{ unplaced: 7 }] });
    await rebuildProjections(store.database);
    expect(await needsRebuild(store.database)).toBe(false);
    await publish(store.ledger, smallCard());
    expect(await needsRebuild(store.database)).toBe(true);
    await rebuildProjections(store.database);
    expect(await store.database.cards.get(member)).toMatchObject({ programs: [{ unplaced: 0 }] });
    // Nobody waits any more: the next version costs no rebuild.
    await publish(store.ledger, { ...smallCard(), version: 3 });
    expect(await needsRebuild(store.database)).toBe(false);
  });
});

describe('a draft that its own schema refuses', () => {
  test('stops the command and leaves the ledger as it was', async () => {
    const member = await enrol(store.ledger);
    const [events, digest] = [await store.database.events.count(), await digestProjections(store.database)];
    const id = store.ids.eventId();
    const broken = store.ledger.append<never>({
      id,
      member,
      decide: () =>
        ok({ draft: { id, member, type: 'visit', staff: UNASSIGNED_STAFF, data: { count: 0, grants: [] } } }),
    });
    await expect(broken).rejects.toThrow(InvariantError);
    expect(await store.database.events.count()).toBe(events);
    expect(await digestProjections(store.database)).toBe(digest);
    await punch(store.ledger, member);
    expect((await verifyChains(store.database)).faults).toEqual([]);
  });

  test('takes the whole slice with it', async () => {
    const before = await store.database.events.count();
    const items = [1, 0].map((count) => {
      const member = store.ids.memberId();
      const data = { count, grants: [] };
      const id = store.ids.eventId();
      const draft: EventDraft = { id, member, type: 'visit', staff: UNASSIGNED_STAFF, data };
      return { member, draft, before: nobodyBefore(member) };
    });
    const slice = store.ledger.withStream((stream) =>
      appendSlice(store.database, stream, async () => ({ items })),
    );
    await expect(slice).rejects.toThrow(InvariantError);
    expect(await store.database.events.count()).toBe(before);
    expect(await store.database.cards.count()).toBe(0);
  });
});

describe('the hybrid clock', () => {
  const lastHlc = async () => (await store.database.events.orderBy('n').last())?.hlc ?? '';

  test('rises over a restart with a clock that was set back by days', async () => {
    const member = await enrol(store.ledger);
    const before = await lastHlc();
    store.clock.advance(-3 * DAY_MS);
    await punch(await openAnother(), member);
    expect((await lastHlc()) > before).toBe(true);
  });

  test('rises over all windows of this till, also in one that is open all the time and behind', async () => {
    const behind = await openAnother();
    const member = await enrol(store.ledger);
    store.clock.advance(3 * DAY_MS);
    await punch(store.ledger, member);
    const highest = await lastHlc();
    store.clock.advance(-6 * DAY_MS);
    await punch(behind, member);
    expect((await lastHlc()) > highest).toBe(true);
  });

  test('rises over a restart also when other tills wrote all that is new, in any number of streams', async () => {
    const member = await enrol(store.ledger);
    store.clock.advance(3 * DAY_MS);
    await punch(store.ledger, member);
    const own = await store.database.events.orderBy('n').last();
    if (!own) return expect.fail('no event');
    store.clock.advance(-6 * DAY_MS);
    const till = store.ids.tillId();
    const { n: _, ...event } = own;
    const hlc = formatHlc({ wallMs: store.clock.now(), counter: 0 }, till);
    const others = Array.from({ length: 120 }, () => ({
      ...event,
      id: store.ids.eventId(),
      stream: store.ids.streamId(),
      seq: 1,
      till,
      hlc,
    }));
    await store.database.events.bulkAdd(others as never);
    const { link } = own;
    await store.database.streams.bulkPut(
      others.map(({ stream }) => ({ stream, seq: 1, link, parent: null })),
    );
    await punch(await openAnother(), member);
    expect((await lastHlc()) > own.hlc).toBe(true);
  });

  test('is not bent by another till’s stamp that is days ahead', async () => {
    const member = await enrol(store.ledger);
    const known = await store.database.events.orderBy('n').last();
    if (!known) return expect.fail('no event');
    const { n: _, ...event } = known;
    const till = store.ids.tillId();
    const ahead = formatHlc({ wallMs: store.clock.now() + 3 * DAY_MS, counter: 0 }, till);
    const place = { id: store.ids.eventId(), stream: store.ids.streamId(), seq: 1, till, hlc: ahead };
    await store.database.events.add({ ...event, ...place } as never);
    await punch(await openAnother(), member);
    expect((await lastHlc()) < ahead).toBe(true);
  });

  test('a later edit of a profile wins over one with any stamp', async () => {
    const member = await enrol(store.ledger);
    const profile = await store.database.profiles.get(member);
    if (!profile) return expect.fail('no profile');
    const ahead: Hlc = formatHlc({ wallMs: store.clock.now() + 30 * DAY_MS, counter: 4 }, store.ids.tillId());
    await store.database.profiles.put({ ...profile, hlc: ahead });
    const id = store.ids.eventId();
    const data = { fields: ['name' as const] };
    await store.ledger.append<never>({
      id,
      member,
      reads: { profile: true },
      decide: () =>
        ok({
          draft: { id, member, type: 'profile', staff: UNASSIGNED_STAFF, data },
          profile: { ...EMPTY_PROFILE, name: 'Ada' },
        }),
    });
    const edited = await store.database.profiles.get(member);
    expect(edited?.name).toBe('Ada');
    expect((edited?.hlc ?? '') > ahead).toBe(true);
  });
});

test('a place that is taken is left for a new stream that names it, and the stamp is given', async () => {
  const member = await enrol(store.ledger);
  const last = await store.database.events.orderBy('n').last();
  if (!last) return expect.fail('no event');
  // What a commit leaves whose answer never came.
  const { event } = sealEvent(
    { id: store.ids.eventId(), type: 'profile', member, staff: UNASSIGNED_STAFF, data: { fields: ['note'] } },
    { stream: last.stream, seq: last.seq, link: last.link },
    { ...identity, hlc: last.hlc, wall: last.wall, tz: last.tz, day: last.day },
  );
  await store.database.events.add(event as never);
  const streamBefore = store.ledger.stream();
  await punch(store.ledger, member);
  await punch(store.ledger, member);
  expect(store.ledger.stream()).not.toBe(streamBefore);
  const [first, second] = await store.database.events.orderBy('n').reverse().limit(2).toArray();
  expect([second?.seq, first?.seq]).toEqual([1, 2]);
  expect(second?.parent).toEqual({ stream: event.stream, seq: event.seq, link: event.link });
  expect(await store.database.cards.get(member)).toMatchObject({ visits: 3 });
  await rebuildProjections(store.database);
  expect((await verifyChains(store.database)).faults).toEqual([]);
});

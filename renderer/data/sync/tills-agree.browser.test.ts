import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COFFEE, SyncedShop, type DraftContent, type SyncedTill } from '#tests/fakes/synced-tills.ts';
import { EMPTY_PROFILE } from '#shared/domain/profile.ts';
import { UNASSIGNED_STAFF, VOIDABLE_TYPES, type EventDraft, type Grant } from '#shared/ledger/event.ts';
import { sealEvent } from '#shared/ledger/stream.ts';
import type { MemberId, TillId } from '#shared/lib/brand.ts';
import { formatHlc } from '#shared/lib/hlc.ts';
import { plainDayAt } from '#shared/lib/plain-day.ts';
import { planPush } from '#shared/sync/plan-push.ts';
import { eventOf } from '../event-of-row.ts';
import { digestProjections, needsRebuild, rebuildProjections } from '../rebuild.ts';

/**
 * I6 and I16 on real stores: whatever the tills do, in whatever portions and through whichever ways they hear of each other,
 * all of them show the same in the end, and making everything anew changes nothing.
 */

const KINDS = [
  'join',
  'join',
  'visit',
  'visit',
  'visit',
  'visit',
  'redeem',
  'redeem',
  'void',
  'void',
  'adjust',
  'publish',
  'odd-rules',
  'newer-type',
  'describe',
  'merge',
  'unmerge',
  'rename',
  'exchange',
  'exchange',
  'pull',
  'pull',
  'push',
  'carry',
  'reject',
  'offer-again',
  'next-day',
  'restart',
  'back-up',
  'restore',
] as const;

const stepArbitrary = fc.record({
  kind: fc.constantFrom(...KINDS),
  till: fc.nat({ max: 2 }),
  a: fc.nat({ max: 1000 }),
  b: fc.nat({ max: 1000 }),
});
type Step = typeof stepArbitrary extends fc.Arbitrary<infer Value> ? Value : never;

class Play {
  readonly members: MemberId[] = [];
  #backup: ReturnType<SyncedShop['endpoint']['backUp']> | undefined;
  readonly shop: SyncedShop;

  constructor(shop: SyncedShop) {
    this.shop = shop;
  }

  async do(step: Step): Promise<void> {
    const till = this.shop.tills[step.till] as SyncedTill;
    const { a, b } = step;
    const member = this.members[a % Math.max(1, this.members.length)];
    switch (step.kind) {
      case 'join': {
        const fresh = till.ids.memberId();
        this.members.push(fresh);
        await till.append(
          { type: 'enrolment', data: { by: 'phone', visit: 1, grants: [this.#grant(b)] } },
          fresh,
          { ...EMPTY_PROFILE, name: `Member ${b}` },
        );
        return;
      }
      case 'visit':
        return this.#add(till, member, { type: 'visit', data: { count: 1, grants: [this.#grant(b)] } });
      case 'redeem':
        return this.#add(till, member, {
          type: 'redemption',
          data: { program: 'coffee', version: 1 + (b % 2), reward: COFFEE.rewards[0]?.id ?? '', cost: 10 },
        });
      case 'adjust':
        return this.#add(till, member, {
          type: 'adjustment',
          data: { grants: [{ ...this.#grant(0), units: (b % 7) - 3 }], reason: 'counted' },
        });
      case 'odd-rules':
        return this.#add(till, member, {
          type: 'visit',
          data: { count: 1, grants: [{ program: 'coffee', version: 2 + (b % 3), rule: 'visit', units: 2 }] },
        });
      case 'newer-type':
        return await this.#hearOfNewer(till, member);
      case 'rename':
        if (member && (await till.database.members.get(member))) {
          await till.append({ type: 'profile', data: { fields: ['name'] } }, member, {
            ...EMPTY_PROFILE,
            name: `Renamed ${b}`,
          });
        }
        return;
      case 'void': {
        const own = member ? await till.database.events.where('member').equals(member).toArray() : [];
        const targets = own.filter(({ type }) => VOIDABLE_TYPES.has(type));
        const target = targets[b % Math.max(1, targets.length)];
        if (target) await this.#add(till, member, { type: 'void', data: { target: target.id } });
        return;
      }
      case 'publish': {
        const version = 1 + (b % 3);
        await till.append({
          type: 'program',
          data: { program: { ...COFFEE, version, name: `Of ${till.store.till} ${a}`, headStart: 0 } },
        });
        return;
      }
      case 'describe':
        await till.append({ type: 'shop', data: { name: `Shop ${a}`, country: 'FR', language: 'en' } });
        return;
      case 'merge':
      case 'unmerge': {
        const other = this.members[b % Math.max(1, this.members.length)];
        if (!member || !other || member === other) return;
        const merges = await till.database.events.filter(({ type }) => type === 'merge').toArray();
        await this.#add(
          till,
          member,
          step.kind === 'merge'
            ? { type: 'merge', data: { other, by: b % 2 === 0 ? 'manager' : 'same-number' } }
            : { type: 'unmerge', data: { other, merges: merges.map(({ id }) => id), reason: 'two' } },
        );
        return;
      }
      case 'exchange':
        return await this.shop.exchange(till);
      case 'pull':
        if (till.run.needsHello) await this.shop.hello(till);
        this.shop.pageSize = 1 + (a % 6);
        await this.shop.pull(till);
        return;
      case 'push':
        if (!till.run.needsHello) await this.shop.push(till);
        return;
      case 'carry': {
        // A sync file with only some of what the other till has, in its order.
        const other = this.shop.tills[b % 3] as SyncedTill;
        const rows = await other.database.events.toArray();
        const some = rows.slice(-1 - (a % 8)).filter((_, index) => (a + index) % 4 !== 0);
        await till.store.takeFile(some.map(eventOf));
        return;
      }
      case 'reject': {
        const queue = await till.store.queue(1);
        const batch = planPush(queue, till.run, 'batch');
        if (!batch) return;
        const rejected = { kind: 'rejected', status: 400, isOurs: true } as const;
        till.run = (await till.store.takeRejection(batch, rejected, till.run, 0.5)).run;
        return;
      }
      case 'offer-again':
        for (const { id } of (await till.store.marks()).setAside) await till.store.offerAgain(id);
        return;
      case 'next-day':
        till.clock.advance(7 * 60 * 60 * 1000 + b);
        return;
      case 'restart':
        this.shop.tills[step.till] = await till.restart();
        return;
      case 'back-up':
        this.#backup ??= this.shop.endpoint.backUp();
        return;
      case 'restore':
        if (!this.#backup) return;
        this.shop.restoreEndpoint(this.#backup);
        this.#backup = undefined;
        return;
    }
  }

  /** A till with a newer app is in the shop, too. */
  async #hearOfNewer({ ids, clock }: SyncedTill, member: MemberId | undefined): Promise<void> {
    if (!member) return;
    const till = 'till-of-tomorrow' as TillId;
    const draft = { id: ids.eventId(), type: 'teleport', staff: UNASSIGNED_STAFF, member, data: {} };
    const { event } = sealEvent(
      draft as unknown as EventDraft,
      { stream: ids.streamId(), seq: 0, link: '' },
      {
        shop: this.shop.shop,
        till,
        hlc: formatHlc({ wallMs: clock.now(), counter: 0 }, till),
        wall: clock.now(),
        tz: 'UTC',
        day: plainDayAt(clock.now(), 'UTC'),
      },
    );
    await this.shop.endpoint.acceptBatch({ shop: this.shop.shop, till, events: [event], atMs: 0 });
  }

  #grant(units: number): Grant {
    return { program: 'coffee', version: 1, rule: 'visit', units: 1 + (units % 5) };
  }

  async #add(till: SyncedTill, member: MemberId | undefined, content: DraftContent): Promise<void> {
    if (member) await till.append(content, member);
  }

  async settle(): Promise<void> {
    for (const till of this.shop.tills) {
      for (const { id } of (await till.store.marks()).setAside) await till.store.offerAgain(id);
      till.run = { ...till.run, needsHello: true };
    }
    this.shop.pageSize = 7;
    await this.shop.settle();
  }
}

async function shownBy({ database }: SyncedTill): Promise<unknown[]> {
  const { cards, members, totals, programs, aliases } = database;
  return await Promise.all([cards, members, totals, programs, aliases].map((table) => table.toArray()));
}

async function expectSameAnew(till: SyncedTill): Promise<void> {
  // It knows that something is due: the next start, or the next page, makes everything anew.
  if (await needsRebuild(till.database)) return await rebuildProjections(till.database);
  const before = await shownBy(till);
  const digest = await digestProjections(till.database);
  await rebuildProjections(till.database);
  expect(await shownBy(till)).toEqual(before);
  expect(await digestProjections(till.database)).toBe(digest);
}

test('tills agree whatever they did, and a rebuild changes nothing', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(stepArbitrary, { minLength: 20, maxLength: 60 }), async (steps) => {
      const shop = await SyncedShop.open(3);
      try {
        await (shop.tills[0] as SyncedTill).append({ type: 'program', data: { program: COFFEE } });
        const play = new Play(shop);
        for (const step of steps) await play.do(step);
        // What a till shows in the middle of it is what its ledger says, too.
        for (const till of shop.tills) await expectSameAnew(till);
        await play.settle();
        const [first, ...others] = await Promise.all(shop.tills.map(shownBy));
        for (const other of others) expect(other).toEqual(first);
        for (const till of shop.tills) {
          expect((await till.store.marks()).setAside).toEqual([]);
          await expectSameAnew(till);
        }
      } finally {
        await shop.close();
      }
    }),
    { numRuns: 20, endOnFailure: true },
  );
});

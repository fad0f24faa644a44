import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { Row } from './disk.ts';
import type { FaultKind } from './faults.ts';
import { Link, type Weather } from './link.ts';
import { SHOP } from './surroundings.ts';
import { Till } from './till.ts';
import type { World } from './world.ts';

/** What goes wrong. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export class Mishaps {
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  #after(ms: number, run: () => void | Promise<void>): void {
    this.#world.timeline.after(ms, run);
  }

  breakSomething(till: Till): void | Promise<void> {
    const { chance } = this.#world;
    const weather = (kind: FaultKind, how: Weather, forMs: number) => () => {
      this.#world.count(kind);
      till.link.weather = how;
      this.#after(forMs, () => {
        till.link.weather = 'fine';
        if (how === 'no-tls') till.resume();
        till.talk.hearOfMore();
      });
    };
    const hours = () => (1 + chance.below(10)) * HOUR_MS;
    const kinds: readonly (readonly [number, () => void | Promise<void>])[] = [
      [8, weather('offline-hours', 'offline', hours())],
      [2, weather('offline-weeks', 'offline', (10 + chance.below(30)) * DAY_MS)],
      [4, weather('captive-portal', 'portal', hours())],
      [4, weather('error-storm', 'storm', hours())],
      [3, weather('busy', 'busy', hours())],
      [2, weather('no-tls', 'no-tls', hours())],
      [3, weather('small-proxy', 'small-proxy', 3 * hours())],
      [4, weather('slow-link', 'slow', hours())],
      [2, () => this.#endpointDown(hours())],
      [8, () => void (till.fuse = 1 + chance.below(6))],
      [5, () => this.#powerCut(till)],
      [2, () => this.#fillDisk(till, hours())],
      [1, () => this.#wipe(till)],
      [2, () => this.#restoreProfile(till)],
      [4, () => this.#clone(till)],
      [2, () => this.#restoreEndpoint()],
      [5, () => this.#putBackEndpoint(till)],
      [3, () => this.#moveClock(till, 'clock-forward', chance.pick([HOUR_MS, DAY_MS, 40 * DAY_MS]))],
      [3, () => this.#moveClock(till, 'clock-back', -chance.pick([HOUR_MS, DAY_MS, 40 * DAY_MS]))],
      [3, () => void (till.nextTrouble = 'damage')],
      [3, () => void (till.nextTrouble = 'poison')],
      [2, () => this.#revoke(till, hours())],
      [2, () => this.#forgetToken(till, hours())],
      [1, () => this.#outdate(hours())],
      [3, () => this.#correctTwice(till)],
      [1, () => this.#forgetAndGo(till)],
    ];
    let place = chance.below(kinds.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, happen] of kinds) {
      place -= weight;
      if (place < 0) return happen();
    }
  }

  #endpointDown(forMs: number): void {
    const { endpoint } = this.#world;
    this.#world.count('endpoint-down');
    endpoint.isDown = true;
    this.#after(forMs, () => void (endpoint.isDown = false));
  }

  #powerCut(till: Till): void {
    if (!till.isRunning) return;
    this.#world.count('power-cut');
    till.crash();
    this.#after(this.#world.chance.below(2 * HOUR_MS), () => {
      if (!till.isRunning) till.start();
    });
  }

  #fillDisk(till: Till, forMs: number): void {
    till.isDiskFull = true;
    this.#after(forMs, () => void (till.isDiskFull = false));
  }

  /** What is nowhere any more is nobody's fault. */
  async #excuse(ids: Iterable<string>): Promise<void> {
    const world = this.#world;
    const placed = await world.placedIds();
    for (const id of ids) {
      const intent = world.intents.get(id);
      const isHeld = placed.has(id) || world.tills.some(({ disk }) => disk.ids.has(id));
      if (intent && !isHeld) intent.isExcused = true;
    }
    const { docs } = await world.endpoint.store.inner.pullProfiles({ shop: SHOP, after: 0, limit: 10_000 });
    const atEndpoint = new Map(docs.map((doc) => [doc.member, doc]));
    for (const edit of world.surroundings.edits) {
      const { member, hlc, name } = edit;
      const there = atEndpoint.get(member);
      const isThere = there !== undefined && ('erased' in there || (name !== null && there.hlc >= hlc));
      const isHeld = world.tills.some(
        ({ disk }) =>
          disk.erased.has(member) || (name !== null && (disk.profiles.get(member)?.hlc ?? '') >= hlc),
      );
      if (!isThere && !isHeld) edit.isExcused = true;
    }
  }

  async #wipe(till: Till): Promise<void> {
    this.#world.count('store-wiped');
    const lost = [...till.disk.ids.keys()];
    till.crash();
    till.disk = await this.#world.freshDisk();
    till.app = this.#world.endpoint.minApp;
    till.oldCopy = undefined;
    this.#after(HOUR_MS, async () => {
      await this.#excuse(lost);
      if (!till.isRunning) till.start();
    });
  }

  #restoreProfile(till: Till): void {
    if (!till.oldCopy) return;
    this.#world.count('profile-restored');
    const lost = [...till.disk.ids.keys()];
    this.#world.copies.add(till);
    till.crash();
    const { unreadTypes } = till.disk;
    till.disk = till.oldCopy.copy();
    if (unreadTypes.size === 0 && till.disk.unreadTypes.size > 0) till.update(till.app);
    this.#after(HOUR_MS, async () => {
      await this.#excuse(lost);
      if (!till.isRunning) till.start();
    });
  }

  #clone(till: Till): void {
    const { tills, network, surroundings, copies, chance } = this.#world;
    if (!till.isRunning || tills.length >= 6) return;
    this.#world.count('till-cloned');
    const clone = new Till(`copy of ${till.name}`, till.disk.copy(), new Link(network), surroundings);
    tills.push(clone);
    copies.add(till).add(clone);
    till.cloneInto(clone);
    // The same correction at both, at the very same moment, and more before they hear of each other.
    const member = [...till.disk.profiles.keys()].at(-1) as MemberId | undefined;
    for (const one of [clone, till]) if (member !== undefined) one.counter.correct(member);
    // What a copy writes later brings along what it lost before: some write nothing more.
    if (chance.happens(0.5)) return;
    for (const one of [clone, till, clone, till]) this.#after(chance.below(300), () => one.counter.act());
  }

  /** Two tills change one document without knowing of each other, or one forgets whom another corrects. */
  #correctTwice(till: Till): void {
    const { chance, tills } = this.#world;
    const other = chance.pick(tills);
    const members = [...till.disk.profiles.keys()].filter((member) => other.disk.profiles.has(member));
    if (other === till || members.length === 0) return;
    this.#world.count('edited-twice-at-once');
    const member = chance.pick(members) as MemberId;
    const both = chance.happens(0.7);
    if (!both) {
      this.#world.count('erased-while-edited');
      // What is on a stick already nobody can call back.
      this.#after(400, () => this.#world.sticks.write(till));
      this.#after(chance.below(DAY_MS), () => this.#world.sticks.bringLast(other));
    }
    this.#after(chance.below(300), () => till.counter.correct(member));
    this.#after(chance.below(300), () =>
      both ? other.counter.correct(member) : other.counter.forgetSomebody(member),
    );
  }

  /** Somebody is forgotten at a till that breaks down seconds later: its event may be sent, and the tombstone not. */
  #forgetAndGo(till: Till): void {
    const { chance } = this.#world;
    const member = [...till.disk.profiles.keys()].at(0) as MemberId | undefined;
    if (member === undefined) return;
    this.#world.count('gone-after-erasing');
    till.counter.forgetSomebody(member);
    this.#after(50 + chance.below(2000), () => this.#wipe(till));
  }

  async #restoreEndpoint(): Promise<void> {
    const world = this.#world;
    const before = await world.placedIds();
    if (!world.endpoint.restore()) return;
    world.count('endpoint-restored');
    world.isEndpointRestored = true;
    await this.#excuse(before);
  }

  /**
   * The power is gone for all, and the endpoint comes back as it was moments ago, in the same epoch. What a till has pulled since
   * would be another order; here it is only what was acknowledged and nobody has pulled yet.
   */
  async #putBackEndpoint(till: Till): Promise<void> {
    const world = this.#world;
    const { endpoint, chance } = world;
    const moment = endpoint.store.inner.backUp();
    const was = await endpoint.store.inner.heads(SHOP);
    let left = 500;
    const look = async (): Promise<void> => {
      const { head, docHead } = await endpoint.store.inner.heads(SHOP);
      const isUnseen = world.tills.every(({ disk }) => disk.marks.cursor <= was.head);
      if (world.surroundings.isQuiet || docHead !== was.docHead || (left -= 1) === 0) return;
      const waiting = world.tills.filter((one) => one.listAcknowledged().length > 0);
      if (head === was.head || !isUnseen || waiting.length === 0) return this.#after(20, look);
      // One power for all: nothing is on its way, and what they start with is a stream that says nothing of the one before.
      for (const one of world.tills) this.#powerCut(one);
      const before = await world.placedIds();
      await endpoint.putBack(moment);
      world.count('endpoint-put-back');
      world.isEndpointRestored = true;
      await this.#excuse(before);
    };
    // Among what others write a place is not told with the verdict.
    for (const one of [till, chance.pick(world.tills), till])
      this.#after(chance.below(200), () => one.counter.act());
    await look();
  }

  #moveClock(till: Till, kind: FaultKind, byMs: number): void {
    this.#world.count(kind);
    till.clockMs += byMs;
  }

  /** A bit rots in what was just written, or it is something that whole batches are refused for. */
  strike(till: Till, row: Row): void {
    const world = this.#world;
    const { member, id, data, type } = row.event;
    world.spoiled.add(id);
    if (member !== undefined) world.spoiledMembers.add(member);
    if (till.nextTrouble === 'poison') {
      world.count('poison-event');
      world.endpoint.poison.add(id);
    } else if (type === 'visit' && member !== undefined) {
      world.count('event-damaged-on-disk');
      const event: LedgerEvent = { ...row.event, data: { ...(data as object), count: 99 } };
      till.disk.put(row, { event });
      till.disk.orders.delete(till.disk.canonicalOf(member));
      till.disk.takeIn([event], world.kit.protocol);
      const intent = world.intents.get(id);
      if (intent) intent.isExcused = true;
    }
    till.nextTrouble = undefined;
  }

  async #revoke(till: Till, forMs: number): Promise<void> {
    const { endpoint, tills } = this.#world;
    this.#world.count('token-revoked');
    const { till: id, shop } = till.disk;
    const by = tills.find((other) => other !== till && other.isRunning)?.disk.token;
    await endpoint.revoke(id, shop, by);
    this.#after(forMs, () => this.pairAgain(till));
  }

  /** Somebody pairs the till anew elsewhere: its own token is worth nothing now. */
  async #forgetToken(till: Till, forMs: number): Promise<void> {
    const { endpoint } = this.#world;
    this.#world.count('token-forgotten');
    await endpoint.pair(till.disk.till, SHOP, till.app);
    this.#after(forMs, () => this.pairAgain(till));
  }

  /** A copy that lives on beside its till is given the same token: nobody sees yet that there are two. */
  async pairAgain({ disk, app }: Till): Promise<void> {
    const { endpoint, tills } = this.#world;
    if (await endpoint.isWelcome(disk.token)) return;
    disk.token = await endpoint.pair(disk.till, disk.shop, app);
    for (const till of tills) {
      if (till.disk.till !== disk.till) continue;
      till.disk.token = disk.token;
      till.resume();
    }
  }

  /** The endpoint wants a newer app; hours later every till has it. */
  #outdate(forMs: number): void {
    const { endpoint, tills, stranger } = this.#world;
    this.#world.count('app-too-old');
    const minApp = `${Number(endpoint.minApp.split('.')[0]) + 1}.0.0`;
    endpoint.demand(minApp);
    this.#after(forMs, () => {
      for (const till of stranger ? [...tills, stranger] : tills) {
        till.app = minApp;
        till.resume();
      }
    });
  }
}

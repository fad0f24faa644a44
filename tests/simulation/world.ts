import fc from 'fast-check';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import { OFFLINE_RULES } from '#shared/sync/hand-over.ts';
import { shop as randomShop } from '#tests/arbitraries/programs.ts';
import { makeChance, type Chance } from './chance.ts';
import { Disk, Violation, type Row } from './disk.ts';
import { Endpoint, OTHER_SHOP, SHOP, type Request } from './endpoint.ts';
import { noFaults, type FaultCounts, type FaultKind } from './faults.ts';
import { checkQuiet } from './invariants.ts';
import { Link, type Network, type Weather } from './link.ts';
import type { Kit } from './protocol.ts';
import { Timeline } from './timeline.ts';
import { Till, type Intent, type Surroundings } from './till.ts';

/** One shop, some tills, some weeks. Everything that goes wrong is counted; at quiet points all must be well. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.UTC(2026, 2, 2, 6);
const QUIET_EVERY_DAYS = 8;

export interface WorldReport {
  readonly tillDays: number;
  readonly events: number;
  readonly requests: number;
  readonly quietPoints: number;
  readonly faults: FaultCounts;
}

export class World {
  readonly chance: Chance;
  readonly timeline = new Timeline(START_MS);
  readonly faults = noFaults();
  readonly tills: Till[] = [];
  readonly intents = new Map<string, Intent>();
  readonly surroundings: Surroundings;
  readonly network: Network;
  readonly kit: Kit;
  /** What was counted on copies, wiped disks and restored endpoints has rules of its own. */
  isEndpointRestored = false;
  readonly copies = new Set<Till>();
  /** What the endpoint has every reason to refuse. */
  readonly spoiled = new Set<string>();
  readonly spoiledMembers = new Set<string>();
  quietPoints = 0;
  /** Versions that two tills published without knowing of each other. */
  readonly publishedTwice = new Set<string>();
  #ids = 0;
  #endpoint: Endpoint | undefined;

  constructor(seed: number, kit: Kit) {
    this.kit = kit;
    this.chance = makeChance(seed);
    const count = (fault: FaultKind) => void (this.faults[fault] += 1);
    this.network = {
      timeline: this.timeline,
      chance: this.chance,
      count,
      underway: 0,
      deliver: (request) => this.#deliver(request),
    };
    this.surroundings = {
      kit,
      timeline: this.timeline,
      chance: this.chance,
      count,
      strike: (till, row) => this.#strike(till, row),
      shareMember: (till, member) => this.#shareMember(till, member),
      newId: (kind) => `${kind}-${(this.#ids += 1)}`,
      intents: this.intents,
      definitions: someDefinitions(this.chance),
      rule: this.chance.pick(OFFLINE_RULES),
      confirmed: new Set(),
      isQuiet: false,
      requests: 0,
    };
  }

  get endpoint(): Endpoint {
    if (!this.#endpoint) throw new Error('the world has not begun');
    return this.#endpoint;
  }

  async live(days: number, tills: number): Promise<WorldReport> {
    this.#endpoint = await Endpoint.open(this.kit.endpoint, this.chance, () => this.timeline.nowMs);
    for (let number = 1; number <= tills; number += 1) this.#addTill(`till ${number}`, this.#freshDisk());
    await this.#fillOtherShop();
    this.#publishFirst();
    for (let day = 1; day <= days; day += 1) {
      this.#planDay();
      await this.timeline.playUntil(START_MS + day * DAY_MS);
      if (day % QUIET_EVERY_DAYS === 0 || day === days) await this.#quiet();
    }
    return {
      tillDays: days * tills,
      events: (await this.endpoint.store.heads(SHOP)).head,
      requests: this.surroundings.requests,
      quietPoints: this.quietPoints,
      faults: this.faults,
    };
  }

  /** Somebody else's: no till of ours may ever see it. */
  async #fillOtherShop(): Promise<void> {
    const disk = new Disk('stranger', OTHER_SHOP, this.#newToken('stranger', OTHER_SHOP));
    const till = new Till('stranger', disk, new Link(this.network), this.surroundings);
    till.link.isNoisy = false;
    till.start();
    for (let count = 0; count < 3; count += 1) till.act();
    const events = disk.rows.map(({ event }) => event);
    if (events.length > 0) {
      await this.endpoint.store.acceptBatch({ shop: OTHER_SHOP, till: 'stranger', events, atMs: START_MS });
    }
    till.crash();
    for (const { id } of events) this.intents.delete(id);
  }

  #newToken(till: string, shop: string): string {
    const token = this.surroundings.newId('token');
    this.endpoint.tokens.set(token, { till, shop, isRevoked: false });
    return token;
  }

  #freshDisk(): Disk {
    const till = this.surroundings.newId('till');
    return new Disk(till, SHOP, this.#newToken(till, SHOP));
  }

  #addTill(name: string, disk: Disk): Till {
    const till = new Till(name, disk, new Link(this.network), this.surroundings);
    till.clockMs = this.chance.happens(0.3) ? (this.chance.below(48) - 24) * HOUR_MS : 0;
    this.tills.push(till);
    till.start();
    return till;
  }

  #publishFirst(): void {
    const [first] = this.tills;
    const { definitions, newId } = this.surroundings;
    for (const program of definitions.filter(({ version }) => version === 1)) {
      const id = newId('event') as EventId;
      first?.commit({ id, type: 'program', staff: UNASSIGNED_STAFF, data: { program } });
    }
  }

  async #deliver(request: Request) {
    const before = (await this.endpoint.store.heads(SHOP)).head;
    const reply = await this.endpoint.handle(request);
    const after = (await this.endpoint.store.heads(SHOP)).head;
    if (after > before) this.#tellEverybody(after);
    return reply;
  }

  /** The live feed: gets through where the way is good. */
  #tellEverybody(head: number): void {
    for (const till of this.tills) {
      if (till.link.weather !== 'fine') continue;
      if (till.link.isNoisy && this.chance.happens(0.2)) continue;
      this.timeline.after(50 + this.chance.below(500), () => till.hearOfMore(head));
    }
  }

  #planDay(): void {
    if (this.chance.happens(0.2))
      this.timeline.after(this.chance.below(DAY_MS), () => this.endpoint.backUp());
    for (const till of this.tills) {
      if (this.chance.happens(0.15)) {
        this.timeline.after(this.chance.below(DAY_MS), () => void (till.oldCopy = till.disk.copy()));
      }
      const count = 2 + this.chance.below(6);
      for (let index = 0; index < count; index += 1) {
        this.timeline.after(this.chance.below(12 * HOUR_MS), () => {
          if (!this.surroundings.isQuiet) till.act();
        });
      }
      for (let hour = 2; hour < 24; hour += 4) {
        this.timeline.after(hour * HOUR_MS + this.chance.below(HOUR_MS), () => till.hearOfMore());
      }
      if (this.chance.happens(0.5)) {
        const at = this.chance.below(16 * HOUR_MS);
        this.timeline.after(at, () => (this.surroundings.isQuiet ? undefined : this.#breakSomething(till)));
      }
    }
  }

  // What goes wrong.

  #breakSomething(till: Till): void {
    const { chance } = this;
    const weather = (kind: FaultKind, how: Weather, forMs: number) => () => {
      this.faults[kind] += 1;
      till.link.weather = how;
      this.timeline.after(forMs, () => {
        till.link.weather = 'fine';
        if (how === 'no-tls') till.resume();
        till.hearOfMore();
      });
    };
    const hours = () => (1 + chance.below(10)) * HOUR_MS;
    const kinds: readonly (readonly [number, () => void])[] = [
      [8, weather('offline-hours', 'offline', hours())],
      [2, weather('offline-weeks', 'offline', (10 + chance.below(30)) * DAY_MS)],
      [4, weather('captive-portal', 'portal', hours())],
      [4, weather('error-storm', 'storm', hours())],
      [3, weather('busy', 'busy', hours())],
      [2, weather('no-tls', 'no-tls', hours())],
      [3, weather('small-proxy', 'small-proxy', 3 * hours())],
      [4, weather('slow-link', 'slow', hours())],
      [2, () => this.#endpointDown(hours())],
      [8, () => this.#fuse(till)],
      [5, () => this.#powerCut(till)],
      [2, () => this.#fillDisk(till, hours())],
      [1, () => this.#wipe(till)],
      [2, () => this.#restoreProfile(till)],
      [4, () => this.#clone(till)],
      [2, () => this.#restoreEndpoint()],
      [3, () => this.#moveClock(till, 'clock-forward', chance.pick([HOUR_MS, DAY_MS, 40 * DAY_MS]))],
      [3, () => this.#moveClock(till, 'clock-back', -chance.pick([HOUR_MS, DAY_MS, 40 * DAY_MS]))],
      [3, () => void (till.nextTrouble = 'damage')],
      [3, () => void (till.nextTrouble = 'poison')],
      [2, () => this.#revoke(till, hours())],
      [2, () => this.#forgetToken(till, hours())],
      [1, () => this.#outdate(hours())],
    ];
    let place = chance.below(kinds.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, happen] of kinds) {
      place -= weight;
      if (place < 0) return happen();
    }
  }

  #shareMember(till: Till, member: MemberId): void {
    const other = this.chance.pick(this.tills);
    if (this.surroundings.isQuiet || other === till || !this.chance.happens(0.3)) return;
    this.timeline.after(this.chance.below(600), () => other.redeemFor(member));
  }

  #endpointDown(forMs: number): void {
    this.faults['endpoint-down'] += 1;
    this.endpoint.isDown = true;
    this.timeline.after(forMs, () => void (this.endpoint.isDown = false));
  }

  #fuse(till: Till): void {
    till.fuse = 1 + this.chance.below(6);
  }

  #powerCut(till: Till): void {
    if (!till.isRunning) return;
    this.faults['power-cut'] += 1;
    till.crash();
    this.timeline.after(this.chance.below(2 * HOUR_MS), () => {
      if (!till.isRunning) till.start();
    });
  }

  #fillDisk(till: Till, forMs: number): void {
    till.isDiskFull = true;
    this.timeline.after(forMs, () => void (till.isDiskFull = false));
  }

  /** What is nowhere any more is nobody's fault. */
  #excuse(ids: Iterable<string>, placed: ReadonlySet<string>): void {
    for (const id of ids) {
      const intent = this.intents.get(id);
      const isHeld = placed.has(id) || this.tills.some(({ disk }) => disk.ids.has(id));
      if (intent && !isHeld) intent.isExcused = true;
    }
  }

  async placedIds(): Promise<ReadonlySet<string>> {
    const { head } = await this.endpoint.store.heads(SHOP);
    const { events } = await this.endpoint.store.pullEvents({ shop: SHOP, after: 0, limit: head });
    return new Set(events.map(({ json }) => (JSON.parse(json) as LedgerEvent).id));
  }

  #wipe(till: Till): void {
    this.faults['store-wiped'] += 1;
    const lost = [...till.disk.ids.keys()];
    till.crash();
    till.disk = this.#freshDisk();
    till.oldCopy = undefined;
    this.timeline.after(HOUR_MS, async () => {
      this.#excuse(lost, await this.placedIds());
      if (!till.isRunning) till.start();
    });
  }

  #restoreProfile(till: Till): void {
    if (!till.oldCopy) return;
    this.faults['profile-restored'] += 1;
    const lost = [...till.disk.ids.keys()];
    this.copies.add(till);
    till.crash();
    till.disk = till.oldCopy.copy();
    this.timeline.after(HOUR_MS, async () => {
      this.#excuse(lost, await this.placedIds());
      if (!till.isRunning) till.start();
    });
  }

  #clone(till: Till): void {
    if (!till.isRunning || this.tills.length >= 6) return;
    this.faults['till-cloned'] += 1;
    const clone = new Till(
      `copy of ${till.name}`,
      till.disk.copy(),
      new Link(this.network),
      this.surroundings,
    );
    this.tills.push(clone);
    this.copies.add(till).add(clone);
    till.cloneInto(clone);
    // Before they hear of each other.
    for (const one of [clone, till, clone, till])
      this.timeline.after(this.chance.below(300), () => one.act());
  }

  async #restoreEndpoint(): Promise<void> {
    const before = await this.placedIds();
    if (!this.endpoint.restore()) return;
    this.faults['endpoint-restored'] += 1;
    this.isEndpointRestored = true;
    this.#excuse(before, await this.placedIds());
  }

  #moveClock(till: Till, kind: FaultKind, byMs: number): void {
    this.faults[kind] += 1;
    till.clockMs += byMs;
  }

  /** A bit rots in what was just written, or it is something the endpoint refuses whole batches for. */
  #strike(till: Till, row: Row): void {
    const { member, id, data, type } = row.event;
    this.spoiled.add(id);
    if (member !== undefined) this.spoiledMembers.add(member);
    if (till.nextTrouble === 'poison') {
      this.faults['poison-event'] += 1;
      this.endpoint.poison.add(id);
    } else if (type === 'visit' && member !== undefined) {
      this.faults['event-damaged-on-disk'] += 1;
      till.disk.put(row, { event: { ...row.event, data: { ...(data as object), count: 99 } } });
      till.disk.orders.delete(member);
      till.disk.refresh(member, this.kit.protocol);
      const intent = this.intents.get(id);
      if (intent) intent.isExcused = true;
    }
    till.nextTrouble = undefined;
  }

  #revoke(till: Till, forMs: number): void {
    this.faults['token-revoked'] += 1;
    const { disk } = till;
    const token = this.endpoint.tokens.get(disk.token);
    if (token) token.isRevoked = true;
    this.timeline.after(forMs, () => this.#pairAgain(till));
  }

  #forgetToken(till: Till, forMs: number): void {
    this.faults['token-forgotten'] += 1;
    this.endpoint.tokens.delete(till.disk.token);
    this.timeline.after(forMs, () => this.#pairAgain(till));
  }

  #pairAgain(till: Till): void {
    const known = this.endpoint.tokens.get(till.disk.token);
    if (known && !known.isRevoked) return;
    till.disk.token = this.#newToken(till.disk.till, SHOP);
    till.resume();
  }

  #outdate(forMs: number): void {
    this.faults['app-too-old'] += 1;
    this.endpoint.isNewer = true;
    this.timeline.after(forMs, () => {
      this.endpoint.isNewer = false;
      for (const till of this.tills) till.resume();
    });
  }

  // Quiet: everything healed, every queue drained.

  async #quiet(): Promise<void> {
    this.surroundings.isQuiet = true;
    const { endpoint } = this;
    endpoint.isDown = false;
    endpoint.isNewer = false;
    for (const till of this.tills) {
      till.link.weather = 'fine';
      till.link.isNoisy = false;
      till.fuse = null;
      till.isDiskFull = false;
      if (!till.isRunning) till.start();
      this.#pairAgain(till);
      till.resume();
    }
    if (this.chance.happens(0.5)) for (const id of endpoint.poison) this.#retryPoison(id);
    await this.#drain();
    await checkQuiet(this);
    this.quietPoints += 1;
    for (const till of this.tills) till.link.isNoisy = true;
    this.surroundings.isQuiet = false;
  }

  #retryPoison(id: string): void {
    this.endpoint.poison.delete(id);
    for (const till of this.tills) {
      if (till.isRunning && till.disk.marks.setAside.some((aside) => aside.id === id)) till.tryAgain(id);
    }
  }

  async #drain(): Promise<void> {
    const queued = this.tills.reduce((sum, { disk }) => sum + disk.rows.length - disk.marks.uploaded, 0);
    const from = this.surroundings.requests;
    const most = 400 + 100 * this.tills.length + 20 * this.spoiled.size + 4 * queued;
    for (let round = 0; round < 200; round += 1) {
      await this.timeline.playUntil(this.timeline.nowMs + 10 * 60_000);
      if (this.surroundings.requests - from > most) {
        throw new Violation(
          `I10 ${this.surroundings.requests - from} requests and not drained: ${await this.#told()}`,
        );
      }
      if (this.network.underway === 0 && (await this.#isDrained())) return;
    }
    throw new Violation(`I10 not drained: ${await this.#told()}`);
  }

  async #isDrained(): Promise<boolean> {
    const { head } = await this.endpoint.store.heads(SHOP);
    return this.tills.every(
      (till) => till.isRunning && !till.isBusy && !till.hasQueue && till.disk.marks.cursor === head,
    );
  }

  async #told(): Promise<string> {
    const { head } = await this.endpoint.store.heads(SHOP);
    const each = this.tills.map(
      ({ name, disk, run, hasQueue, isRunning }) =>
        `${name} ${isRunning ? run.phase.kind : 'off'} cursor ${disk.marks.cursor} of ${head}${hasQueue ? ', has a queue' : ''}`,
    );
    return `${each.join('; ')}; ${this.network.underway} underway`;
  }
}

/** Stamp cards and points in every combination of rules, with up to three versions each. */
function someDefinitions(chance: Chance): readonly ProgramDefinition[] {
  const [definitions = []] = fc.sample(randomShop, { numRuns: 1, seed: chance.below(2 ** 31) });
  return definitions;
}

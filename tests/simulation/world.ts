import fc from 'fast-check';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { LedgerEvent } from '#shared/ledger/event.ts';
import type { EventId, StaffId } from '#shared/lib/brand.ts';
import { OFFLINE_RULES } from '#shared/domain/redeeming.ts';
import { shop as randomShop } from '#tests/arbitraries/programs.ts';
import { makeChance, type Chance } from './chance.ts';
import { STAFF } from './counter.ts';
import { Disk, Violation } from './disk.ts';
import { Endpoint, type Asked } from './endpoint.ts';
import { noFaults, type FaultCounts, type FaultKind } from './faults.ts';
import { checkQuiet } from './invariants.ts';
import { Link, type Network } from './link.ts';
import { Mishaps } from './mishaps.ts';
import type { Kit } from './protocol.ts';
import { Sticks } from './sticks.ts';
import { OTHER_SHOP, SHOP, type Intent, type Surroundings } from './surroundings.ts';
import { Till } from './till.ts';
import { Timeline } from './timeline.ts';

/** One shop, some tills, some weeks. Everything that goes wrong is counted; at quiet points all must be well. */

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.UTC(2026, 2, 2, 6);
const QUIET_EVERY_DAYS = 8;
/** What the app of the issues before could not read. */
const NEW_TYPES = ['merge', 'unmerge', 'erasure', 'day-close', 'export'];

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
  readonly surroundings: Surroundings;
  readonly network: Network;
  readonly kit: Kit;
  readonly mishaps = new Mishaps(this);
  readonly sticks = new Sticks(this);
  /** Somebody else's till at the same endpoint. */
  stranger: Till | undefined;
  /** What was counted on copies, wiped disks and restored endpoints has rules of its own. */
  isEndpointRestored = false;
  readonly copies = new Set<Till>();
  /** What the endpoint has every reason to refuse. */
  readonly spoiled = new Set<string>();
  readonly spoiledMembers = new Set<string>();
  /** Of which a damaged copy was brought to the endpoint first. */
  readonly comeLate = new Set<string>();
  quietPoints = 0;
  /** Versions that two tills published without knowing of each other. */
  readonly publishedTwice = new Set<string>();
  #ids = 0;
  #endpoint: Endpoint | undefined;

  constructor(seed: number, kit: Kit) {
    this.kit = kit;
    this.chance = makeChance(seed);
    this.network = {
      timeline: this.timeline,
      chance: this.chance,
      count: (fault) => this.count(fault),
      underway: 0,
      deliver: (request) => this.#deliver(request),
    };
    this.surroundings = this.#surround(new Map());
  }

  #surround(intents: Map<string, Intent>): Surroundings {
    const { kit, timeline, chance } = this;
    return {
      kit,
      timeline,
      chance,
      count: (fault) => this.count(fault),
      strike: (till, row) => this.mishaps.strike(till, row),
      shareMember: (till, member) => this.#atAnother(till, (other) => other.counter.redeemFor(member)),
      sharePerson: (till, phone) => this.#atAnother(till, (other) => other.counter.welcome(phone)),
      newId: (kind) => `${kind}-${(this.#ids += 1)}`,
      intents,
      edits: [],
      people: [],
      definitions: someDefinitions(chance),
      rule: chance.pick(OFFLINE_RULES),
      confirmed: new Set(),
      isQuiet: false,
      requests: 0,
    };
  }

  get endpoint(): Endpoint {
    if (!this.#endpoint) throw new Error('the world has not begun');
    return this.#endpoint;
  }

  get intents(): Map<string, Intent> {
    return this.surroundings.intents;
  }

  count(fault: FaultKind): void {
    this.faults[fault] += 1;
  }

  async live(days: number, tills: number): Promise<WorldReport> {
    this.#endpoint = await Endpoint.open(this.kit.endpoint, this.chance, () => this.timeline.nowMs);
    for (let number = 1; number <= tills; number += 1) {
      const till = this.#addTill(`till ${number}`, await this.freshDisk());
      // The first till is always up to date: somebody has to be able to say how it is.
      if (number === 1 || !this.chance.happens(0.15)) continue;
      this.count('older-app');
      till.disk.unreadTypes = new Set(NEW_TYPES);
      this.timeline.after(this.chance.below(days * DAY_MS), () => till.update(till.app));
    }
    await this.#addStranger();
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

  /** Somebody else's: no till of ours may ever see it, nor it anything of ours. */
  async #addStranger(): Promise<void> {
    const token = await this.endpoint.pair('stranger', OTHER_SHOP, '1.0.0');
    const disk = new Disk('stranger', OTHER_SHOP, token);
    this.stranger = new Till('stranger', disk, new Link(this.network), this.#surround(new Map()));
    this.stranger.start();
  }

  async freshDisk(): Promise<Disk> {
    const till = this.surroundings.newId('till');
    return new Disk(till, SHOP, await this.endpoint.pair(till, SHOP, this.endpoint.minApp));
  }

  #addTill(name: string, disk: Disk): Till {
    const till = new Till(name, disk, new Link(this.network), this.surroundings);
    till.clockMs = this.chance.happens(0.3) ? (this.chance.below(48) - 24) * HOUR_MS : 0;
    this.tills.push(till);
    till.start();
    return till;
  }

  #publishFirst(): void {
    const { definitions, newId } = this.surroundings;
    for (const program of definitions.filter(({ version }) => version === 1)) {
      const base = { id: newId('event') as EventId, staff: STAFF[0] as string as StaffId };
      this.tills[0]?.commit({ ...base, type: 'program', data: { program } });
    }
  }

  async #deliver(request: Asked) {
    const before = await this.endpoint.store.heads(SHOP);
    const reply = await this.endpoint.handle(request);
    const after = await this.endpoint.store.heads(SHOP);
    if (reply.kind === 'http' && reply.status === 429) this.count('rate-limited');
    if (after.head > before.head || after.docHead > before.docHead) this.#tellEverybody(after);
    return reply;
  }

  /** The live feed: gets through where the way is good. */
  #tellEverybody({ head, docHead }: { readonly head: number; readonly docHead: number }): void {
    for (const till of this.tills) {
      if (till.link.weather !== 'fine') continue;
      if (till.link.isNoisy && this.chance.happens(0.2)) continue;
      this.timeline.after(50 + this.chance.below(500), () => till.talk.hearOfMore(head, docHead));
    }
  }

  #atAnother(till: Till, act: (other: Till) => void): void {
    const other = this.chance.pick(this.tills);
    if (till === this.stranger || this.surroundings.isQuiet || other === till) return;
    if (this.chance.happens(0.3)) this.timeline.after(this.chance.below(600), () => act(other));
  }

  #planDay(): void {
    const { chance, timeline } = this;
    if (chance.happens(0.2)) timeline.after(chance.below(DAY_MS), () => this.endpoint.backUp());
    this.#planTrade(this.stranger, 2);
    for (const till of this.tills) {
      if (chance.happens(0.15)) {
        timeline.after(chance.below(DAY_MS), () => void (till.oldCopy = till.disk.copy()));
      }
      this.#planTrade(till, 2 + chance.below(6));
      if (chance.happens(0.5)) this.#sometime(16, () => this.mishaps.breakSomething(till));
      if (chance.happens(0.15)) this.#sometime(20, () => this.sticks.use(till));
    }
  }

  #planTrade(till: Till | undefined, deeds: number): void {
    if (!till) return;
    for (let index = 0; index < deeds; index += 1) this.#sometime(12, () => till.counter.act());
    for (let hour = 2; hour < 24; hour += 4) {
      this.timeline.after(hour * HOUR_MS + this.chance.below(HOUR_MS), () => till.talk.hearOfMore());
    }
  }

  /** Never while everything is being healed. */
  #sometime(withinHours: number, act: () => void | Promise<void>): void {
    this.timeline.after(this.chance.below(withinHours * HOUR_MS), () =>
      this.surroundings.isQuiet ? undefined : act(),
    );
  }

  async placedIds(): Promise<ReadonlySet<string>> {
    const order = await this.orderOf(SHOP);
    return new Set(order.map(({ id }) => id));
  }

  readonly orderOf = async (shop: string): Promise<readonly LedgerEvent[]> => {
    const { inner } = this.endpoint.store;
    const { head } = await inner.heads(shop);
    const { events } = await inner.pullEvents({ shop, after: 0, limit: head });
    return events.map(({ json }) => JSON.parse(json) as LedgerEvent);
  };

  // Quiet: everything healed, every queue drained.

  async #quiet(): Promise<void> {
    this.surroundings.isQuiet = true;
    const { endpoint } = this;
    endpoint.isDown = false;
    for (const till of this.#everyTill()) {
      till.link.weather = 'fine';
      till.link.isNoisy = false;
      till.fuse = null;
      till.isDiskFull = false;
      till.app = endpoint.minApp;
      if (!till.isRunning) till.start();
      await this.mishaps.pairAgain(till);
      till.resume();
    }
    if (this.chance.happens(0.5)) for (const id of endpoint.poison) this.#retryPoison(id);
    await this.#drain();
    await checkQuiet(this);
    this.quietPoints += 1;
    for (const till of this.#everyTill()) till.link.isNoisy = true;
    this.surroundings.isQuiet = false;
  }

  #everyTill(): readonly Till[] {
    return this.stranger ? [...this.tills, this.stranger] : this.tills;
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
    const most = 400 + 200 * this.tills.length + 20 * this.spoiled.size + 4 * queued;
    for (let round = 0; round < 400; round += 1) {
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
    for (const { isRunning, talk, disk } of this.#everyTill()) {
      const { head, docHead } = await this.endpoint.store.heads(disk.shop);
      const { cursor, docCursor } = disk.marks;
      if (!isRunning || !talk.isAtRest || cursor !== head || docCursor !== docHead) return false;
    }
    return true;
  }

  async #told(): Promise<string> {
    const { head, docHead } = await this.endpoint.store.heads(SHOP);
    const each = this.tills.map(({ name, disk, talk, hasQueue, isRunning }) => {
      const { cursor, docCursor } = disk.marks;
      const waits = `${hasQueue ? ', has a queue' : ''}, ${disk.unsentProfiles.size} documents wait`;
      return `${name} ${isRunning ? talk.run.phase.kind : 'off'} ${cursor} of ${head}, ${docCursor} of ${docHead}${waits}`;
    });
    return `${each.join('; ')}; ${this.network.underway} underway`;
  }
}

/** Stamp cards and points in every combination of rules, with up to three versions each. */
function someDefinitions(chance: Chance): readonly ProgramDefinition[] {
  const [definitions = []] = fc.sample(randomShop, { numRuns: 1, seed: chance.below(2 ** 31) });
  return definitions;
}

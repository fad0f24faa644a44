import { openDatabase, type Database } from '#renderer/data/database.ts';
import { openLedger } from '#renderer/data/ledger.ts';
import type { Ledger } from '#renderer/data/ledger-port.ts';
import { openSyncStore } from '#renderer/data/sync/open-sync-store.ts';
import { needsRebuild, rebuildProjections } from '#renderer/data/rebuild.ts';
import type { PulledProfile, SyncStore } from '#renderer/data/sync/sync-store.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { createMemoryStore, type MemoryStore } from '#server/store/memory-store.ts';
import { makePreset } from '#shared/domain/presets.ts';
import type { Profile, ProfileContent } from '#shared/domain/profile.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF, type EventDraft, type KnownEvent } from '#shared/ledger/event.ts';
import type { MemberId, ProgramId, ShopId, TillId } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';
import { planPush } from '#shared/sync/plan-push.ts';
import { startRun, type SyncRun } from '#shared/sync/sync-state.ts';
import type { ProfileDoc } from '#shared/sync/wire.ts';
import { ManualClock } from './manual-clock.ts';

/**
 * Tills of one shop, with real stores, and an endpoint in memory between them. Nothing is sealed and nothing gets lost on the
 * way: what the loop makes of an unreliable way is proven with the loop.
 */

export type DraftContent = {
  [Type in EventDraft['type']]: Pick<EventDraft & { type: Type }, 'type' | 'data'>;
}[EventDraft['type']];

export interface SyncedTill {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly store: SyncStore;
  readonly clock: ManualClock;
  readonly ids: ReturnType<typeof createRandomIds>;
  run: SyncRun;
  append(content: DraftContent, member?: MemberId, profile?: ProfileContent): Promise<KnownEvent>;
  /** Writes as this till would after a start: in a stream of its own. */
  restart(): Promise<SyncedTill>;
}

export const COFFEE: ProgramDefinition = {
  ...makePreset({
    key: 'coffee',
    id: 'coffee' as ProgramId,
    names: { name: 'Coffee card', finalReward: 'Free coffee' },
    currency: 'EUR',
  }),
  headStart: 0,
};

export class SyncedShop {
  readonly shop: ShopId;
  endpoint: MemoryStore;
  readonly tills: SyncedTill[] = [];
  /** Events in one page, and in one batch. */
  pageSize = 100;
  batchSize = 50;
  #epochs = 1;

  private constructor() {
    this.shop = crypto.randomUUID() as ShopId;
    this.endpoint = createMemoryStore('epoch-1');
  }

  static async open(count: number): Promise<SyncedShop> {
    const shop = new SyncedShop();
    await shop.endpoint.createShop({ shop: shop.shop, atMs: 0 });
    for (let index = 0; index < count; index += 1) await shop.addTill();
    return shop;
  }

  async addTill(): Promise<SyncedTill> {
    const opened = await openDatabase(`sync-${crypto.randomUUID()}`);
    if (!opened.ok) throw new Error(opened.error.code);
    const database = opened.value;
    const till = `till-${this.tills.length + 1}` as TillId;
    await database.meta.add({ key: 'identity', value: { shop: this.shop, till } });
    const made = await this.#start(database, till, new ManualClock());
    this.tills.push(made);
    return made;
  }

  async #start(database: Database, till: TillId, clock: ManualClock): Promise<SyncedTill> {
    if (await needsRebuild(database)) await rebuildProjections(database);
    const ids = createRandomIds();
    const identity = { shop: this.shop, till };
    const ledger = await openLedger({ database, clock, ids, identity });
    const store = openSyncStore({ database, clock, identity });
    return {
      database,
      ledger,
      store,
      clock,
      ids,
      run: startRun({ isPaired: true, batchLimit: this.batchSize }),
      append: async (content, member, profile) => {
        const id = ids.eventId();
        const isThere = member !== undefined && (await database.members.get(member)) !== undefined;
        const draft = {
          id,
          staff: UNASSIGNED_STAFF,
          ...content,
          ...(member ? { member } : {}),
        } as EventDraft;
        const done = await ledger.append<never>({
          id,
          ...(member ? { member } : {}),
          // As the commands ask: a stamp of somebody who is there looks at the card alone.
          reads: isThere && content.type === 'visit' ? {} : { history: true, profile: true },
          decide: () => ok({ draft, ...(profile ? { profile } : {}) }),
        });
        if (!done.ok) throw new Error(done.error.problem);
        return done.value.event;
      },
      restart: () => this.#start(database, till, clock),
    };
  }

  /** The endpoint is gone; one from a backup takes its place. */
  restoreEndpoint(backup: ReturnType<MemoryStore['backUp']>): void {
    this.#epochs += 1;
    this.endpoint = createMemoryStore(`epoch-${this.#epochs}`, backup);
  }

  /** The same, by hand: nobody made a new epoch. */
  putBackEndpoint(backup: ReturnType<MemoryStore['backUp']>): void {
    this.endpoint = createMemoryStore(`epoch-${this.#epochs}`, backup);
  }

  async hello(till: SyncedTill): Promise<void> {
    const streams = await till.store.queuedStreams();
    const { shop } = this;
    const known = await this.endpoint.listHeads({ shop, streams: streams.map(({ stream }) => stream) });
    const { head } = await this.endpoint.heads(shop);
    const serverEpoch = await this.endpoint.epoch();
    const answer = { serverEpoch, head, streams: known, flags: [] };
    if (await till.store.isAnew(answer)) await till.store.queueAllProfiles();
    till.run = (await till.store.takeHello(answer, till.run)).run;
  }

  async pull(till: SyncedTill): Promise<void> {
    const { cursor } = await till.store.marks();
    const page = await this.readPage(cursor);
    till.run = (await till.store.takePage(page, till.run, 0.5)).run;
  }

  async readPage(after: number, limit = this.pageSize) {
    const { events, head } = await this.endpoint.pullEvents({ shop: this.shop, after, limit });
    const serverEpoch = await this.endpoint.epoch();
    return {
      serverEpoch,
      head,
      events: events.map(({ g, json }) => ({ g, event: JSON.parse(json) as unknown })),
    };
  }

  /** @returns whether there was anything to send. */
  async push(till: SyncedTill): Promise<boolean> {
    const queue = await till.store.queue(this.batchSize);
    const batch = planPush(queue, till.run, crypto.randomUUID());
    if (!batch) return false;
    const { events } = JSON.parse(batch.text) as { events: unknown[] };
    const request = { shop: this.shop, till: till.store.till, events, atMs: 0 };
    const results = await this.endpoint.acceptBatch(request);
    const step = await till.store.takeVerdicts(batch, results, till.run);
    if (step) till.run = step.run;
    return true;
  }

  /** One till, until nothing is left to say; documents last. */
  async exchange(till: SyncedTill): Promise<void> {
    for (let turn = 0; turn < 1000; turn += 1) {
      if (till.run.needsHello) await this.hello(till);
      else if (till.run.isBehind) await this.pull(till);
      else if (!(await this.push(till))) return await this.exchangeProfiles(till);
    }
    throw new Error('the till never comes to rest');
  }

  async exchangeProfiles(till: SyncedTill): Promise<void> {
    const { shop } = this;
    const sent = await till.store.unsentProfiles(1000);
    const docs = sent.map((doc): ProfileDoc =>
      doc.kind === 'erased'
        ? { member: doc.member, hlc: doc.hlc, erased: true }
        : { member: doc.profile.member, hlc: doc.profile.hlc, sealed: JSON.stringify(doc.profile) },
    );
    if (docs.length > 0) await this.endpoint.putProfiles({ shop, docs });
    await till.store.profilesSent(sent.map((doc) => (doc.kind === 'erased' ? doc : doc.profile)));
    const { docCursor } = await till.store.marks();
    const pulled = await this.endpoint.pullProfiles({ shop, after: docCursor, limit: 1000 });
    const last = pulled.docs.at(-1);
    if (last) await till.store.takeProfiles({ docs: pulled.docs.map(openDoc), docCursor: last.p });
  }

  /** Everybody, in turn, until all of them know everything. */
  async settle(): Promise<void> {
    for (let round = 0; round < 3; round += 1) {
      for (const till of this.tills) {
        till.run = { ...till.run, isBehind: true };
        await this.exchange(till);
      }
    }
  }

  async close(): Promise<void> {
    for (const { database } of this.tills) await database.delete();
  }
}

const openDoc = (doc: ProfileDoc): PulledProfile =>
  'sealed' in doc
    ? { kind: 'profile', profile: JSON.parse(doc.sealed) as Profile }
    : { kind: 'erased', member: doc.member as MemberId, hlc: doc.hlc as Profile['hlc'] };

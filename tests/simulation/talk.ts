import type { PullWrite } from '#shared/sync/apply-pull.ts';
import type { Batch } from '#shared/sync/plan-push.ts';
import type { RawReply } from '#shared/sync/read-reply.ts';
import { hearOfDocs, isPassed, startDocs, type DocBatch, type DocRun } from '#shared/sync/plan-profiles.ts';
import { hearOfHead, settled, type SyncRun, type SyncStep } from '#shared/sync/sync-state.ts';
import {
  helloAnswerSchema,
  profileVerdictsSchema,
  pullAnswerSchema,
  pullProfilesSchema,
  pushAnswerSchema,
  type ProfileDoc,
} from '#shared/sync/wire.ts';
import { Violation, type Row } from './disk.ts';
import type { Asked } from './endpoint.ts';
import { mergeSameNumbers } from './merging.ts';
import { openDoc, sealDoc } from './profile-port.ts';
import type { Kit } from './protocol.ts';
import type { Till } from './till.ts';

/** A till's conversation with its endpoint: one question at a time, and what each answer does. */

const PULL_LIMIT = 50;
const HOUR_MS = 3_600_000;
const MOST_REQUESTS_AN_HOUR = 2000;

export class Talk {
  run!: SyncRun;
  isBusy = false;
  docs: DocRun = startDocs();
  /** What was there when it last looked for one person with two ids. */
  lookedAt = '';
  #isWaiting = false;
  #begun = 0;
  #hour = { fromMs: 0, requests: 0 };

  readonly #till: Till;

  constructor(till: Till) {
    this.#till = till;
  }

  /** Whatever was asked before is not waited for any more. */
  begin(run: SyncRun): void {
    this.run = run;
    this.#begun += 1;
    this.isBusy = false;
    this.docs = startDocs();
    this.lookedAt = '';
    this.#isWaiting = false;
    this.nudge();
  }

  get #kit(): Kit {
    return this.#till.world.kit;
  }

  /** Nothing left to ask or say. */
  get isAtRest(): boolean {
    const { disk, hasQueue } = this.#till;
    return !this.isBusy && !hasQueue && !this.docs.isBehind && disk.unsentProfiles.size === 0;
  }

  /** @param head 0: nobody told, it is only time to ask. */
  hearOfMore(head = 0, docHead = 0): void {
    const { cursor, docCursor } = this.#till.disk.marks;
    // The echo of what was just written and pulled is no reason to ask.
    if (head === 0 || head > cursor) this.run = hearOfHead(this.run, head);
    if (docHead === 0 || docHead > docCursor) this.docs = hearOfDocs(this.docs, docHead);
    this.nudge();
  }

  nudge(): void {
    const till = this.#till;
    if (!till.isRunning || this.isBusy || this.#isWaiting) return;
    switch (this.#kit.protocol.planNext(this.run, { hasQueue: till.hasQueue })) {
      case 'hello':
        return this.#hello();
      case 'pull':
        return this.#pull();
      case 'push':
        return this.#push();
      case 'rest':
        return this.run.phase.kind === 'idle' ? this.#nudgeDocs() : undefined;
    }
  }

  #nudgeDocs(): void {
    const waiting = this.#waitingDocs();
    switch (this.#kit.protocol.planDocs(this.docs, { hasWaiting: waiting.length > 0 })) {
      case 'pull':
        return this.#pullDocs();
      case 'push':
        return this.#pushDocs(waiting);
      case 'rest':
        this.#till.guarded(() => mergeSameNumbers(this.#till));
    }
  }

  #waitingDocs(): readonly ProfileDoc[] {
    const { unsentProfiles, profiles, erased } = this.#till.disk;
    return [...unsentProfiles]
      .flatMap(
        (member) => sealDoc(member, { profile: profiles.get(member), erased: erased.get(member) }) ?? [],
      )
      .filter((doc) => !isPassed(this.docs, doc));
  }

  #ask(
    request: Pick<Asked, 'route'> & Partial<Asked>,
    take: (reply: RawReply) => SyncStep & { readonly writes?: readonly PullWrite[] },
  ): void {
    const till = this.#till;
    const { life } = till;
    const begun = this.#begun;
    this.isBusy = true;
    till.world.requests += 1;
    this.#expectCalm();
    const asked = { text: '', after: 0, limit: PULL_LIMIT, token: till.disk.token, ...request };
    till.link.send(asked, (reply) => {
      if (till.life !== life || this.#begun !== begun) return;
      this.isBusy = false;
      till.guarded(() => {
        const step = take(reply);
        till.keeper.apply(step);
        this.#next(step.run);
      });
    });
  }

  /** I10: no answer makes a till ask faster and faster. */
  #expectCalm(): void {
    const { nowMs } = this.#till.world.timeline;
    if (nowMs - this.#hour.fromMs > HOUR_MS) this.#hour = { fromMs: nowMs, requests: 0 };
    this.#hour.requests += 1;
    if (this.#hour.requests > MOST_REQUESTS_AN_HOUR)
      throw new Violation(`I10 ${this.#till.name} asks without end`);
  }

  #next(run: SyncRun): void {
    const till = this.#till;
    this.run = run;
    if (!run.isBehind) till.counter.hearWhole();
    const { life } = till;
    const begun = this.#begun;
    const again = (change: () => void) => () => {
      if (till.life !== life || this.#begun !== begun) return;
      change();
      this.nudge();
    };
    const { timeline } = till.world;
    if (run.phase.kind === 'waiting') {
      this.#isWaiting = true;
      timeline.after(
        run.phase.forMs,
        again(() => (this.#isWaiting = false)),
      );
      return;
    }
    timeline.after(
      1,
      again(() => undefined),
    );
  }

  #hello(): void {
    const { protocol } = this.#kit;
    const till = this.#till;
    const streams = new Map<string, Row>();
    for (const row of till.queue()) {
      if (streams.size >= 50) break;
      if (!streams.has(row.event.stream)) streams.set(row.event.stream, row);
    }
    const acknowledged = till.listAcknowledged();
    for (const row of acknowledged) if (!streams.has(row.event.stream)) streams.set(row.event.stream, row);
    const { marks } = till.disk;
    const text = JSON.stringify({
      till: till.disk.till,
      app: till.app,
      schemaEpoch: 1,
      streams: [...streams].map(([stream, { event }]) => ({ stream, lastSeq: event.seq, link: event.link })),
      cursor: marks.cursor,
      docCursor: marks.docCursor,
      ...(marks.serverEpoch === null ? {} : { serverEpoch: marks.serverEpoch }),
    });
    const asked = [...streams.values()];
    this.#ask({ route: 'hello', text }, (raw) => {
      const reply = protocol.readReply(raw, helloAnswerSchema, till.wall());
      if (reply.kind !== 'answer') return this.#noAnswer(reply);
      const { docHead } = reply.value;
      // Before the epoch is kept: cut off in between, the next start does it once more.
      if (protocol.isAnew(reply.value, till.disk.marks, acknowledged)) till.keeper.queueAllProfiles();
      if (docHead > till.disk.marks.docCursor) this.docs = hearOfDocs(this.docs, docHead);
      return protocol.takeHello(reply.value, this.#standing(), {
        queue: asked.flatMap(({ event }) => till.disk.find(event.id) ?? []),
        findAt: (stream, seq) => till.disk.findAt(stream, seq),
        acknowledged,
      });
    });
  }

  #push(): void {
    const { protocol } = this.#kit;
    const till = this.#till;
    const { serverEpoch } = till.disk.marks;
    const name = till.world.newId('batch');
    const batch = protocol.planPush(till.queue(), this.run, name, serverEpoch) as Batch;
    this.#ask({ route: 'pushEvents', text: batch.text }, (raw) => {
      const reply = protocol.readReply(raw, pushAnswerSchema, till.wall());
      if (reply.kind === 'rejected') {
        return protocol.takeRejection(batch, reply, this.#pushed(), till.world.chance.next());
      }
      if (reply.kind !== 'answer') return this.#noAnswer(reply);
      const step = protocol.takeVerdicts(batch, reply.value.results, this.#pushed());
      return step ?? this.#noAnswer({ kind: 'unknown', because: 'not-ours' });
    });
  }

  #pull(): void {
    const { protocol } = this.#kit;
    const till = this.#till;
    this.#ask({ route: 'pullEvents', after: till.disk.marks.cursor }, (raw) => {
      const reply = protocol.readReply(raw, pullAnswerSchema, till.wall());
      if (reply.kind !== 'answer') return this.#noAnswer(reply);
      return protocol.applyPull(
        reply.value,
        this.#standing(),
        {
          shop: till.disk.shop,
          till: till.disk.till,
          find: (id) => till.disk.find(id),
          findAt: (stream, seq) => till.disk.findAt(stream, seq),
        },
        till.world.chance.next(),
      );
    });
  }

  // Documents.

  #pullDocs(): void {
    const till = this.#till;
    const { protocol } = this.#kit;
    const { docCursor } = till.disk.marks;
    this.#ask({ route: 'pullProfiles', after: docCursor }, (raw) => {
      const reply = protocol.readReply(raw, pullProfilesSchema, till.wall());
      if (reply.kind !== 'answer') return this.#noAnswer(reply);
      const step = protocol.takeDocPage(reply.value, docCursor, this.docs);
      switch (step.do) {
        case 'wait':
          return this.#noAnswer({ kind: 'unknown', because: 'not-ours' });
        case 'begin-anew':
          till.keeper.queueAllProfiles();
          till.keeper.takeDocs([], 0);
          this.docs = startDocs();
          break;
        case 'take':
          till.keeper.takeDocs(reply.value.docs.map(openDoc), step.docCursor);
          this.docs = step.run;
      }
      return this.#settled();
    });
  }

  #pushDocs(waiting: readonly ProfileDoc[]): void {
    const till = this.#till;
    const { disk } = till;
    const { protocol, host } = this.#kit;
    const batch = protocol.packDocs(waiting, this.docs, disk.marks.serverEpoch) as DocBatch;
    this.#ask({ route: 'pushProfiles', text: batch.text }, (raw) => {
      const reply = protocol.readReply(raw, profileVerdictsSchema, till.wall());
      if (reply.kind === 'rejected') {
        const refused = protocol.takeDocRejection(batch, reply, this.docs);
        this.docs = refused.run;
        return refused.do === 'again' ? this.#settled() : this.#noAnswer(reply);
      }
      if (reply.kind !== 'answer') return this.#noAnswer(reply);
      const docs = protocol.takeDocVerdicts(batch, reply.value.results, this.docs);
      if (!docs) return this.#noAnswer({ kind: 'unknown', because: 'not-ours' });
      till.transact(() => {
        for (const { member, hlc } of batch.docs) {
          const now = disk.erased.get(member) ?? disk.profiles.get(member)?.hlc;
          // Edited while it was on its way: it goes on waiting.
          if (now === hlc || host.isEditForgotten) disk.unsentProfiles.delete(member);
        }
      });
      this.docs = docs;
      return this.#settled();
    });
  }

  #settled(): SyncStep {
    return { marks: this.#till.disk.marks, run: settled(this.run), effects: [] };
  }

  /** A manager may have offered something older again since. */
  #pushed() {
    const { disk } = this.#till;
    return { ...this.#standing(), queueHead: this.#till.queue().next().value?.n, till: disk.till };
  }

  #standing() {
    return { marks: this.#till.disk.marks, run: this.run };
  }

  #noAnswer(reply: Exclude<ReturnType<Kit['protocol']['readReply']>, { kind: 'answer' }>): SyncStep {
    const answer = reply.kind === 'rejected' ? ({ kind: 'unknown', because: 'not-ours' } as const) : reply;
    return this.#kit.protocol.planRetry(answer, this.#standing(), this.#till.world.chance.next());
  }
}

import type { MemberId } from '#shared/lib/brand.ts';
import type { ProfileToSend } from '#renderer/data/sync/sync-store.ts';
import {
  isPassed,
  packDocs,
  planDocs,
  startDocs,
  takeDocPage,
  takeDocRejection,
  takeDocVerdicts,
  type DocRun,
} from '#shared/sync/plan-profiles.ts';
import type { NoAnswer } from '#shared/sync/read-reply.ts';
import { MAX_PROFILE_DOCS, profileVerdictsSchema, pullProfilesSchema } from '#shared/sync/wire.ts';
import type * as z from 'zod/mini';
import type { Exchange } from './exchange.ts';
import type { LoopParts } from './loop-parts.ts';
import { createPortion } from './portion.ts';
import type { StatusBoard } from './status-board.ts';

/** Profile documents: sealed and sent, pulled and opened. One request at a time. */
export interface ProfileCycle {
  next(run: DocRun): Promise<DocOutcome>;
}

export interface DocOutcome {
  readonly run: DocRun;
  readonly next: 'more' | 'rest' | NoAnswer;
  /** Whose document came. */
  readonly members: readonly MemberId[];
}

type PulledPage = z.output<typeof pullProfilesSchema>;

/** A second or so to open and write, in pieces. */
const PULL_DOCS = 1000;
const LEAST_PULLED = 50;
const LEAST_PUSHED = 20;
const NOT_OURS = { kind: 'unknown', because: 'not-ours' } as const;

const stampOf = (waiting: ProfileToSend) =>
  waiting.kind === 'erased' ? { member: waiting.member, hlc: waiting.hlc } : waiting.profile;

export function createProfileCycle(parts: LoopParts, exchange: Exchange, board: StatusBoard): ProfileCycle {
  const { store, sealer, pace } = parts;
  const offer = createPortion({ most: MAX_PROFILE_DOCS, least: LEAST_PUSHED });
  const page = createPortion({ most: PULL_DOCS, least: LEAST_PULLED });

  async function push(waiting: readonly ProfileToSend[], run: DocRun): Promise<DocOutcome> {
    const { serverEpoch } = await store.marks();
    const docs = await Promise.all(waiting.map((one) => sealer.close(one)));
    const batch = packDocs(docs, { limit: Math.min(run.limit, offer.size()) }, serverEpoch);
    if (!batch) return { run, next: 'rest', members: [] };
    const about = { kind: 'profiles-push', events: batch.docs.length } as const;
    const request = { method: 'POST', path: '/v1/profiles', body: batch.text } as const;
    const reply = await exchange.send(request, profileVerdictsSchema, about);
    offer.learn(reply);
    if (reply.kind === 'rejected') {
      const refused = takeDocRejection(batch, reply, run);
      return { run: refused.run, next: refused.do === 'wait' ? NOT_OURS : 'more', members: [] };
    }
    if (reply.kind !== 'answer') return { run, next: reply, members: [] };
    const settled = takeDocVerdicts(batch, reply.value.results, run);
    board.report({ ...about, outcome: settled ? 'ok' : 'not-ours' });
    if (!settled) return { run, next: NOT_OURS, members: [] };
    await store.profilesSent(waiting.slice(0, batch.docs.length).map(stampOf));
    board.recount();
    return { run: settled, next: 'more', members: [] };
  }

  async function pull(run: DocRun): Promise<DocOutcome> {
    const { docCursor } = await store.marks();
    const path = `/v1/profiles?after=${docCursor}&limit=${page.size()}` as const;
    const about = { kind: 'profiles-pull', events: 0 } as const;
    const reply = await exchange.send({ method: 'GET', path }, pullProfilesSchema, about);
    page.learn(reply);
    if (reply.kind === 'rejected') return { run, next: NOT_OURS, members: [] };
    if (reply.kind !== 'answer') return { run, next: reply, members: [] };
    const answer = reply.value;
    const step = takeDocPage(answer, docCursor, run);
    switch (step.do) {
      case 'wait':
        board.report({ ...about, outcome: 'not-ours' });
        return { run, next: NOT_OURS, members: [] };
      case 'begin-anew':
        await store.queueAllProfiles();
        await store.takeProfiles({ docs: [], docCursor: 0 });
        return { run: startDocs(), next: 'more', members: [] };
      case 'take':
        await take(answer.docs);
        return { run: step.run, next: 'more', members: answer.docs.map(({ member }) => member as MemberId) };
    }
  }

  async function take(docs: PulledPage['docs']): Promise<void> {
    let unreadable = 0;
    for (let from = 0; from < docs.length;) {
      await pace.ready();
      const slice = docs.slice(from, from + pace.rows());
      from += slice.length;
      const opened = await Promise.all(slice.map((doc) => sealer.open(doc)));
      unreadable += opened.filter(({ kind }) => kind === 'unreadable').length;
      const startedAt = pace.steadyNow();
      await store.takeProfiles({ docs: opened, docCursor: slice.at(-1)?.p ?? 0 });
      pace.measured({ rows: slice.length, durationMs: pace.steadyNow() - startedAt });
    }
    if (docs.length === 0) return;
    board.report({
      kind: 'profiles-pull',
      events: docs.length,
      outcome: unreadable > 0 ? 'unreadable' : 'ok',
    });
  }

  return {
    async next(run) {
      const waiting = await store.unsentProfiles(run.limit + run.passed.length);
      const open = waiting.filter((one) => !isPassed(run, stampOf(one))).slice(0, run.limit);
      switch (planDocs(run, { hasWaiting: open.length > 0 })) {
        case 'push':
          return await push(open, run);
        case 'pull':
          return await pull(run);
        case 'rest':
          return { run, next: 'rest', members: [] };
      }
    },
  };
}

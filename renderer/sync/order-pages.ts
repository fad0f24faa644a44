import type { Page } from '#shared/sync/apply-pull.ts';
import { readReply, type Reply } from '#shared/sync/read-reply.ts';
import { MAX_PULL_EVENTS, pullAnswerSchema } from '#shared/sync/wire.ts';
import type { Exchange } from './exchange.ts';
import type { LoopParts } from './loop-parts.ts';
import { createPortion } from './portion.ts';
import type { StatusBoard } from './status-board.ts';

export type PulledReply = Reply<Page>;

/**
 * Pages of the shop's order, for whoever reads a long past ahead and for the ledger, which comes to it later:
 *
 *   read ahead ─► kept? ─ no ─► endpoint ─► kept ─► … ─► the ledger finds it ─► the ledger is behind the last one: all of it goes
 */
export interface OrderPages {
  /** From the endpoint. */
  pull(after: number): Promise<PulledReply>;
  /** What was kept, and the endpoint for the rest, which is kept from then on. */
  readAhead(place: Place): Promise<PulledReply>;
  /** What was kept, and nothing else. Undefined: it is not here. */
  findKept(place: Place): Promise<Page | undefined>;
  /** The same for the ledger, behind which nothing need be kept. */
  find(place: Place): Promise<Page | undefined>;
  /** The endpoint has said how far its order goes: no page beyond it is of that order. */
  heard(head: number): Promise<void>;
  /** Nothing can be done with what was kept. */
  forget(): Promise<void>;
}

interface Place {
  readonly after: number;
  readonly serverEpoch: string | null;
}

/** Some hundred kilobytes: with less, a line would be all overhead. */
const LEAST_PULLED = 100;

export function createOrderPages(
  { pageCache }: Pick<LoopParts, 'pageCache'>,
  exchange: Exchange,
  board: StatusBoard,
): OrderPages {
  const portion = createPortion({ most: MAX_PULL_EVENTS, least: LEAST_PULLED });
  let keeping: Promise<void> = Promise.resolve();

  async function pull(after: number): Promise<PulledReply> {
    return (await pullText(after)).reply;
  }

  async function pullText(after: number): Promise<{ readonly reply: PulledReply; readonly text: string }> {
    const path = `/v1/events?after=${after}&limit=${portion.size()}` as const;
    let text = '';
    const about = { kind: 'pull', events: 0 } as const;
    const reply = await exchange.send({ method: 'GET', path }, pullAnswerSchema, about, (said) => {
      text = said;
    });
    portion.learn(reply);
    return { reply, text };
  }

  /** Whoever reads waits only while the page before this one is still being written. */
  async function keep(after: number, { serverEpoch, events, text }: Page & { readonly text: string }) {
    const through = events.at(-1)?.g;
    if (through === undefined || !followsOn(after, events)) return;
    await keeping;
    keeping = pageCache.put({ serverEpoch, after, through, text });
  }

  async function findKept({ after, serverEpoch }: Place): Promise<Page | undefined> {
    const text = serverEpoch === null ? undefined : await pageCache.find(serverEpoch, after);
    if (text === undefined) return undefined;
    const reply = readReply({ kind: 'http', status: 200, retryAfter: null, text }, pullAnswerSchema, 0);
    if (reply.kind !== 'answer') return undefined;
    const { value } = reply;
    return { ...value, events: value.events.filter(({ g }) => g > after) };
  }

  async function forget(): Promise<void> {
    board.filing(false);
    await pageCache.clear();
  }

  return {
    pull,
    forget,
    findKept,
    async readAhead(place) {
      const value = await findKept(place);
      if (value) return { kind: 'answer', value };
      const { reply, text } = await pullText(place.after);
      if (reply.kind === 'answer') await keep(place.after, { ...reply.value, text });
      return reply;
    },
    async find(place) {
      const page = await findKept(place);
      board.filing(page !== undefined);
      // More of the order may have been heard of since.
      if (page) return { ...page, head: Math.max(page.head, board.now().head) };
      const through = await pageCache.through();
      if (through > 0 && place.after >= through) await forget();
      return undefined;
    },
    async heard(head) {
      if ((await pageCache.through()) > head) await forget();
    },
  };
}

/** Whether these are the next ones of the order. */
export const followsOn = (after: number, events: Page['events']): boolean =>
  events.every(({ g }, index) => g === after + index + 1);

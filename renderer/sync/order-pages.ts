import type * as z from 'zod/mini';
import { readReply, type Reply } from '#shared/sync/read-reply.ts';
import { MAX_PULL_EVENTS, pullAnswerSchema } from '#shared/sync/wire.ts';
import type { Exchange } from './exchange.ts';
import type { LoopParts } from './loop-parts.ts';
import { createPortion } from './portion.ts';
import type { StatusBoard } from './status-board.ts';

type Page = z.output<typeof pullAnswerSchema>;
export type PulledReply = Reply<Page>;

/** Pages of the shop's order: of the endpoint, or as they were kept when they came for the first time. */
export interface OrderPages {
  ask(request: PageRequest): Promise<PulledReply>;
  /** Nothing could be done with what was kept: from here on it comes from the endpoint. */
  forget(): Promise<void>;
}

interface PageRequest {
  readonly after: number;
  readonly serverEpoch: string | null;
  /** It will be read again. Whoever reads for the last time ends the keeping with the first page that was not kept. */
  readonly isKept: boolean;
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

  async function find({ after, serverEpoch, isKept }: PageRequest): Promise<PulledReply | undefined> {
    if (serverEpoch === null) return undefined;
    const text = await pageCache.find(serverEpoch, after);
    if (text === undefined) return undefined;
    const reply = readReply({ kind: 'http', status: 200, retryAfter: null, text }, pullAnswerSchema, 0);
    if (reply.kind !== 'answer') return undefined;
    if (!isKept) board.filing(true);
    const { value } = reply;
    const events = value.events.filter(({ g }) => g > after);
    // Read for the last time it is about the rest of the order, too, and more of that may have been heard of since.
    const head = isKept ? value.head : Math.max(value.head, board.now().head);
    return { kind: 'answer', value: { ...value, events, head } };
  }

  async function pull({ after, isKept }: PageRequest): Promise<PulledReply> {
    const path = `/v1/events?after=${after}&limit=${portion.size()}` as const;
    let text = '';
    const about = { kind: 'pull', events: 0 } as const;
    const reply = await exchange.send({ method: 'GET', path }, pullAnswerSchema, about, (said) => {
      text = said;
    });
    portion.learn(reply);
    if (!isKept) await endKeeping();
    else if (reply.kind === 'answer') await keep(after, { ...reply.value, text });
    return reply;
  }

  /** No more than one waits for it. */
  async function keep(after: number, { serverEpoch, events, text }: Page & { readonly text: string }) {
    const through = events.at(-1)?.g;
    if (through === undefined || !followsOn(after, events)) return;
    await keeping;
    keeping = pageCache.put({ serverEpoch, after, through, text });
  }

  async function endKeeping(): Promise<void> {
    board.filing(false);
    await pageCache.clear();
  }

  return {
    ask: async (request) => (await find(request)) ?? (await pull(request)),
    forget: endKeeping,
  };
}

/** Whether these are the next ones of the order. */
export const followsOn = (after: number, events: Page['events']): boolean =>
  events.every(({ g }, index) => g === after + index + 1);

import type * as z from 'zod/mini';
import type { SendRequest } from '#renderer/platform/endpoint-link.ts';
import { readReply, type Reply } from '#shared/sync/read-reply.ts';
import type { BatchReport } from './sync-desk.ts';
import type { LoopParts } from './loop-parts.ts';
import type { StatusBoard } from './status-board.ts';

/** One request and what came of it, told on the board. */
export interface Exchange {
  send<Schema extends z.ZodMiniType>(
    request: Omit<SendRequest, 'timeoutMs'>,
    schema: Schema,
    about: Pick<BatchReport, 'kind' | 'events'>,
    /** What came, word for word. */
    hear?: (text: string) => void,
  ): Promise<Reply<z.output<Schema>>>;
}

/** A small question: longer than this, and nothing comes. */
const SHORT_MS = 20_000;
/** A full batch or page on a slow line. One that is slower still gets less of it the next time (portion.ts). */
const LONG_MS = 60_000;

export function createExchange(parts: Pick<LoopParts, 'link' | 'clock'>, board: StatusBoard): Exchange {
  const { link, clock } = parts;
  return {
    async send(request, schema, { kind, events }, hear) {
      const raw = await link.send({ ...request, timeoutMs: kind === 'hello' ? SHORT_MS : LONG_MS });
      const reply = readReply(raw, schema, clock.now());
      const isAnswer = reply.kind === 'answer';
      // A refusal in our words is a contact too.
      if (isAnswer || (reply.kind === 'rejected' && reply.isOurs)) board.contact();
      if (raw.kind === 'http') hear?.(raw.text);
      const isHeldBack = raw.kind === 'failed' && link.isHeld?.() === true;
      if (!isAnswer && !isHeldBack) board.report({ kind, events, outcome: outcomeOf(reply) });
      return reply;
    },
  };
}

function outcomeOf(reply: Exclude<Reply<unknown>, { readonly kind: 'answer' }>): string {
  switch (reply.kind) {
    case 'unknown':
    case 'stop':
      return reply.because;
    case 'rejected':
      return `http-${reply.status}`;
    case 'busy':
    case 'unauthorized':
    case 'other-epoch':
      return reply.kind;
  }
}

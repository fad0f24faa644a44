import type { MemberId } from '#shared/lib/brand.ts';
import type { PullWrite } from '#shared/sync/apply-pull.ts';
import type { Waiting } from './waiting-places.ts';

type CardOf = (write: PullWrite) => MemberId | undefined;

/**
 * Which cards have their events in another order now. What waits comes after everything that has a place; so a card keeps its
 * order where its waiting events get their places as they wait, and nothing comes in between.
 */
export function followOrder(
  writes: readonly PullWrite[],
  waiting: Waiting,
  cardOf: CardOf,
): { readonly anew: readonly MemberId[]; readonly upTo: number | undefined } {
  if (!waiting.rows) return followBlindly(writes, waiting, cardOf);
  const queues = queuesOf(waiting.rows, new Set(writes.flatMap((write) => cardOf(write) ?? [])));
  const anew = new Set<MemberId>();
  for (const write of writes) {
    const card = cardOf(write);
    if (card === undefined) continue;
    const queue = queues.get(card) ?? [];
    if (write.write === 'insert') {
      if (queue.length > 0) anew.add(card);
    } else if (queue[0] === write.n) {
      queue.shift();
    } else {
      anew.add(card);
      queues.set(
        card,
        queue.filter((n) => n !== write.n),
      );
    }
  }
  return { anew: [...anew], upTo: undefined };
}

function queuesOf(rows: NonNullable<Waiting['rows']>, cards: ReadonlySet<string>): Map<string, number[]> {
  const queues = new Map<string, number[]>();
  if (cards.size === 0) return queues;
  for (const { n, card } of rows.values()) {
    if (card === undefined || !cards.has(card)) continue;
    const queue = queues.get(card);
    if (queue) queue.push(n);
    else queues.set(card, [n]);
  }
  return queues;
}

/** Too much waits to be known: only a page that takes what waits from its very beginning, without a hole, is sure. */
function followBlindly(
  writes: readonly PullWrite[],
  { upTo }: Waiting,
  cardOf: CardOf,
): { readonly anew: readonly MemberId[]; readonly upTo: number | undefined } {
  let next = upTo + 1;
  for (const write of writes) {
    if (write.write === 'insert' || write.n !== next) continue;
    next += 1;
  }
  const isSure = (write: PullWrite) => write.write === 'place' && write.n > upTo && write.n < next;
  const isWhole = writes.every(isSure);
  const anew = isWhole ? [] : writes.flatMap((write) => cardOf(write) ?? []);
  return { anew, upTo: next - 1 };
}

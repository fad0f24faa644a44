import type { StreamHead } from '#shared/ledger/stream.ts';
import { answerOf } from './native.ts';
import type { EventRow, StreamRow } from './rows.ts';

/**
 * Sync moves the end of a stream to another one when its positions were taken. What a window knows of its own stream may be
 * old then.
 */

/** Whether the stream does not end there any more, or what it begins behind stands elsewhere. */
export async function isMoved(
  transaction: IDBTransaction,
  { stream, seq, link, parent }: StreamHead,
): Promise<boolean> {
  if (seq === 0) return parent !== undefined && (await linkAt(transaction, parent)) !== parent.link;
  const request = transaction.objectStore('streams').get(stream);
  const row = await answerOf(request as IDBRequest<StreamRow | undefined>);
  return row?.link !== link || row.parent?.link !== parent?.link;
}

async function linkAt(
  transaction: IDBTransaction,
  { stream, seq }: Pick<StreamHead, 'stream' | 'seq'>,
): Promise<string | undefined> {
  const index = transaction.objectStore('events').index('[stream+seq]');
  return (await answerOf(index.get([stream, seq]) as IDBRequest<EventRow | undefined>))?.link;
}

/** The last event this disk holds. */
export async function readNewest(transaction: IDBTransaction): Promise<EventRow | undefined> {
  const cursor = await answerOf(transaction.objectStore('events').openCursor(null, 'prev'));
  return cursor?.value as EventRow | undefined;
}

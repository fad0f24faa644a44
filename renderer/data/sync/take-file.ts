import { isShopEvent } from '#shared/domain/shop-facts.ts';
import { applyFile } from '#shared/sync/apply-file.ts';
import { answerOf } from '../native.ts';
import type { TillIdentity } from '../rows.ts';
import { noteShopEvents } from '../shop-events.ts';
import { carryOut } from './carry-out.ts';
import { foldChanges, NO_CHANGES, type Folded } from './fold-changes.ts';
import { readKnown } from './page-reading.ts';
import { followStreams } from './stream-heads.ts';
import type { StepContext } from './step-context.ts';
import type { FileTaking } from './sync-store.ts';
import type { WaitingPlaces } from './waiting-places.ts';

/** A part of what a sync file holds, in one transaction. */
export async function takeFileSlice(
  context: StepContext,
  places: WaitingPlaces,
  request: { readonly identity: TillIdentity; readonly events: readonly unknown[] },
): Promise<FileTaking & { readonly folded: Folded }> {
  const { transaction } = context;
  const events = request.events.map((raw) => (hasOurNames(raw) ? undefined : raw));
  const { find, findAt } = await readKnown(transaction, events, undefined);
  const { effects, added, known, refused } = applyFile(events, { ...request.identity, find, findAt });
  await carryOut(context, effects);
  const store = transaction.objectStore('events');
  const shopEvents: Promise<number>[] = [];
  for (const event of added) {
    const put = store.add(event) as IDBRequest<number>;
    if (isShopEvent(event)) shopEvents.push(answerOf(put));
  }
  await followStreams(transaction, added);
  const positions = await Promise.all(shopEvents);
  if (positions.length > 0) await noteShopEvents(transaction, positions);
  await places.spoil(transaction);
  const folded = await foldChanges(transaction, {
    ...NO_CHANGES,
    fresh: added,
    areShopEventsChanged: positions.length > 0,
  });
  return { added: added.length, known, refused, folded };
}

/** Fields that an event of some other app might have, and that are this store's own: such a one can't be kept here. */
export const hasOurNames = (event: unknown): boolean =>
  typeof event === 'object' && event !== null && ('n' in event || 'g' in event);

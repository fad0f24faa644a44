import { isShopEvent } from '#shared/domain/shop-facts.ts';
import type { PullStep } from '#shared/sync/apply-pull.ts';
import type { Batch } from '#shared/sync/plan-push.ts';
import type { SyncStep } from '#shared/sync/sync-state.ts';
import { readHistories, type Histories } from '../history-of.ts';
import { putPlaces } from '../place-runs.ts';
import { putMarks, readMarks } from '../sync-marks.ts';
import { carryOut } from './carry-out.ts';
import { foldChanges, NO_CHANGES, type Changes, type Folded } from './fold-changes.ts';
import { followOrder } from './follow-order.ts';
import { changesOfAside } from './set-aside-changes.ts';
import type { StepContext } from './step-context.ts';
import type { WaitingPlaces } from './waiting-places.ts';

export interface StepTaking {
  readonly folded: Folded;
  readonly committed: () => void;
}

/** Marks, effects and what follows from them for the cards: the end of every step but a page of events. */
export async function takeStep(
  context: StepContext,
  places: WaitingPlaces,
  step: Pick<SyncStep, 'marks' | 'effects'>,
): Promise<StepTaking> {
  return await takeWith(context, places, step);
}

/** The same for verdicts, some of which say the place at once. */
export async function takeVerdictStep(
  context: StepContext,
  places: WaitingPlaces,
  { step, batch }: { readonly step: PullStep; readonly batch: Batch },
): Promise<StepTaking> {
  const placed = step.writes.flatMap((write) => (write.write === 'place' ? [write] : []));
  if (placed.length === 0) return await takeWith(context, places, step);
  const histories = await readHistories(context.transaction);
  const waiting = await places.read(context.transaction, histories);
  const eventAt = new Map(batch.items.map(({ n, event }) => [n, event]));
  const events = placed.flatMap(({ n }) => eventAt.get(n) ?? []);
  const order = followOrder(placed, waiting, (write) => {
    const event = write.write === 'place' ? eventAt.get(write.n) : undefined;
    return event && histories.cardOf(event);
  });
  await putPlaces(context.transaction, placed);
  const noted = places.put(context.transaction, {
    placed: events.map(({ id }) => id),
    lastN: () => 0,
    ...(order.upTo === undefined ? {} : { upTo: order.upTo }),
  });
  const taking = await takeWith(context, places, step, {
    anew: new Set(order.anew),
    areShopEventsChanged: events.some(isShopEvent),
  });
  return { ...taking, committed: noted.committed };
}

async function takeWith(
  context: StepContext,
  places: WaitingPlaces,
  step: Pick<SyncStep, 'marks' | 'effects'>,
  { anew, areShopEventsChanged }: Pick<Changes, 'anew' | 'areShopEventsChanged'> = NO_CHANGES,
): Promise<StepTaking> {
  const { transaction } = context;
  const before = await readMarks(transaction);
  await carryOut(context, step.effects);
  putMarks(transaction, step.marks);
  const histories: Histories = await readHistories(transaction);
  const { lowestN, ...around } = await changesOfAside(transaction, histories, {
    before: before.setAside,
    after: step.marks.setAside,
  });
  if (lowestN !== undefined) await places.spoil(transaction, lowestN);
  const folded = await foldChanges(transaction, {
    ...around,
    fresh: [],
    anew: new Set([...around.anew, ...anew]),
    areShopEventsChanged: around.areShopEventsChanged || areShopEventsChanged,
  });
  return { folded, committed: () => undefined };
}

import type { SyncStep } from '#shared/sync/sync-state.ts';
import { readHistories } from '../history-of.ts';
import { putMarks, readMarks } from '../sync-marks.ts';
import { carryOut } from './carry-out.ts';
import { foldChanges, type Folded } from './fold-changes.ts';
import { changesOfAside } from './set-aside-changes.ts';
import type { StepContext } from './step-context.ts';
import type { WaitingPlaces } from './waiting-places.ts';

/** Marks, effects and what follows from them for the cards: the end of every step but a page of events. */
export async function takeStep(
  context: StepContext,
  places: WaitingPlaces,
  step: Pick<SyncStep, 'marks' | 'effects'>,
): Promise<Folded> {
  const { transaction } = context;
  const before = await readMarks(transaction);
  await carryOut(context, step.effects);
  putMarks(transaction, step.marks);
  const histories = await readHistories(transaction);
  const { lowestN, ...around } = await changesOfAside(transaction, histories, {
    before: before.setAside,
    after: step.marks.setAside,
  });
  if (lowestN !== undefined) await places.spoil(transaction, lowestN);
  return await foldChanges(transaction, { fresh: [], ...around });
}

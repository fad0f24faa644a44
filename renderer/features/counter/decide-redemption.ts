import { listReadyRewards, type ReadyReward } from '#shared/domain/rewards.ts';
import type { EventData } from '#shared/ledger/event.ts';
import type { StaffId } from '#shared/lib/brand.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { CommitView, Decision } from '#renderer/data/ledger-port.ts';
import { amountFor, isChosen, isRightCost } from './chosen-points.ts';
import type { CounterFailure, RedeemRequest } from './counter-requests.ts';

/** Whether the reward may still be taken is asked once more inside the commit. */
export function decideRedemption(
  view: CommitView,
  { id, member, reward, cost }: RedeemRequest,
  staff: StaffId,
): Result<Decision, CounterFailure> {
  if (view.state.needsUpdate) return err({ code: 'update-needed' });
  const context = { day: view.day, birthday: view.profile.birthday };
  const ready = listReadyRewards(view.state, view.programs, context).find((candidate) =>
    isSame(candidate, reward),
  );
  if (!ready || (isChosen(ready) && !isRightCost(ready, cost ?? ready.cost))) {
    return err({ code: 'not-ready' });
  }
  const { program, version, birthdayYear } = ready;
  const used = isChosen(ready) ? (cost ?? ready.cost) : ready.cost;
  return ok({
    draft: {
      id,
      member,
      staff,
      type: 'redemption',
      data: {
        program,
        version,
        reward: ready.reward.id,
        cost: used,
        ...(birthdayYear === undefined ? {} : { birthdayYear }),
        ...worthOf(ready, used),
      },
    },
  });
}

const isSame = (a: ReadyReward, b: ReadyReward): boolean =>
  a.program === b.program && a.version === b.version && a.reward.id === b.reward.id;

/** Minor units taken off or given away, where the reward says how many. */
function worthOf(ready: ReadyReward, cost: number): Pick<EventData<'redemption'>, 'amount' | 'charity'> {
  const { reward } = ready;
  switch (reward.kind) {
    case 'amount-off':
      return { amount: reward.amount };
    case 'donation':
      return { amount: reward.amount, charity: reward.charity };
    case 'chosen-points':
      return { amount: amountFor(reward, cost) };
    case 'free-item':
    case 'percent-off':
      return {};
  }
}

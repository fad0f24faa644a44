import type { KnownEvent } from '../ledger/event.ts';
import { spendOldest, sumOf } from './lots.ts';
import { addDonation, addException, programOf, type Draft } from './member-draft.ts';
import {
  costOf,
  findProgram,
  isStampProgram,
  type ProgramBook,
  type ProgramDefinition,
  type Reward,
} from './program.ts';
import { isReady, takeReward } from './punch-card.ts';
import { countUse, usesLeft } from './use-count.ts';

/** Whether what was given was there to be taken, and what that leaves. Tier and pass were the counter's to ask. */

type Redemption = KnownEvent & { readonly type: 'redemption' };

export function applyRedemption(draft: Draft, event: Redemption, programs: ProgramBook): void {
  const { program, version, reward: id } = event.data;
  const definition = findProgram(programs, program, version);
  const reward = definition?.rewards.find((candidate) => candidate.id === id);
  const isPaidByCard = !definition || !reward || (isStampProgram(definition) && reward.at > 0);
  const isTaken = isPaidByCard
    ? takeFromCard(draft, event, programs)
    : takeFromBalance(draft, event, { definition, reward });
  if (!isTaken) return addException(draft, event, 'excess-redemption');
  const state = programOf(draft, program);
  state.uses = countUse(state.uses, id, event.day);
  const { charity, amount } = event.data;
  if (charity !== undefined && amount !== undefined) addDonation(draft, charity, amount);
}

/** Takes it from the oldest card of the version the cashier saw, else the oldest of any version, that has it ready. */
function takeFromCard(draft: Draft, event: Redemption, programs: ProgramBook): boolean {
  const { program, version, reward: id } = event.data;
  const state = draft.programs.find((candidate) => candidate.program === program);
  const ready = state?.cards.flatMap((card, index) => {
    const definition = findProgram(programs, program, card.version);
    const reward = definition?.rewards.find((candidate) => candidate.id === id);
    return definition && reward && isReady(card, reward, event.day)
      ? [{ index, card, definition, reward }]
      : [];
  });
  const place = ready?.find(({ card }) => card.version === version) ?? ready?.[0];
  if (!state || !place || usesLeft(state.uses, place.reward, event.day) === 0) return false;
  const cost = costOf(place.reward, place.definition);
  state.cards = [...takeReward(state.cards, place.index, place.reward, place.definition)];
  state.spent += cost;
  if (cost > 0) state.completed += 1;
  return true;
}

/** Points, or nothing at all: a perk of a tier or a pass, a birthday gift. */
function takeFromBalance(
  draft: Draft,
  event: Redemption,
  { definition, reward }: { readonly definition: ProgramDefinition; readonly reward: Reward },
): boolean {
  const state = programOf(draft, definition.id);
  const { birthdayYear } = event.data;
  const cost = reward.kind === 'chosen-points' ? event.data.cost : costOf(reward, definition);
  if (reward.birthday && birthdayYear === undefined) return false;
  const isGiven = state.gifts.some((gift) => gift.reward === reward.id && gift.year === birthdayYear);
  if (isGiven || cost > sumOf(state.lots) || !isRightCost(reward, cost)) return false;
  if (usesLeft(state.uses, reward, event.day) === 0) return false;
  if (birthdayYear !== undefined) {
    state.gifts = [...state.gifts, { reward: reward.id, year: birthdayYear }].sort((a, b) =>
      a.year === b.year ? (a.reward < b.reward ? -1 : 1) : a.year - b.year,
    );
  }
  if (cost > 0) {
    spendOldest(state.lots, cost);
    state.spent += cost;
  }
  return true;
}

/** Where the member chooses how many points to use: whole steps, and not fewer than the reward begins with. */
const isRightCost = (reward: Reward, cost: number): boolean =>
  reward.kind !== 'chosen-points' || (cost >= reward.at && cost > 0 && cost % reward.step === 0);

import type { PunchCard } from './member-state.ts';
import type { ProgramDefinition, Reward } from './program.ts';

/** Rules of one program's row of punch cards: filling, un-filling, taking a reward. Lists in, lists out. */

const isOpen = (card: PunchCard): boolean => !card.spent && card.stamps < card.size;

/**
 * `units` stamps fill the open card, then overflow onto new ones. A new card starts under `definition`; the open card
 * keeps its own version.
 */
export function addStamps(
  cards: readonly PunchCard[],
  units: number,
  definition: ProgramDefinition,
): readonly PunchCard[] {
  const next = [...cards];
  let left = units;
  while (left > 0) {
    const last = next.at(-1);
    const card =
      last && isOpen(last)
        ? last
        : { version: definition.version, size: definition.unit.size, stamps: 0, spent: false, taken: [] };
    const placed = Math.min(card.size - card.stamps, left);
    const filled = { ...card, stamps: card.stamps + placed };
    if (card === last) next[next.length - 1] = filled;
    else next.push(filled);
    left -= placed;
  }
  return next;
}

/** Takes stamps back, newest card first, never below zero. `removed` may be less than asked for. */
export function removeStamps(
  cards: readonly PunchCard[],
  units: number,
): { readonly cards: readonly PunchCard[]; readonly removed: number } {
  const next = [...cards];
  let left = units;
  for (let index = next.length - 1; index >= 0 && left > 0; index -= 1) {
    const card = next[index];
    if (!card || card.spent) continue;
    const removed = Math.min(card.stamps, left);
    left -= removed;
    if (removed === card.stamps) next.splice(index, 1);
    else next[index] = { ...card, stamps: card.stamps - removed };
  }
  return { cards: next, removed: units - left };
}

export function isReady(card: PunchCard, reward: Reward): boolean {
  if (card.stamps < reward.at || card.taken.includes(reward.id)) return false;
  return !(card.spent && reward.at === card.size);
}

/** Redeems `reward` on the card at `index`. A card whose every reward is taken is closed and leaves the list. */
export function takeReward(
  cards: readonly PunchCard[],
  index: number,
  reward: Reward,
  definition: ProgramDefinition,
): readonly PunchCard[] {
  return cards.flatMap((card, position) => {
    if (position !== index) return [card];
    const taken = [...card.taken, reward.id];
    const spent = card.spent || reward.at === card.size;
    const isClosed = spent && definition.rewards.every((candidate) => taken.includes(candidate.id));
    return isClosed ? [] : [{ ...card, taken, spent }];
  });
}

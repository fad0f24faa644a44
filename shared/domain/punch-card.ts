import type { PlainDay } from '../lib/brand.ts';
import { addDays } from '../lib/plain-day.ts';
import { isOver, makeLot, renewLots, sumOf, takeNewest, type EarnedUnits } from './lots.ts';
import type { Lot, PunchCard } from './member-state.ts';
import type { ProgramDefinition, Reward, StampProgram } from './program.ts';

/** Rules of one program's row of punch cards: filling, un-filling, lapsing, taking a reward. Lists in, lists out. */

/** All published versions of the program. A card exists only where its own is known. */
export type Versions = readonly ProgramDefinition[] | undefined;

const rulesOf = (versions: Versions, version: number): ProgramDefinition | undefined =>
  versions?.find((definition) => definition.version === version);

const isOpen = (card: PunchCard): boolean => !card.spent && card.stamps < card.size;

/** The card being filled; -1 when none is. Of those not spent only the last one can be, and there may be hundreds. */
function placeOfOpen(cards: readonly PunchCard[]): number {
  // Never looks before the first one: that is slow enough to be felt in a long fold.
  for (let place = cards.length - 1; place >= 0; place -= 1) {
    const card = cards[place];
    if (card && !card.spent) return isOpen(card) ? place : -1;
  }
  return -1;
}

/**
 * In place: `units` stamps of `on` fill the open card, then overflow onto new ones. A new card starts under `definition`;
 * the open card keeps its own version, and its stamps that version's expiry.
 */
export function addStamps(
  cards: PunchCard[],
  stamps: EarnedUnits,
  definition: StampProgram,
  versions: Versions,
): void {
  let left = stamps.units;
  while (left > 0) {
    const place = placeOfOpen(cards);
    const card = (place < 0 ? undefined : cards[place]) ?? emptyCard(definition);
    const placed = Math.min(card.size - card.stamps, left);
    const { expiry } =
      (card.version === definition.version ? undefined : rulesOf(versions, card.version)) ?? definition;
    // Field by field: with every stamp of a long history a spread is slow enough to be felt.
    const { version, size, spent, taken } = card;
    const lots = appendLot(
      card.lots,
      makeLot({ units: placed, on: stamps.on, addMonths: stamps.addMonths }, expiry),
    );
    const filled: PunchCard = { version, size, stamps: card.stamps + placed, lots, spent, taken };
    if (place >= 0) cards[place] = filled;
    else cards.push(filled);
    left -= placed;
  }
}

const emptyCard = ({ version, unit }: StampProgram): PunchCard => ({
  version,
  size: unit.size,
  stamps: 0,
  lots: [],
  spent: false,
  taken: [],
});

/** On a card the order of stamping is kept: it tells when a place was reached. */
function appendLot(lots: readonly Lot[], lot: Lot): readonly Lot[] {
  const last = lots[lots.length - 1];
  const next = lots.slice();
  if (last?.on === lot.on && last.until === lot.until && last.renewsMonths === lot.renewsMonths) {
    const { on, until, renewsMonths } = lot;
    next[next.length - 1] = { units: last.units + lot.units, on, until, renewsMonths };
  } else {
    next.push(lot);
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
    else next[index] = { ...card, stamps: card.stamps - removed, lots: takeNewest(card.lots, removed) };
  }
  return { cards: next, removed: units - left };
}

/** The last day on which `reward` can be taken on this card; null when it waits for ever or is not reached. */
export function lastDayOf(card: PunchCard, reward: Reward): PlainDay | null {
  const reachedOn = reward.expiresAfterDays === undefined ? undefined : dayReached(card, reward.at);
  return reachedOn === undefined || reward.expiresAfterDays === undefined
    ? null
    : addDays(reachedOn, reward.expiresAfterDays);
}

function dayReached(card: PunchCard, at: number): PlainDay | undefined {
  let stamps = 0;
  return card.lots.find((lot) => (stamps += lot.units) >= at)?.on;
}

export function isReady(card: PunchCard, reward: Reward, day: PlainDay): boolean {
  if (reward.at === 0 || card.stamps < reward.at || card.taken.includes(reward.id)) return false;
  if (card.spent && reward.at === card.size) return false;
  const lastDay = lastDayOf(card, reward);
  return lastDay === null || day <= lastDay;
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
    const milestones = definition.rewards.filter(({ at }) => at > 0 && at < card.size);
    const isClosed = spent && milestones.every((candidate) => taken.includes(candidate.id));
    return isClosed ? [] : [{ ...card, taken, spent }];
  });
}

export interface LapsedStamps {
  readonly units: number;
  /** The last day on which they could be used. */
  readonly until: PlainDay;
}

/**
 * In place. Stamps on the open card lapse one by one, a full card only with its reward. @returns what can't be used on
 * `day` any more; undefined: nothing.
 */
export function lapseCards(
  cards: PunchCard[],
  day: PlainDay,
  versions: Versions,
): readonly LapsedStamps[] | undefined {
  if (!isAnythingOver(cards, day, versions)) return undefined;
  const lapsed: LapsedStamps[] = [];
  const left = cards.flatMap((card): readonly PunchCard[] => {
    if (!isOpen(card)) {
      const until = lastDayOfFull(card, rulesOf(versions, card.version));
      if (!isOver({ until }, day)) return [card];
      if (!card.spent && until !== null) lapsed.push({ units: card.stamps, until });
      return [];
    }
    for (const lot of card.lots) {
      if (lot.until !== null && isOver(lot, day)) lapsed.push({ units: lot.units, until: lot.until });
    }
    const lots = card.lots.filter((lot) => !isOver(lot, day));
    return lots.length === 0 ? [] : [{ ...card, lots, stamps: sumOf(lots) }];
  });
  cards.splice(0, cards.length, ...left);
  return lapsed;
}

/** Asked with every event: a member who never takes a reward has hundreds of full cards, and most rewards wait for ever. */
function isAnythingOver(cards: readonly PunchCard[], day: PlainDay, versions: Versions): boolean {
  if (cards.length === 0) return false;
  const place = placeOfOpen(cards);
  if (place >= 0 && cards[place]?.lots.some((lot) => isOver(lot, day))) return true;
  return (
    (versions?.some(isAnyRewardLost) ?? false) &&
    cards.some(
      (card) => !isOpen(card) && isOver({ until: lastDayOfFull(card, rulesOf(versions, card.version)) }, day),
    )
  );
}

const isAnyRewardLost = ({ rewards }: ProgramDefinition): boolean =>
  rewards.some((reward) => reward.expiresAfterDays !== undefined);

/** When nothing on a full card can be taken any more; null while something waits for ever. */
function lastDayOfFull(card: PunchCard, definition: ProgramDefinition | undefined): PlainDay | null {
  if (!definition || !isAnyRewardLost(definition)) return null;
  // A full card is held by its final reward alone: a milestone that waits for ever does not keep the stamps.
  const deciding = definition.rewards.filter(
    ({ id, at }) => at > 0 && !card.taken.includes(id) && card.spent === at < card.size,
  );
  const days = deciding.map((reward) => lastDayOf(card, reward));
  return days.reduce<PlainDay | null>((latest, day, index) => {
    if (day === null || (index > 0 && latest === null)) return null;
    return latest === null || day > latest ? day : latest;
  }, null);
}

/** A visit gives stamps that last from the last visit their full time again. */
export function renewCards(cards: readonly PunchCard[], day: PlainDay): readonly PunchCard[] {
  return cards.map((card) => (isOpen(card) ? { ...card, lots: renewLots(card.lots, day) } : card));
}

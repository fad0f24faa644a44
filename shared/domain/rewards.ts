import type { MemberState, ProgramState } from './member-state.ts';
import {
  costOf,
  findProgram,
  listCurrentPrograms,
  type ProgramBook,
  type ProgramDefinition,
  type Reward,
} from './program.ts';
import { isReady } from './punch-card.ts';

export interface ReadyReward {
  readonly program: string;
  readonly version: number;
  readonly reward: Reward;
  /** Stamps it takes from the balance. */
  readonly cost: number;
}

/** Rewards the member may take now: oldest card first, on one card the earlier place first. */
export function listReadyRewards(state: MemberState, programs: ProgramBook): ReadyReward[] {
  if (state.needsUpdate) return [];
  return state.programs.flatMap((program) =>
    program.cards.flatMap((card) => {
      const definition = findProgram(programs, program.program, card.version);
      if (!definition) return [];
      return [...definition.rewards]
        .sort((a, b) => a.at - b.at)
        .filter((reward) => isReady(card, reward))
        .map((reward) => ({
          program: program.program,
          version: card.version,
          reward,
          cost: costOf(reward, definition),
        }));
    }),
  );
}

/** The same reward on several full cards is one offer; the oldest card gives first. */
export interface RewardOffer {
  readonly next: ReadyReward;
  /** How many times it may be taken. */
  readonly count: number;
}

export function listRewardOffers(state: MemberState, programs: ProgramBook): RewardOffer[] {
  const offers = new Map<string, RewardOffer>();
  for (const ready of listReadyRewards(state, programs)) {
    const key = `${ready.program} ${ready.reward.id} ${ready.reward.name}`;
    const known = offers.get(key);
    offers.set(key, known ? { ...known, count: known.count + 1 } : { next: ready, count: 1 });
  }
  return [...offers.values()];
}

/** What the row of stamps on screen shows: the card being filled, or an empty one of the current version. */
export interface CardView {
  readonly program: string;
  /** The rules this card plays by. */
  readonly definition: ProgramDefinition;
  readonly stamps: number;
  readonly size: number;
  /** Places on the card that give something, with what, and whether it was taken. */
  readonly marks: readonly { readonly at: number; readonly name: string; readonly isTaken: boolean }[];
  /** Full cards waiting for their final reward, the shown one not counted. */
  readonly fullCards: number;
  /** The next reward not reached yet and how many stamps are left to it; null on a full card. */
  readonly next: { readonly name: string; readonly left: number } | null;
  /** The card plays by older rules than a new one would. */
  readonly isOldVersion: boolean;
}

/** One view per program: those the member has a card in, and every current program. */
export function listCardViews(state: MemberState, programs: ProgramBook): CardView[] {
  return listCurrentPrograms(programs).map((current) =>
    viewCard(
      state.programs.find((candidate) => candidate.program === current.id),
      current,
      programs,
    ),
  );
}

function viewCard(
  state: ProgramState | undefined,
  current: ProgramDefinition,
  programs: ProgramBook,
): CardView {
  const live = state?.cards.filter((card) => !card.spent) ?? [];
  const shown = live.at(-1);
  const definition = (shown && findProgram(programs, current.id, shown.version)) ?? current;
  const stamps = shown?.stamps ?? 0;
  const marks = [...definition.rewards].sort((a, b) => a.at - b.at);
  const next = marks.find((reward) => reward.at > stamps);
  const full = live.filter((card) => card.stamps === card.size).length;
  return {
    program: current.id,
    definition,
    stamps,
    size: definition.unit.size,
    marks: marks.map((reward) => ({
      at: reward.at,
      name: reward.name,
      isTaken: shown?.taken.includes(reward.id) ?? false,
    })),
    fullCards: full - (shown && shown.stamps === shown.size ? 1 : 0),
    next: next ? { name: next.name, left: next.at - stamps } : null,
    isOldVersion: definition.version !== current.version,
  };
}

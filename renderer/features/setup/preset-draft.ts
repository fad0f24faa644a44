import { cleanName } from '#shared/domain/person-name.ts';
import type { ProgramDefinition, Reward } from '#shared/domain/program.ts';

/** What the owner typed instead of the proposed names; what is absent follows preset and language. */
export interface OwnNames {
  readonly program?: string;
  /** By the reward's id. */
  readonly rewards?: Readonly<Record<string, string>>;
}

/** The preset under the names of the owner, as they are typed. */
export function withOwnNames(preset: ProgramDefinition, own: OwnNames): ProgramDefinition {
  return {
    ...preset,
    name: own.program ?? preset.name,
    rewards: preset.rewards.map((reward) => ({ ...reward, name: own.rewards?.[reward.id] ?? reward.name })),
  };
}

/**
 * Rewards that are asked for on the first day: the ones on a card, or the only one. What levels and passes give is read
 * in the preview and changed later.
 */
export function listNamedRewards({ tiers, offers, rewards }: ProgramDefinition): readonly Reward[] {
  return tiers || offers ? [] : rewards.toSorted((a, b) => b.at - a.at);
}

export const hasAllNames = (draft: ProgramDefinition): boolean =>
  [draft.name, ...draft.rewards.map(({ name }) => name)].every((name) => cleanName(name) !== '');

/** As it is published. */
export const cleanNames = (draft: ProgramDefinition): ProgramDefinition => ({
  ...draft,
  name: cleanName(draft.name),
  rewards: draft.rewards.map((reward) => ({ ...reward, name: cleanName(reward.name) })),
});

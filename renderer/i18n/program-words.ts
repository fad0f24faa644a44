import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BadgeView } from '#shared/domain/badges.ts';
import type { LimitBreach } from '#shared/domain/earn.ts';
import type { ProgramProblem } from '#shared/domain/program-problems.ts';
import type { Offer, ProgramDefinition, Reward } from '#shared/domain/program.ts';
import type { ProgramView } from '#shared/domain/rewards.ts';
import type { TierView } from '#shared/domain/tier.ts';
import { useFormat } from './format-context.tsx';
import type { Format } from './format.ts';
import { problemText } from './problem-words.ts';
import { listSentences } from './program-sentences.ts';
import { rewardText, ruleName } from './rule-names.ts';
import { badgeText, expiringText, limitText, offerText, tierLines } from './standing-words.ts';
import { createWordKit, type ProgramSentence } from './word-kit.ts';

/** How programs are spoken of, everywhere: at the counter, in the history, in the editor and on the member's page. */
export interface ProgramWords {
  /** `3 stamps`, `1,200 points`, or the shop's own word; stamps where the program is not known. */
  readonly units: (definition: ProgramDefinition | undefined, count: number) => string;
  /** Whole minor units: `€12.50`. */
  readonly money: (amount: number, currency: string | undefined) => string;
  /** Its name, and in brackets what it does where the name does not say it. */
  readonly reward: (reward: Reward, definition: ProgramDefinition) => string;
  /** What a grant's rule is called in the history: `visit`, `Double Tuesday`, `Gold`. */
  readonly rule: (definition: ProgramDefinition | undefined, ruleId: string) => string;
  /** `3 stamps expire in 12 days` */
  readonly expiring: (
    expiring: NonNullable<ProgramView['expiring']>,
    definition: ProgramDefinition,
  ) => string;
  /** The level, until when it holds and what follows; then how much the next one needs. Empty without tiers. */
  readonly tier: (view: TierView | undefined, definition: ProgramDefinition) => readonly string[];
  /** `Pass valid until 3 May 2027` */
  readonly pass: (passUntil: string) => string;
  readonly badge: (view: BadgeView) => string;
  readonly offer: (offer: Offer, definition: ProgramDefinition) => string;
  readonly limit: (breach: LimitBreach, definition?: ProgramDefinition) => string;
  /** The whole program in plain language. A half typed draft has sentences too. */
  readonly sentences: (definition: ProgramDefinition) => readonly ProgramSentence[];
  readonly problem: (problem: ProgramProblem, definition: ProgramDefinition | undefined) => string;
}

export function useProgramWords(): ProgramWords {
  const { t, i18n } = useTranslation('rules');
  const format = useFormat();
  return useMemo(() => createProgramWords(t, format, i18n.language), [t, format, i18n.language]);
}

/** For what is no component. */
export function createProgramWords(t: TFunction<'rules'>, format: Format, language: string): ProgramWords {
  const kit = createWordKit(t, format, language);
  return {
    units: kit.units,
    money: kit.money,
    reward: (reward, definition) => rewardText(kit, reward, definition),
    rule: (definition, ruleId) => ruleName(kit, definition, ruleId),
    expiring: (expiring, definition) => expiringText(kit, expiring, definition),
    tier: (view, definition) => tierLines(kit, view, definition),
    pass: (passUntil) => t('standing.pass', { day: kit.day(passUntil) }),
    badge: (view) => badgeText(kit, view),
    offer: (offer, definition) => offerText(kit, offer, definition),
    limit: (breach, definition) => limitText(kit, breach, definition),
    sentences: (definition) => listSentences(kit, definition),
    problem: (problem, definition) => problemText(kit, problem, definition),
  };
}

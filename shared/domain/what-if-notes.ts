import { isStampProgram, type ProgramDefinition } from './program.ts';

/** What the figures of a what-if leave out or take for granted, so that nobody takes them for more than they are. */
export type WhatIfNote =
  /** Rewards are taken at once, so the cost is the most it can be. */
  | { readonly code: 'taken-at-once' }
  /** Points go to the first reward they reach, so dearer ones are never saved for. */
  | { readonly code: 'cheapest-first' }
  /** What a tier or a pass gives for nothing is taken with each visit. */
  | { readonly code: 'perks-each-visit' }
  | { readonly code: 'no-birthdays' }
  /** Balances from paper cards, files and corrections are left out. */
  | { readonly code: 'no-balances' }
  /** Nobody was asked who had brought them. */
  | { readonly code: 'no-referrals' }
  | { readonly code: 'no-actions' }
  | { readonly code: 'without-amount'; readonly count: number }
  | { readonly code: 'without-items'; readonly count: number };

export interface NoteCounts {
  readonly withoutAmount: number;
  readonly withoutItems: number;
}

export function listWhatIfNotes(request: {
  readonly draft: ProgramDefinition;
  readonly base: ProgramDefinition | undefined;
  readonly counts: NoteCounts;
}): WhatIfNote[] {
  const { draft, base, counts } = request;
  const sides = base ? [draft, base] : [draft];
  const has = (ask: (definition: ProgramDefinition) => boolean) => sides.some(ask);
  const isNew = (kind: 'referral' | 'action') =>
    draft.earn.some((rule) => rule.kind === kind && !base?.earn.some(({ id }) => id === rule.id));
  return [
    { code: has(saves) ? 'cheapest-first' : 'taken-at-once' },
    ...noteIf(
      has(({ rewards }) => rewards.some(({ at, birthday }) => at === 0 && !birthday)),
      {
        code: 'perks-each-visit',
      },
    ),
    ...noteIf(
      has(({ rewards }) => rewards.some(({ birthday }) => birthday)),
      { code: 'no-birthdays' },
    ),
    ...noteIf(isNew('referral'), { code: 'no-referrals' }),
    ...noteIf(isNew('action'), { code: 'no-actions' }),
    ...noteIf(has(countsAmounts) && counts.withoutAmount > 0, {
      code: 'without-amount',
      count: counts.withoutAmount,
    }),
    ...noteIf(has(countsItems) && counts.withoutItems > 0, {
      code: 'without-items',
      count: counts.withoutItems,
    }),
    { code: 'no-balances' },
  ];
}

const noteIf = (isTrue: boolean, note: WhatIfNote): WhatIfNote[] => (isTrue ? [note] : []);

/** More than one price: what a member saves for is their choice. */
const saves = (definition: ProgramDefinition): boolean =>
  !isStampProgram(definition) && definition.rewards.filter(({ at }) => at > 0).length > 1;

const countsAmounts = ({ earn, tiers, charity }: ProgramDefinition): boolean =>
  earn.some(({ kind }) => kind === 'amount') || tiers?.by === 'spend' || charity !== undefined;

const countsItems = ({ earn, promotions }: ProgramDefinition): boolean =>
  earn.some(({ kind }) => kind === 'item' || kind === 'category') ||
  (promotions ?? []).some(({ kind }) => kind === 'item-bonus');

/**
 * What was keyed, in order, and what the screen said to it: the only witness besides the store. An intent that was
 * keyed but not shown as done when the power went is open: it may be there whole, or not at all.
 */

export type IntentKind = 'enrolment' | 'visit' | 'redemption' | 'void';

export interface Intent {
  readonly kind: IntentKind;
  /** The member it is about, E.164. */
  readonly phone: string;
  /** The id the screen showed as done, or that was found in the store for an open one. */
  event: string | undefined;
  /** Set for a void: the intent it takes back. */
  readonly target?: Intent;
}

export interface Rules {
  readonly size: number;
  readonly headStart: number;
}

export interface Expected {
  readonly stamps: number;
  readonly redemptions: number;
}

/** Balances by plain counting of intents, by number. It shares no line with the app's own fold. */
export function countIntents(intents: readonly Intent[], rules: Rules): Map<string, Expected> {
  const done = intents.filter(({ event }) => event !== undefined);
  const takenBack = new Set(done.map(({ target }) => target));
  const balances = new Map<string, Expected>();
  for (const intent of done) {
    if (takenBack.has(intent) || intent.kind === 'void') continue;
    const before = balances.get(intent.phone) ?? { stamps: 0, redemptions: 0 };
    balances.set(intent.phone, afterIntent(before, intent.kind, rules));
  }
  return balances;
}

function afterIntent(before: Expected, kind: Exclude<IntentKind, 'void'>, rules: Rules): Expected {
  switch (kind) {
    case 'enrolment':
      return { ...before, stamps: before.stamps + rules.headStart + 1 };
    case 'visit':
      return { ...before, stamps: before.stamps + 1 };
    case 'redemption':
      return { stamps: before.stamps - rules.size, redemptions: before.redemptions + 1 };
  }
}

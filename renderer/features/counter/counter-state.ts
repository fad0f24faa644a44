import type { LimitBreach } from '#shared/domain/earn.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { KnownEvent } from '#shared/ledger/event.ts';
import type { EventId, MemberId } from '#shared/lib/brand.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import type { CounterFailure } from './counter.commands.ts';
import type { Found, Held, Target } from './counter-target.ts';

/** What is typed, found and open at the counter: everything here may vanish in a crash. */
export interface CounterState {
  readonly text: string;
  readonly found: Found | undefined;
  /** When the match last changed. */
  readonly foundAt: number;
  readonly held: Held | undefined;
  /** A member is being taken in hand: until the cards are read, Enter is about nobody. */
  readonly taking: MemberId | undefined;
  readonly unknownCard: string | undefined;
  /** Members whose number is one slip away from the new one; undefined until they were looked for. */
  readonly near: readonly MemberRow[] | undefined;
  /** Enter was pressed once on a number or card that may be a mistake. */
  readonly isConfirmed: boolean;
  /** Undefined: what the till's default says. */
  readonly count: number | undefined;
  readonly isCounting: boolean;
  readonly countDigits: string;
  /** Several rewards are ready and `*` is on this one: Enter gives it, `*` goes to the next. */
  readonly rewardAt: number | undefined;
  readonly name: string;
  readonly isBusy: boolean;
  /** Whom the running command is about. The field is already free for the next customer. */
  readonly acting: Target | undefined;
  readonly done: Done | undefined;
  readonly failure: ShownFailure | undefined;
  readonly dialog: CounterDialog | undefined;
}

export interface Done {
  readonly event: KnownEvent;
  readonly member: MemberId;
  /** Empty when the member has none. */
  readonly name: string;
  readonly before: MemberState;
  readonly after: MemberState;
  /** The reward that was given. */
  readonly reward: string | undefined;
}

/** A target that Enter can act on. */
export type ActTarget = Extract<Target, { readonly kind: 'member' | 'new-number' | 'new-card' }>;

export type CounterDialog =
  | { readonly kind: 'paper'; readonly id: EventId; readonly held: Held }
  | {
      readonly kind: 'phoneless';
      readonly id: EventId;
      readonly member: MemberId;
      readonly name: string;
      readonly code: string;
    }
  /** The intent that met the limit: a reason lets the very same one pass. */
  | { readonly kind: 'limit'; readonly breaches: readonly LimitBreach[]; readonly intent: Intent };

/** What one Enter means, complete: whom, how many, under which ids. */
export interface Intent {
  readonly target: ActTarget;
  readonly id: EventId;
  /** For a new member. */
  readonly member: MemberId;
  readonly count: number;
  readonly name: string;
}

export type ShownFailure =
  | CounterFailure
  | { readonly code: 'unknown-card' }
  | { readonly code: 'unexpected' }
  | { readonly code: 'too-fast' };

export interface CounterPreferences {
  /** Visits that Enter counts. */
  readonly defaultCount: number;
  /** 0..100 */
  readonly volume: number;
}

export interface CounterActions {
  readonly configure: (preferences: CounterPreferences) => void;
  readonly type: (text: string) => void;
  readonly typeName: (name: string) => void;
  readonly move: (by: 1 | -1) => void;
  readonly hold: (member: MemberId) => Promise<void>;
  readonly scan: (code: string) => Promise<void>;
  /** The shown member's cards changed, here or in another window. */
  readonly see: (state: MemberState) => void;
  readonly setCount: (count: number) => void;
  readonly countDigit: (digit: string) => void;
  /** Enter: punch, enrol, or nothing when it is not clear whom it is about. */
  readonly act: () => Promise<void>;
  /** Passes the limit that the dialog shows. */
  readonly actAnyway: (reason: string) => Promise<void>;
  /** @param index of the offer, in the order shown; left out, `*` gives the only one or goes to the next of several. */
  readonly redeem: (index?: number) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly openPaper: () => Promise<void>;
  readonly takeOverPaper: (program: string, stamps: number) => Promise<void>;
  readonly openPhoneless: () => void;
  readonly enrolPhoneless: (name: string) => Promise<void>;
  readonly closeDialog: () => void;
  readonly escape: () => void;
}

/** Nobody found, nothing typed. */
export const CLEARED = {
  text: '',
  found: undefined,
  held: undefined,
  taking: undefined,
  unknownCard: undefined,
  near: undefined,
  isConfirmed: false,
  count: undefined,
  isCounting: false,
  countDigits: '',
  rewardAt: undefined,
  name: '',
} as const satisfies Partial<CounterState>;

/** What was typed and found, to be put back when the command did not go through. */
export function subjectOf(state: CounterState): Pick<CounterState, keyof typeof CLEARED> {
  const { text, found, held, taking, unknownCard, near, isConfirmed, name } = state;
  const { count, isCounting, countDigits, rewardAt } = state;
  return {
    text,
    found,
    held,
    taking,
    unknownCard,
    near,
    isConfirmed,
    name,
    count,
    isCounting,
    countDigits,
    rewardAt,
  };
}

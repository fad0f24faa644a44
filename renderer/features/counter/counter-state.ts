import type { LimitBreach } from '#shared/domain/earn.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { KnownEvent, Sale } from '#shared/ledger/event.ts';
import type { EventId, MemberId, PlainDay } from '#shared/lib/brand.ts';
import type { Appended } from '#renderer/data/ledger-port.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import type { ChosenOffer } from './chosen-points.ts';
import type { CounterFailure } from './counter-requests.ts';
import type { ActTarget, Found, Held, Target } from './counter-target.ts';
import { NO_SALE, type SaleEntry } from './sale-entry.ts';

/** What is typed, found and open at the counter: everything here may vanish in a crash. */
export interface CounterState {
  readonly text: string;
  readonly found: Found | undefined;
  /** When the match last changed. */
  readonly foundAt: number;
  readonly held: Held | undefined;
  /** A member is being taken in hand: until the cards are read, Enter is about nobody. */
  readonly taking: MemberId | undefined;
  /** What else is known about the member on screen; read behind the match, which waits for nothing. */
  readonly background: Background | undefined;
  readonly unknownCard: string | undefined;
  /** Members whose number is one slip away from the new one; undefined until they were looked for. */
  readonly near: readonly MemberRow[] | undefined;
  /** Enter was pressed once on a number or card that may be a mistake. */
  readonly isConfirmed: boolean;
  /** Undefined: what the till's default says. */
  readonly count: number | undefined;
  readonly isCounting: boolean;
  readonly countDigits: string;
  readonly sale: SaleEntry;
  /** Several rewards are ready and `*` is on this one (`offerKey`): Enter gives it, `*` goes to the next. */
  readonly rewardAt: string | undefined;
  readonly name: string;
  readonly broughtBy: BroughtBy;
  readonly isBusy: boolean;
  /** A reward is on the card, and the other tills are asked before it is handed over. */
  readonly isAsking: boolean;
  /** Whom the running command is about. The field is already free for the next customer. */
  readonly acting: Target | undefined;
  readonly done: Done | undefined;
  readonly failure: ShownFailure | undefined;
  readonly dialog: CounterDialog | undefined;
}

export interface Background {
  readonly member: MemberId;
  readonly birthday: PlainDay | null;
  /** Whoever brought the member, while their first visit is still to come. */
  readonly brought: MemberState | undefined;
}

/** Who brought the new member, as typed by the cashier. */
export interface BroughtBy {
  readonly text: string;
  /** Undefined until it was looked for, and while nothing is typed. */
  readonly answer: BroughtByAnswer | undefined;
}

export type BroughtByAnswer =
  | { readonly kind: 'found'; readonly row: MemberRow; readonly state: MemberState }
  /** Several, or nobody but members whose number is one slip away: one must be pressed. */
  | { readonly kind: 'several' | 'near'; readonly rows: readonly MemberRow[] }
  | { readonly kind: 'unknown' | 'self' };

export interface Done extends DoneSubject {
  readonly event: KnownEvent;
  readonly member: MemberId;
  readonly after: MemberState;
}

/** What is told of an action besides its event. */
export interface DoneSubject {
  /** Empty when the member has none. */
  readonly name: string;
  readonly before: MemberState;
  /** The reward that was given. */
  readonly reward: string | undefined;
}

export type CounterDialog =
  /** Paper card, pass, action: the id is that of whichever is done. */
  | { readonly kind: 'more'; readonly id: EventId; readonly held: Held }
  | { readonly kind: 'paper'; readonly id: EventId; readonly held: Held }
  /** How many points to use. */
  | { readonly kind: 'points'; readonly id: EventId; readonly held: Held; readonly offer: ChosenOffer }
  | {
      readonly kind: 'phoneless';
      readonly id: EventId;
      readonly member: MemberId;
      readonly name: string;
      readonly code: string;
    }
  /** A reward that nobody could confirm waits for a manager's word. */
  | {
      readonly kind: 'approve';
      readonly id: EventId;
      readonly redeemed: Appended;
      readonly subject: DoneSubject;
    }
  /** The intent that met the limit: a reason lets the very same one pass. */
  | { readonly kind: 'limit'; readonly breaches: readonly LimitBreach[]; readonly intent: Intent };

export type Intent = VisitIntent | ActionIntent;

/** What one Enter means, complete: whom, how many, what for, under which ids. */
export interface VisitIntent {
  readonly kind: 'visit';
  readonly target: ActTarget;
  readonly id: EventId;
  /** For the event of whoever brought a new member. */
  readonly companionId: EventId;
  /** For a new member. */
  readonly member: MemberId;
  readonly count: number;
  readonly name: string;
  readonly sale: Sale | undefined;
  readonly referredBy: MemberId | undefined;
}

export interface ActionIntent {
  readonly kind: 'action';
  readonly id: EventId;
  readonly held: Held;
  readonly program: string;
  readonly action: string;
}

export type ShownFailure =
  | CounterFailure
  | { readonly code: 'unknown-card' }
  | { readonly code: 'unexpected' }
  | { readonly code: 'too-fast' }
  | { readonly code: 'amount-too-large' | 'amount-large' | 'amount-unreadable' }
  | { readonly code: 'brought-by'; readonly reason: Exclude<BroughtByAnswer['kind'], 'found'> };

export interface CounterPreferences {
  /** Visits that Enter counts. */
  readonly defaultCount: number;
  /** 0..100 */
  readonly volume: number;
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
  sale: NO_SALE,
  rewardAt: undefined,
  name: '',
  broughtBy: { text: '', answer: undefined },
} as const satisfies Partial<CounterState>;

export type Subject = Pick<CounterState, keyof typeof CLEARED>;

/** What was typed and found, to be put back when the command did not go through. */
export const subjectOf = (state: CounterState): Subject =>
  Object.fromEntries(
    Object.keys(CLEARED).map((key) => [key, state[key as keyof Subject]]),
  ) as unknown as Subject;

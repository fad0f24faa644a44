import type { MemberState } from '#shared/domain/member-state.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import type { CounterPreferences } from './counter-state.ts';
import type { SaleThing } from './sale-entry.ts';

/** What can be done at the counter. */
export interface CounterActions extends FindActions, SaleActions, MoreActions {
  readonly configure: (preferences: CounterPreferences) => void;
  readonly type: (text: string) => void;
  readonly typeName: (name: string) => void;
  readonly setCount: (count: number) => void;
  readonly countDigit: (digit: string) => void;
  /** Enter: punch, enrol, or nothing when it is not clear whom it is about. */
  readonly act: () => Promise<void>;
  /** Passes the limit that the dialog shows. */
  readonly actAnyway: (reason: string) => Promise<void>;
  /** @param offer as `offerKey` names it; left out, `*` gives the only one or goes to the next of several. */
  readonly redeem: (offer?: string) => Promise<void>;
  readonly undo: () => Promise<void>;
  readonly escape: () => void;
}

/** Whom it is about. */
export interface FindActions {
  readonly move: (by: 1 | -1) => void;
  readonly hold: (member: MemberId) => Promise<void>;
  readonly scan: (code: string) => Promise<void>;
  /** The shown member's cards changed, here or in another window. */
  readonly see: (state: MemberState) => void;
  /** The shown member was forgotten, here or at another till: nothing of them stays on the screen. */
  readonly forget: (member: MemberId) => void;
  readonly typeBroughtBy: (text: string) => void;
  readonly chooseBroughtBy: (row: MemberRow) => Promise<void>;
}

/** What is bought. */
export interface SaleActions {
  readonly openAmount: () => void;
  readonly amountDigit: (digit: string) => void;
  readonly amountBack: () => void;
  /** An amount from elsewhere, in place of what was typed. */
  readonly pasteAmount: (text: string) => void;
  readonly addThing: (thing: SaleThing, by: 1 | -1) => void;
  readonly setSaleType: (type: string | null) => void;
}

/** What is asked in a dialog. */
export interface MoreActions {
  /** The paper card, or a list where there is more. */
  readonly openMore: () => Promise<void>;
  readonly openPaper: () => void;
  readonly takeOverPaper: (program: string, stamps: number) => Promise<void>;
  readonly doAction: (program: string, action: string) => Promise<void>;
  readonly sell: (program: string, offer: string) => Promise<void>;
  readonly spendPoints: (cost: number) => Promise<void>;
  /** A manager lets the reward stand that nobody could confirm. */
  readonly approve: (reason: string) => Promise<void>;
  /** Nobody does: it is taken back. */
  readonly decline: () => Promise<void>;
  readonly openPhoneless: () => void;
  readonly enrolPhoneless: (name: string) => Promise<void>;
  readonly closeDialog: () => void;
}

import type { LimitBreach } from '#shared/domain/earn.ts';
import type { ReadyReward } from '#shared/domain/rewards.ts';
import type { Sale } from '#shared/ledger/event.ts';
import type { EventId, MemberId, PhoneNumber } from '#shared/lib/brand.ts';
import type { Result } from '#shared/lib/result.ts';
import type { Appended, StorageFailure } from '#renderer/data/ledger-port.ts';
import type { UndoFailure } from '#renderer/data/undo-request.ts';

/** What a cashier can ask for, and why it may be refused. */

export type CounterFailure =
  | StorageFailure
  | { readonly code: 'limit'; readonly breaches: readonly LimitBreach[] }
  | { readonly code: 'no-program' }
  /** Every program asks what was bought, and nobody said. */
  | { readonly code: 'sale-needed' }
  | { readonly code: 'number-taken'; readonly holder: MemberId }
  | { readonly code: 'card-taken'; readonly holder: MemberId }
  | { readonly code: 'member-gone' }
  | { readonly code: 'referrer-gone' }
  | { readonly code: 'referrer-self' }
  | { readonly code: 'not-ready' }
  | { readonly code: 'not-sold' }
  | { readonly code: 'update-needed' }
  /** Taken back by itself: nothing was handed over. */
  | { readonly code: 'already-redeemed' | 'only-main-till' | 'set-aside' | 'not-approved' }
  /** It is on the card; a manager says whether it may be handed over. */
  | { readonly code: 'needs-approval'; readonly redeemed: Appended }
  | UndoFailure;

export type CounterResult = Result<Appended, CounterFailure>;

/** @property id minted when the action opened, and the same for every retry. */
interface Request {
  readonly id: EventId;
  readonly member: MemberId;
}

/** What may belong to a visit. */
interface VisitParts {
  /** The other member's event, when a friend's first visit rewards whoever brought them. Minted with `id`. */
  readonly companionId?: EventId;
  readonly sale?: Sale | undefined;
  /** Why the shop's limits are passed on purpose; without one they refuse. */
  readonly overLimitReason?: string;
}

export interface PunchRequest extends Request, VisitParts {
  readonly count: number;
}

/** A new member, by number or (without one) by a card code. */
export interface EnrolRequest extends Request, VisitParts {
  readonly phone?: PhoneNumber;
  readonly card?: string;
  readonly name: string;
  /** 0 only joins. */
  readonly visits: number;
  readonly referredBy?: MemberId | undefined;
}

export interface RedeemRequest extends Request {
  readonly reward: ReadyReward;
  /** Units, where the member chooses how many to use. */
  readonly cost?: number | undefined;
}

/** The stamps of a paper card the customer hands in. */
export interface PaperRequest extends Request {
  readonly program: string;
  readonly stamps: number;
}

/** Something that is no purchase: a review, a returned cup. */
export interface ActionRequest extends Request {
  readonly program: string;
  readonly action: string;
  readonly overLimitReason?: string;
}

/** A pass, or units in advance. */
export interface SellRequest extends Request {
  readonly program: string;
  readonly offer: string;
}

/** A manager's word on a reward that nobody could confirm. */
export interface ApproveRequest extends Request {
  readonly redemption: EventId;
  readonly reason: string;
}

/** Takes back `target` by the same cashier within five minutes. */
export interface TakeBackRequest extends Request {
  readonly target: EventId;
  /** For what `target` had given to somebody else. */
  readonly companionId?: EventId;
}

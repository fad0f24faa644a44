import type { KnownEvent, Sale } from '../ledger/event.ts';
import type { PlainDay } from '../lib/brand.ts';

/**
 * What happened at the counter, whatever the rules gave for it: all that a replay under other rules may use. Balances
 * that were brought along or corrected are no happening, and neither is a reward that was taken.
 */
export interface ReplayFact {
  readonly kind: 'joined' | 'visit' | 'action' | 'purchase' | 'referral';
  /** The till's clock then. */
  readonly wall: number;
  readonly day: PlainDay;
  readonly tz: string;
  /** Visits' worth; 0 where there was none. */
  readonly count: number;
  readonly sale: Sale | undefined;
  /** Of an action its rule, of a purchase the offer. */
  readonly rule: string | null;
  /** Of a pass that was sold. */
  readonly passUntil: PlainDay | null;
  /** The first visit of somebody who was brought by a member. */
  readonly isReferred: boolean;
}

/** @param program whose actions and purchases count. Undefined: nothing happened that a replay can use. */
export function readFact(event: KnownEvent, program: string): ReplayFact | undefined {
  switch (event.type) {
    case 'enrolment':
      // A file that was read in is nobody at the counter.
      if (event.data.by === 'import') return undefined;
      return makeFact(event, 'joined', { visit: event.data, count: event.data.visit });
    case 'visit':
      return makeFact(event, 'visit', { visit: event.data, count: event.data.count });
    case 'action':
      if (event.data.program !== program) return undefined;
      return makeFact(event, 'action', { rule: event.data.action });
    case 'purchase': {
      if (event.data.program !== program) return undefined;
      const passUntil = (event.data.passUntil ?? null) as PlainDay | null;
      return makeFact(event, 'purchase', { rule: event.data.offer, passUntil });
    }
    case 'referral':
      return makeFact(event, 'referral', {});
    case 'paper-card':
    case 'opening':
    case 'adjustment':
    case 'redemption':
    case 'void':
    case 'profile':
    case 'shop':
    case 'program':
    case 'import':
    case 'approval':
    case 'merge':
    case 'unmerge':
    case 'erasure':
    case 'day-close':
    case 'export':
      return undefined;
  }
}

interface Details {
  readonly count?: number;
  readonly visit?: { readonly sale?: Sale | undefined; readonly referral?: string | undefined };
  readonly rule?: string | null;
  readonly passUntil?: PlainDay | null;
}

const makeFact = (
  { wall, day, tz }: KnownEvent,
  kind: ReplayFact['kind'],
  { count = 0, visit, rule = null, passUntil = null }: Details,
): ReplayFact => ({
  kind,
  wall,
  day,
  tz,
  count,
  sale: visit?.sale,
  rule,
  passUntil,
  isReferred: visit?.referral !== undefined,
});

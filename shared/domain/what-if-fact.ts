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

const NOTHING = { count: 0, sale: undefined, rule: null, passUntil: null, isReferred: false } as const;

/** @param program whose actions and purchases count. Undefined: nothing happened that a replay can use. */
export function readFact(event: KnownEvent, program: string): ReplayFact | undefined {
  const { wall, day, tz } = event;
  const fact = { ...NOTHING, wall, day, tz };
  switch (event.type) {
    case 'enrolment': {
      const { by, visit, sale, referral } = event.data;
      // A file that was read in is nobody at the counter.
      if (by === 'import') return undefined;
      return { ...fact, kind: 'joined', count: visit, sale, isReferred: referral !== undefined };
    }
    case 'visit': {
      const { count, sale, referral } = event.data;
      return { ...fact, kind: 'visit', count, sale, isReferred: referral !== undefined };
    }
    case 'action':
      if (event.data.program !== program) return undefined;
      return { ...fact, kind: 'action', rule: event.data.action };
    case 'purchase': {
      if (event.data.program !== program) return undefined;
      const passUntil = (event.data.passUntil ?? null) as PlainDay | null;
      return { ...fact, kind: 'purchase', rule: event.data.offer, passUntil };
    }
    case 'referral':
      return { ...fact, kind: 'referral' };
    case 'paper-card':
    case 'opening':
    case 'adjustment':
    case 'redemption':
    case 'void':
    case 'profile':
    case 'shop':
    case 'program':
    case 'import':
      return undefined;
  }
}

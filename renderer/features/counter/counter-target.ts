import type { MemberMatches } from '#renderer/data/member-search.ts';
import type { MemberRow } from '#renderer/data/rows.ts';
import { looksLikeNumber } from '#shared/domain/phone-number.ts';
import type { MemberState } from '#shared/domain/member-state.ts';
import type { PhoneNumber } from '#shared/lib/brand.ts';

/** Whom the next Enter is about. */
export type Target =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'member';
      readonly row: MemberRow;
      readonly state: MemberState;
      readonly isHeld: boolean;
    }
  | { readonly kind: 'many' }
  | { readonly kind: 'new-number'; readonly number: PhoneNumber }
  | { readonly kind: 'new-card'; readonly code: string }
  | { readonly kind: 'nobody'; readonly typed: 'number' | 'name' };

/** A target that Enter can act on. */
export type ActTarget = Extract<Target, { readonly kind: 'member' | 'new-number' | 'new-card' }>;

export const isActTarget = (target: Target): target is ActTarget =>
  target.kind === 'member' || target.kind === 'new-number' || target.kind === 'new-card';

/** A member taken in hand: by an arrow key, a scan, a press on the list. Typed digits no longer look for another. */
export interface Held {
  readonly row: MemberRow;
  readonly state: MemberState;
}

export interface Found {
  /** What was typed when this was found. */
  readonly text: string;
  readonly matches: MemberMatches;
  /** The card of the only match. */
  readonly state: MemberState | undefined;
}

export interface TargetInputs {
  readonly found: Found | undefined;
  readonly held: Held | undefined;
  readonly unknownCard: string | undefined;
  readonly acting: Target | undefined;
}

export function targetOf({ found, held, unknownCard, acting }: TargetInputs): Target {
  if (held) return { kind: 'member', ...held, isHeld: true };
  if (unknownCard !== undefined) return { kind: 'new-card', code: unknownCard };
  if (!found || found.text.trim() === '') return acting ?? { kind: 'idle' };
  const { matches, state } = found;
  // Somebody else's longer number may end or begin with it: they are offered beside it, never instead of it.
  if (matches.number !== undefined && !matches.isExact) return { kind: 'new-number', number: matches.number };
  const only = onlyMatch(matches);
  if (only && state) return { kind: 'member', row: only, state, isHeld: false };
  if (matches.rows.length > 0) return { kind: 'many' };
  return { kind: 'nobody', typed: looksLikeNumber(found.text) ? 'number' : 'name' };
}

/** The one member left, or the holder of exactly what was typed. */
export function onlyMatch(matches: MemberMatches): MemberRow | undefined {
  if (matches.isExact) return matches.rows[0];
  if (matches.isBeginning) return undefined;
  return matches.rows.length === 1 && !matches.hasMore ? matches.rows[0] : undefined;
}

/** Changes when the next Enter would be about somebody else: then a new intent begins. */
export function targetKey(target: Target): string {
  switch (target.kind) {
    case 'member':
      return `member ${target.row.id}`;
    case 'new-number':
      return `number ${target.number}`;
    case 'new-card':
      return `card ${target.code}`;
    case 'idle':
    case 'many':
    case 'nobody':
      return target.kind;
  }
}

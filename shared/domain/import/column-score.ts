import type { HeaderRole } from './header-words.ts';

/** A column of the file as the guess sees it. */
export interface Column {
  /** Folded; empty without a header. */
  readonly header: string;
  /** Roles that the header's words speak for. */
  readonly words: ReadonlyMap<HeaderRole, number>;
  /** Those that say something. */
  readonly cells: readonly string[];
  /** How many of them look like it. */
  readonly shares: Readonly<Partial<Record<HeaderRole, number>>>;
}

/** Cells of a column without a telling header must look like it in most rows. */
export const MIN_SHARE = 0.6;

/** 0: not this role. A header that speaks for another role more loudly keeps this one away. */
export function scoreOf(role: HeaderRole, { header, words, shares }: Column): number {
  const word = words.get(role) ?? 0;
  const loudest = Math.max(0, ...words.values());
  const share = shares[role] ?? 0;
  if (word > 0) return word < loudest ? 0 : word + share;
  if (loudest > 0) return 0;
  // Under a header that we can't read, a number per row may be anything: an id taken for stamps would be given away.
  if (header !== '' && (role === 'balance' || role === 'card')) return 0;
  // First and last names and notes look like any other text: only a header tells them.
  return share >= MIN_SHARE ? share : 0;
}

import { readEvent, type LedgerEvent } from '#shared/ledger/event.ts';

/** What the voids of one card take back, as the sums of the days count it. */
export interface Undone {
  /** By the void's id. Only the first void of an event in the shop's order takes it back; the others find nothing. */
  readonly targets: ReadonlyMap<string, LedgerEvent>;
  /** Days of voids of which several name one event: their sums depend on the order. */
  readonly contested: readonly string[];
  /** Named by a void, and not here (yet). */
  readonly missing: readonly string[];
  /** Days of the voids that name an event. */
  daysNaming(target: string): readonly string[];
}

/** @param history one card's events in the shop's order. */
export function readUndone(history: readonly LedgerEvent[]): Undone {
  const voids = Map.groupBy(
    history.flatMap((event) => {
      const known = event.type === 'void' ? readEvent(event) : undefined;
      return known?.type === 'void' ? [known] : [];
    }),
    ({ data }) => data.target,
  );
  const byId = new Map(history.filter(({ id }) => voids.has(id)).map((event) => [event.id as string, event]));
  const targets = new Map<string, LedgerEvent>();
  const contested: string[] = [];
  const missing: string[] = [];
  for (const [id, naming] of voids) {
    const target = byId.get(id);
    const [first] = naming;
    if (!target) missing.push(id);
    else if (first) targets.set(first.id, target);
    if (naming.length > 1) contested.push(...naming.map(({ day }) => day));
  }
  return {
    targets,
    contested,
    missing,
    daysNaming: (target) => (voids.get(target) ?? []).map(({ day }) => day),
  };
}

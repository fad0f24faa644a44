import type { ImportMember } from '#shared/domain/import/read-row.ts';
import type { PlainDay } from '#shared/lib/brand.ts';

/** What the rows of a file bring into one program, all together. */
export interface BroughtTotals {
  readonly program: string;
  /** Stamps or points. */
  readonly units: number;
  readonly tiers: number;
  readonly passes: number;
  /** Passes whose last day has passed: taken over, and of no effect. */
  readonly endedPasses: number;
}

export interface BroughtCounter {
  add(member: ImportMember): void;
  /** In the order in which the programs were met. */
  list(): BroughtTotals[];
}

export function createBroughtCounter(today: PlainDay): BroughtCounter {
  const totals = new Map<string, BroughtTotals>();
  const change = (program: string, next: (before: BroughtTotals) => Partial<BroughtTotals>) => {
    const before = totals.get(program) ?? { program, units: 0, tiers: 0, passes: 0, endedPasses: 0 };
    totals.set(program, { ...before, ...next(before) });
  };
  return {
    add: ({ balances, standings }) => {
      for (const { program, units } of balances) {
        change(program, (before) => ({ units: before.units + units }));
      }
      for (const { program, tier, passUntil } of standings) {
        if (tier) change(program, ({ tiers }) => ({ tiers: tiers + 1 }));
        if (passUntil === undefined) continue;
        change(program, ({ passes, endedPasses }) =>
          passUntil < today ? { endedPasses: endedPasses + 1 } : { passes: passes + 1 },
        );
      }
    },
    list: () => [...totals.values()],
  };
}

/** A row that says nothing about any program leaves a member who is already here alone. */
export const bringsAnything = ({ balances, standings }: ImportMember): boolean =>
  balances.length > 0 || standings.length > 0;

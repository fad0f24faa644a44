import { readEvent, type EventData, type LedgerEvent } from '../ledger/event.ts';
import type { ProgramDefinition } from './program.ts';

/** Events about the shop as a whole: what its programs are and how it describes itself. */

const SHOP_TYPES: ReadonlySet<string> = new Set(['program', 'shop']);

export const isShopEvent = ({ type }: Pick<LedgerEvent, 'type'>): boolean => SHOP_TYPES.has(type);

/** What the shop's own events amount to, in the order in which the shop has them. */
export interface ShopFacts {
  /** Of two definitions of one version the first one holds. */
  readonly programs: readonly ProgramDefinition[];
  /** The newest description holds. */
  readonly shop: EventData<'shop'> | undefined;
}

export function factsOf(inOrder: readonly LedgerEvent[]): ShopFacts {
  const programs = new Map<string, ProgramDefinition>();
  let shop: EventData<'shop'> | undefined;
  for (const event of inOrder) {
    const known = readEvent(event);
    if (known?.type === 'program') {
      const { program } = known.data;
      const key = `${program.version} ${program.id}`;
      if (!programs.has(key)) programs.set(key, program);
    } else if (known?.type === 'shop') {
      shop = known.data;
    }
  }
  return { programs: [...programs.values()], shop };
}

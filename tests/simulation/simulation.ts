import { Violation } from './disk.ts';
import { FAULT_KINDS, noFaults, type FaultCounts } from './faults.ts';
import { makeChance } from './chance.ts';
import type { Kit } from './protocol.ts';
import { World } from './world.ts';

export interface SimulationReport {
  readonly worlds: number;
  readonly tills: number;
  readonly tillDays: number;
  readonly events: number;
  readonly requests: number;
  readonly quietPoints: number;
  readonly faults: FaultCounts;
  /** The first thing that did not hold, and the world it was in. */
  readonly violation: { readonly world: number; readonly message: string } | undefined;
}

const MOST_WORLDS = 1_000_000;

/**
 * Worlds one after the other until enough till-days were lived, each from a seed of its own: a world that fails is played
 * again alone.
 */
export async function simulate(request: {
  readonly seed: number;
  readonly tillDays: number;
  readonly kit: Kit;
  /** Only this one. */
  readonly world?: number | undefined;
  readonly onProgress?: (tillDays: number) => void;
}): Promise<SimulationReport> {
  const { seed, tillDays, kit, onProgress } = request;
  const sum = {
    worlds: 0,
    tills: 0,
    tillDays: 0,
    events: 0,
    requests: 0,
    quietPoints: 0,
    faults: noFaults(),
  };
  for (let number = request.world ?? 0; number < MOST_WORLDS && sum.tillDays < tillDays; number += 1) {
    const chance = makeChance(seed * 65_537 + number);
    const tills = 1 + chance.below(4);
    const days = 16 + chance.below(25);
    const world = new World(chance.below(2 ** 31), kit);
    try {
      const lived = await world.live(days, tills);
      sum.worlds += 1;
      sum.tills += tills;
      sum.tillDays += lived.tillDays;
      sum.events += lived.events;
      sum.requests += lived.requests;
      sum.quietPoints += lived.quietPoints;
      for (const kind of FAULT_KINDS) sum.faults[kind] += lived.faults[kind];
    } catch (error) {
      // A broken world may also stumble over one of the production code's own assertions: caught is caught.
      const message = error instanceof Violation ? error.message : `threw ${String((error as Error).stack)}`;
      return { ...sum, violation: { world: number, message } };
    }
    onProgress?.(sum.tillDays);
    if (request.world !== undefined) break;
  }
  return { ...sum, violation: undefined };
}

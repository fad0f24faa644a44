import { describe, expect, test } from 'vitest';
import { BUGS, SOUND } from './bugs.ts';
import { FAULT_KINDS } from './faults.ts';
import { simulate } from './simulation.ts';

/** A sample; `npm run sim` lives for years, and `npm run sim -- --bugs` plants every bug. */

describe('simulated shops', () => {
  test('lose nothing, double nothing, and all tills show the same', async () => {
    const { violation, faults } = await simulate({ seed: 1, tillDays: 60, kit: SOUND });
    expect(violation).toBeUndefined();
    expect(FAULT_KINDS.filter((kind) => faults[kind] > 0).length).toBeGreaterThanOrEqual(25);
  }, 120_000);

  test('are played again exactly by their seed', async () => {
    const first = await simulate({ seed: 5, tillDays: 1, kit: SOUND });
    expect(await simulate({ seed: 5, tillDays: 1, kit: SOUND })).toEqual(first);
  }, 120_000);

  test.each(['append-only', 'stamp-of-the-wall', 'page-holed', 'joined-twice', 'document-left-out'])(
    'the planted bug %s is seen',
    async (name) => {
      const { violation } = await simulate({ seed: 1, tillDays: 100, kit: BUGS[name]?.kit ?? SOUND });
      expect(violation).toBeDefined();
    },
    120_000,
  );
});

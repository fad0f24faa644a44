import { v7 } from 'uuid';
import { assert } from '#shared/lib/assert.ts';
import type { EventId, ImportId, MemberId, ProgramId, ShopId, StreamId, TillId } from '#shared/lib/brand.ts';
import type { Ids } from '#shared/lib/ports.ts';

export type FillRandom = (numbers: Uint32Array<ArrayBuffer>) => void;

const UINT32_VALUES = 2 ** 32;

export function createRandomIds(
  fillRandom: FillRandom = (numbers) => void crypto.getRandomValues(numbers),
): Ids {
  return {
    eventId: () => v7() as EventId,
    memberId: () => v7() as MemberId,
    streamId: () => v7() as StreamId,
    tillId: () => v7() as TillId,
    shopId: () => v7() as ShopId,
    importId: () => v7() as ImportId,
    programId: () => v7() as ProgramId,
    randomNumbers: (count, below) => randomNumbers(count, below, fillRandom),
  };
}

/**
 * Draws that fall into the incomplete last round of 0..`below`-1 are thrown away: taking the remainder of all of them
 * would make the low numbers likelier, and card codes guessable.
 */
function randomNumbers(count: number, below: number, fillRandom: FillRandom): number[] {
  assert(Number.isInteger(count) && count >= 0, 'count must be a whole number');
  assert(Number.isInteger(below) && below >= 1 && below <= UINT32_VALUES, 'below must be in 1..2^32');
  const fairValues = Math.floor(UINT32_VALUES / below) * below;
  const numbers: number[] = [];
  while (numbers.length < count) {
    // One call may fill at most 65,536 bytes.
    const draws = new Uint32Array(Math.min(count - numbers.length, 0x4000));
    fillRandom(draws);
    for (const draw of draws) if (draw < fairValues) numbers.push(draw % below);
  }
  return numbers;
}

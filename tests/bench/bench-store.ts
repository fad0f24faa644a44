import { makePreset } from '#shared/domain/presets.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { assert } from '#shared/lib/assert.ts';
import { ok } from '#shared/lib/result.ts';
import type { Ledger } from '#renderer/data/ledger-port.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { COUNTRY } from './member-source.ts';

/** A coffee shop with a card of ten, as the first run would leave it. */
export async function setUpShop(ledger: Ledger): Promise<void> {
  if (ledger.programs().size > 0) return;
  const ids = createRandomIds();
  const staff = UNASSIGNED_STAFF;
  const names = { name: 'Coffee card', finalReward: 'Free coffee' };
  const coffee = makePreset({ key: 'coffee', id: ids.programId(), names, currency: 'EUR' });
  const program = { ...coffee, headStart: 0 };
  const shopId = ids.eventId();
  const programId = ids.eventId();
  const shop = { name: 'Bench Coffee', country: COUNTRY, language: 'en' };
  const results = [
    await ledger.append({
      id: shopId,
      decide: () => ok({ draft: { id: shopId, type: 'shop', staff, data: shop } }),
    }),
    await ledger.append({
      id: programId,
      decide: () => ok({ draft: { id: programId, type: 'program', staff, data: { program } } }),
    }),
  ];
  assert(
    results.every((result) => result.ok),
    'the shop was written',
  );
}

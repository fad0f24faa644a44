import { openDatabase, type Database } from '#renderer/data/database.ts';
import { openLedger } from '#renderer/data/ledger.ts';
import type { Ledger } from '#renderer/data/ledger-port.ts';
import { createMemberSearch, type MemberSearch } from '#renderer/data/member-search.ts';
import { ensureTillIdentity } from '#renderer/data/till-identity.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { makePhoneRegion } from '#shared/domain/phone-number.ts';
import { makePreset } from '#shared/domain/presets.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { ProgramId } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';
import { ManualClock } from './manual-clock.ts';

export interface TestStore {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly search: MemberSearch;
  readonly clock: ManualClock;
  readonly ids: ReturnType<typeof createRandomIds>;
  readonly program: ProgramDefinition;
}

/** A real store with a coffee card (10 + 1, no head start unless asked for) already published. */
export async function openTestStore(
  name = `test-${crypto.randomUUID()}`,
  change: Partial<ProgramDefinition> = {},
): Promise<TestStore> {
  const opened = await openDatabase(name);
  if (!opened.ok) throw new Error(`the test store did not open: ${opened.error.code}`);
  const database = opened.value;
  const clock = new ManualClock();
  const ids = createRandomIds();
  const identity = await ensureTillIdentity(database, ids);
  const ledger = await openLedger({ database, clock, ids, identity });
  const program: ProgramDefinition = {
    ...makePreset({
      key: 'coffee',
      id: 'coffee' as ProgramId,
      names: { name: 'Coffee card', finalReward: 'Free coffee' },
      currency: 'EUR',
    }),
    headStart: 0,
    ...change,
  };
  if (ledger.programs().size === 0) {
    const id = ids.eventId();
    const published = await ledger.append({
      id,
      decide: () => ok({ draft: { id, type: 'program', staff: UNASSIGNED_STAFF, data: { program } } }),
    });
    if (!published.ok) throw new Error('the test program was not published');
  }
  return {
    database,
    ledger,
    search: createMemberSearch(database, () => makePhoneRegion('FR')),
    clock,
    ids,
    program,
  };
}

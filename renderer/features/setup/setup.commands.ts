import { findProgramProblems } from '#shared/domain/program-problems.ts';
import { listCurrentPrograms, type ProgramDefinition } from '#shared/domain/program.ts';
import { canonicalJson } from '#shared/lib/canonical-json.ts';
import type { EventId, StaffId } from '#shared/lib/brand.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Language } from '#renderer/i18n/i18n.ts';
import type { Database } from '#renderer/data/database.ts';
import type { Ledger, StorageFailure } from '#renderer/data/ledger-port.ts';
import { writeSettings, type Settings } from '#renderer/data/settings.ts';
import type { Shop } from '#renderer/data/shop.ts';
import type { SpaceGuard } from '#renderer/data/space-guard.ts';
import { storageProblemOf } from '#renderer/data/storage-problem.ts';

/**
 * The end of the first run: two events, in this order.
 *
 *   program event ──► shop event ──► the counter appears (a shop is there)
 *        │ crash in between: no shop, so the first run is shown again; its program is taken up, not made twice
 *
 * Repeating a call with the same ids changes nothing.
 */

/** Minted when the first run opens and kept for every retry. */
export interface SetupIds {
  readonly programEvent: EventId;
  readonly shopEvent: EventId;
}

export type SetupFailure = StorageFailure | { readonly code: 'bad-program' };

export interface SetupCommands {
  /** The till speaks it from now on, the first run included. */
  chooseLanguage(language: Language): Promise<Result<undefined, StorageFailure>>;
  /** What a till that joins a shop is called; all else comes with the shop. */
  nameTill(tillName: string): Promise<Result<undefined, StorageFailure>>;
  finish(request: {
    readonly ids: SetupIds;
    readonly shop: Shop;
    readonly program: ProgramDefinition;
  }): Promise<Result<undefined, SetupFailure>>;
  /** The last step alone, where the programs are published already. */
  openShop(id: EventId, shop: Shop): Promise<Result<undefined, StorageFailure>>;
}

export function createSetupCommands(deps: {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly staff: () => StaffId;
  readonly guard?: SpaceGuard | undefined;
  /** Runs after the shop is there: phone numbers are read by its country from now on. */
  readonly refreshRegion: () => Promise<void>;
}): SetupCommands {
  const { database, ledger, staff, refreshRegion, guard } = deps;

  async function publishProgram(id: EventId, wanted: ProgramDefinition) {
    return await ledger.append<SetupFailure | { readonly code: 'is-there' }>({
      id,
      decide: (view) => {
        const [started] = listCurrentPrograms(view.programs);
        // A first run broken off after its program: nobody has a card yet, so its program becomes this one.
        const program = started ? { ...wanted, id: started.id, version: started.version + 1 } : wanted;
        if (started && hasSameRules(started, program)) return err({ code: 'is-there' });
        if (findProgramProblems(program).length > 0) return err({ code: 'bad-program' });
        return ok({ draft: { id, type: 'program', staff: staff(), data: { program } } });
      },
    });
  }

  async function write(change: Partial<Settings>): Promise<Result<undefined, StorageFailure>> {
    try {
      await writeSettings(database, change, guard);
      return ok(undefined);
    } catch (error) {
      return err({ code: 'storage', problem: storageProblemOf(error) });
    }
  }

  async function openShop(id: EventId, shop: Shop): Promise<Result<undefined, StorageFailure>> {
    const noted = await write({ isSetUp: true });
    if (!noted.ok) return noted;
    const named = await ledger.append<never>({
      id,
      decide: () => ok({ draft: { id, type: 'shop', staff: staff(), data: shop } }),
    });
    if (!named.ok) return named;
    await refreshRegion();
    return ok(undefined);
  }

  return {
    chooseLanguage: (language) => write({ language }),

    nameTill: (tillName) => write({ tillName }),

    finish: async ({ ids, shop, program }) => {
      const published = await publishProgram(ids.programEvent, program);
      if (!published.ok && published.error.code !== 'is-there') return err(published.error);
      return await openShop(ids.shopEvent, shop);
    },

    openShop,
  };
}

function hasSameRules(a: ProgramDefinition, b: ProgramDefinition): boolean {
  const rulesOf = ({ version, ...rules }: ProgramDefinition) => canonicalJson(rules);
  return rulesOf(a) === rulesOf(b);
}

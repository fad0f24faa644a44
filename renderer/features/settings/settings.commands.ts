import { cleanName } from '#shared/domain/person-name.ts';
import type { EventId, StaffId } from '#shared/lib/brand.ts';
import { err, ok, type Result } from '#shared/lib/result.ts';
import type { Database } from '#renderer/data/database.ts';
import type { Ledger, StorageFailure } from '#renderer/data/ledger-port.ts';
import { writeSettings, type Settings } from '#renderer/data/settings.ts';
import type { Shop } from '#renderer/data/shop.ts';
import type { SpaceGuard } from '#renderer/data/space-guard.ts';
import { storageProblemOf } from '#renderer/data/storage-problem.ts';

export type SettingsFailure = StorageFailure | { readonly code: 'no-name' };
export type SettingsResult = Result<undefined, SettingsFailure>;

export interface SettingsCommands {
  /** Describes the shop anew for every till: a new `shop` event. */
  changeShop(request: { readonly id: EventId; readonly shop: Shop }): Promise<SettingsResult>;
  /** Settings of this till only; not part of the ledger. */
  changeTill(change: Partial<Settings>): Promise<Result<undefined, StorageFailure>>;
}

export function createSettingsCommands(deps: {
  readonly database: Database;
  readonly ledger: Ledger;
  readonly staff: () => StaffId;
  readonly guard?: SpaceGuard | undefined;
  readonly refreshRegion: () => Promise<void>;
}): SettingsCommands {
  const { database, ledger, staff, refreshRegion, guard } = deps;
  return {
    changeShop: async ({ id, shop }) => {
      const data = { ...shop, name: cleanName(shop.name) };
      if (data.name === '') return err({ code: 'no-name' });
      const appended = await ledger.append<never>({
        id,
        decide: () => ok({ draft: { id, type: 'shop', staff: staff(), data } }),
      });
      if (!appended.ok) return appended;
      await refreshRegion();
      return ok(undefined);
    },
    changeTill: async (change) => {
      try {
        await writeSettings(database, change, guard);
        return ok(undefined);
      } catch (error) {
        return err({ code: 'storage', problem: storageProblemOf(error) });
      }
    },
  };
}

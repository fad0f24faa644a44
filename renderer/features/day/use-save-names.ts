import { writeSettings } from '#renderer/data/settings.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { storageProblemOf } from '#renderer/data/storage-problem.ts';
import { usePlatform } from '#renderer/platform/platform-context.tsx';

/** The owner's choice whether files name members; the switch shows what is kept, so a refusal moves it back. */
export function useSaveNames(): (exportNames: boolean) => void {
  const { database, guard } = useStore();
  const { log } = usePlatform();
  const save = async (exportNames: boolean) => {
    try {
      await writeSettings(database, { exportNames }, guard);
    } catch (error) {
      log.error('settings-failed', { code: storageProblemOf(error) });
    }
  };
  return (exportNames) => void save(exportNames);
}

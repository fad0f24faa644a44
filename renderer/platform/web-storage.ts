import type { PersistentStorage, StorageEstimate } from './host.ts';

export type StoragePort = Partial<
  Pick<StorageManager, 'persist' | 'persisted' | 'estimate' | 'getDirectory'>
>;

export async function requestPersistentStorage(storage: StoragePort | undefined): Promise<PersistentStorage> {
  if (!storage?.persist || !storage.persisted) return 'unsupported';
  // Asking again after a yes may show the question again in some browsers.
  return (await storage.persisted()) || (await storage.persist()) ? 'granted' : 'denied';
}

export async function storageEstimate(
  storage: StoragePort | undefined,
): Promise<StorageEstimate | undefined> {
  const estimate = await storage?.estimate?.();
  if (estimate?.usage === undefined || estimate.quota === undefined) return undefined;
  return { usageBytes: estimate.usage, quotaBytes: estimate.quota };
}

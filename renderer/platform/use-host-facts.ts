import { useEffect, useState } from 'react';
import type { HostInfo, PersistentStorage, StorageEstimate } from './host.ts';
import { usePlatform } from './platform-context.tsx';

export interface HostFacts {
  readonly persistence: PersistentStorage;
  /** Undefined where the browser won't say. */
  readonly estimate: StorageEstimate | undefined;
  readonly info: HostInfo;
}

/** What the host says about itself and the data; undefined until it has answered. */
export function useHostFacts(): HostFacts | undefined {
  const { host } = usePlatform();
  const [facts, setFacts] = useState<HostFacts>();
  useEffect(() => {
    let isLeft = false;
    const ask = async () => {
      const [persistence, estimate, info] = await Promise.all([
        host.requestPersistentStorage(),
        host.storageEstimate(),
        host.info(),
      ]);
      if (!isLeft) setFacts({ persistence, estimate, info });
    };
    void ask();
    return () => {
      isLeft = true;
    };
  }, [host]);
  return facts;
}

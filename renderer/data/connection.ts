import type Dexie from 'dexie';

/**
 * What stands between Dexie and the browser's store. Dexie opens anew by itself, after any close, whatever lies there
 * by then: it would make a store that was deleted under us, and adapt to one that a newer app has upgraded.
 *
 *   first open ─► hold ─► every later open: not made, not upgraded ─► checked ─► ours: usable
 *                                └──────────────────────────────────────┴─ refused: closed again, nothing written
 */
export interface Connection {
  /** Dexie opens through this. */
  readonly factory: Pick<IDBFactory, 'open' | 'deleteDatabase' | 'databases' | 'cmp'>;
  /** From now on an opening may find a store, never make or change one, and `isOurs` must say yes to it. */
  hold(isOurs: (database: Dexie) => Promise<boolean>): void;
  /**
   * Asked of each new connection before anybody may use it.
   *
   * @throws DOMException InvalidStateError when something else lies there now.
   */
  check(database: Dexie): Promise<void>;
  isChecked(native: IDBDatabase): boolean;
}

/** Means "closed" to everybody who asks `storageProblemOf`: a reload finds out what lies there. */
export const notOurs = (): DOMException =>
  new DOMException('another store lies where ours was', 'InvalidStateError');

export function createConnection(): Connection {
  const conditions: ((database: Dexie) => Promise<boolean>)[] = [];
  let checked: IDBDatabase | undefined;
  let firstVersion: number | undefined;

  function open(name: string, version?: number): IDBOpenDBRequest {
    if (conditions.length === 0) {
      firstVersion ??= version;
      return indexedDB.open(name, version);
    }
    // Dexie would mend what it misses in a newer store; merely asking makes the newer app's windows close theirs.
    if (version !== undefined && version !== firstVersion) throw new DOMException('not ours', 'VersionError');
    const request = indexedDB.open(name, version);
    // Before Dexie's own handler. Aborted, a store that was being made is gone again.
    request.addEventListener('upgradeneeded', (event) => {
      event.stopImmediatePropagation();
      request.transaction?.abort();
    });
    return request;
  }

  return {
    factory: {
      open,
      deleteDatabase: (name) => indexedDB.deleteDatabase(name),
      databases: () => indexedDB.databases(),
      cmp: (a, b) => indexedDB.cmp(a, b),
    },
    hold: (isOurs) => void conditions.push(isOurs),
    async check(database) {
      const native = database.backendDB();
      for (const isOurs of conditions) {
        if (!(await isOurs(database))) throw notOurs();
      }
      checked = native;
    },
    isChecked: (native) => native === checked,
  };
}

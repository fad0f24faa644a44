// A chosen folder's handle, over a start of the app. Browsers can store it in IndexedDB and nowhere else, so this is a tiny
// database of its own: the shop's data (renderer/data) knows nothing of folders, and clearing one does not touch the other.

const NAME = 'tenpunch-export-folder';
const STORE = 'folder';
const KEY = 'chosen';

export interface FolderMemory {
  /** Undefined: none was chosen, or the browser can't tell. */
  recall(): Promise<FileSystemDirectoryHandle | undefined>;
  /** @returns whether it will be known after the next start */
  keep(handle: FileSystemDirectoryHandle): Promise<boolean>;
}

export function createFolderMemory(factory: IDBFactory | undefined): FolderMemory {
  async function withStore<Value>(
    mode: IDBTransactionMode,
    ask: (store: IDBObjectStore) => IDBRequest<Value>,
  ): Promise<Value | undefined> {
    if (!factory) return undefined;
    const opening = factory.open(NAME, 1);
    opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore(STORE));
    const database = await settled(opening);
    try {
      const transaction = database.transaction(STORE, mode);
      const value = await settled(ask(transaction.objectStore(STORE)));
      return mode === 'readonly' ? value : await committed(transaction, value);
    } finally {
      database.close();
    }
  }

  return {
    recall: () => orElse(undefined, () => withStore('readonly', (store) => store.get(KEY))),
    keep: (handle) =>
      orElse(false, async () => {
        await withStore('readwrite', (store) => store.put(handle, KEY));
        return factory !== undefined;
      }),
  };
}

function settled<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

function committed<Value>(transaction: IDBTransaction, value: Value): Promise<Value> {
  return new Promise((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve(value));
    transaction.addEventListener('abort', () => reject(transaction.error));
  });
}

async function orElse<Value>(otherwise: Value, run: () => Promise<Value>): Promise<Value> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof DOMException) return otherwise;
    throw error;
  }
}

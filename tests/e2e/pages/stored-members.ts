import type { Page } from '@playwright/test';

export interface StoredMember {
  readonly id: string;
  readonly name: string;
  readonly phone?: string;
  readonly card?: string;
  readonly stamps: number;
  readonly ready: number;
  readonly visits: number;
}

/** Every member row of a database, read past the app. */
export async function readMembers(page: Page, database = 'tenpunch'): Promise<StoredMember[]> {
  return readTable<StoredMember>(page, database, 'members');
}

export async function readTable<Row>(page: Page, database: string, table: string): Promise<Row[]> {
  return page.evaluate(
    ([name, store]) =>
      new Promise<never[]>((resolve, reject) => {
        const opening = indexedDB.open(name);
        opening.addEventListener('error', () => reject(opening.error ?? new Error('not opened')));
        opening.addEventListener('success', () => {
          const connection = opening.result;
          const reading = connection.transaction(store, 'readonly').objectStore(store).getAll();
          reading.addEventListener('error', () => reject(reading.error ?? new Error('not read')));
          reading.addEventListener('success', () => {
            connection.close();
            resolve(reading.result as never[]);
          });
        });
      }),
    [database, table] as const,
  );
}

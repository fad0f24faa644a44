import { declareDatabase } from '#renderer/data/database.ts';

/** What a till had on its disk, table by table, and the digest of what the app of its day made of it. */
export interface Fixture {
  readonly version: number;
  readonly tables: Readonly<Record<string, readonly object[]>>;
  readonly digest: string;
}

/** Makes the store as the release of that version would have. */
export async function writeFixture(name: string, fixture: Fixture): Promise<void> {
  const old = declareDatabase(name, fixture.version);
  await old.open();
  for (const [table, rows] of Object.entries(fixture.tables)) {
    await old.table(table).bulkAdd([...rows]);
  }
  old.close();
}

/** What the store needs of a database: PGlite and PostgreSQL both speak it. */
export interface Sql {
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

export interface Database extends Sql {
  /** Commits what `run` did, or nothing of it. */
  transaction<Value>(run: (sql: Sql) => Promise<Value>): Promise<Value>;
  /** Several statements without values. */
  execute(text: string): Promise<void>;
  close(): Promise<void>;
}

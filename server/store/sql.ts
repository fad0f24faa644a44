/** What the store needs of a database: PGlite and PostgreSQL both speak it. */
export interface Sql {
  /** Asked together they are answered in the order they were asked in, each as if the ones before it were answered already. */
  query<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

export interface OpenTransaction extends Sql {
  /** A query behind which nothing more is asked: the commit goes with it, and does not wait until the answer is read. */
  last<Row>(text: string, values?: readonly unknown[]): Promise<readonly Row[]>;
}

export interface Database extends Sql {
  /** Commits what `run` did, or nothing of it. */
  transaction<Value>(run: (sql: OpenTransaction) => Promise<Value>): Promise<Value>;
  /** Several statements without values. */
  execute(text: string): Promise<void>;
  close(): Promise<void>;
}

export function abortQuietly(transaction: IDBTransaction): void {
  try {
    transaction.abort();
  } catch (error) {
    // Already finished: there is nothing left to take back.
    if (!(error instanceof DOMException)) throw error;
  }
}

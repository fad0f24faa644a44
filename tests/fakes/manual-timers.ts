/** Timers that run when a test says how much time has passed. */
export class ManualTimers {
  nowMs = 0;
  readonly waits: number[] = [];
  private readonly pending = new Map<number, { readonly atMs: number; readonly run: () => void }>();
  private lastId = 0;

  after(milliseconds: number, run: () => void): () => void {
    const id = (this.lastId += 1);
    this.waits.push(milliseconds);
    this.pending.set(id, { atMs: this.nowMs + milliseconds, run });
    return () => void this.pending.delete(id);
  }

  /** Lets time pass, and after each timer whatever `settle` waits for. */
  async pass(milliseconds: number, settle: () => Promise<void>): Promise<void> {
    const endMs = this.nowMs + milliseconds;
    for (;;) {
      const next = [...this.pending].sort(([a, x], [b, y]) => x.atMs - y.atMs || a - b)[0];
      if (!next || next[1].atMs > endMs) break;
      this.pending.delete(next[0]);
      this.nowMs = next[1].atMs;
      next[1].run();
      await settle();
    }
    this.nowMs = endMs;
  }
}

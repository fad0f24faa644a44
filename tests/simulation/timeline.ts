/** Virtual time: what is due next happens next, and nothing waits. */
export class Timeline {
  nowMs: number;
  #order = 0;
  readonly #heap: { at: number; order: number; run: () => void | Promise<void> }[] = [];

  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  get size(): number {
    return this.#heap.length;
  }

  after(ms: number, run: () => void | Promise<void>): void {
    const entry = { at: this.nowMs + Math.max(0, ms), order: (this.#order += 1), run };
    const heap = this.#heap;
    let place = heap.push(entry) - 1;
    while (place > 0) {
      const up = (place - 1) >> 1;
      const parent = heap[up];
      if (!parent || !isBefore(entry, parent)) break;
      heap[place] = parent;
      place = up;
    }
    heap[place] = entry;
  }

  /** Plays what is due until `untilMs`. */
  async playUntil(untilMs: number): Promise<void> {
    for (let first = this.#heap[0]; first && first.at <= untilMs; first = this.#heap[0]) {
      this.#removeFirst();
      this.nowMs = Math.max(this.nowMs, first.at);
      await first.run();
    }
    this.nowMs = untilMs;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let place = 0;
    for (;;) {
      let down = place * 2 + 1;
      const left = heap[down];
      if (!left) break;
      const right = heap[down + 1];
      const child = right && isBefore(right, left) ? right : left;
      if (child === right) down += 1;
      if (!isBefore(child, last)) break;
      heap[place] = child;
      place = down;
    }
    heap[place] = last;
  }
}

const isBefore = (a: { at: number; order: number }, b: { at: number; order: number }): boolean =>
  a.at < b.at || (a.at === b.at && a.order < b.order);

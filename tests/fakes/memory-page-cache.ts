import type { CachedPage, PageCache } from '#renderer/data/sync/page-cache.ts';

/** Keeps its promises as the real one does (tests/contract/page-cache.contract.ts). */
export class MemoryPageCache implements PageCache {
  pages: readonly CachedPage[] = [];

  async find(serverEpoch: string, after: number): Promise<string | undefined> {
    const page = this.pages.findLast((one) => one.after <= after);
    if (!page || page.through <= after) return undefined;
    if (page.serverEpoch === serverEpoch) return page.text;
    this.pages = [];
    return undefined;
  }

  async through(): Promise<number> {
    return this.pages.at(-1)?.through ?? 0;
  }

  async put(page: CachedPage): Promise<void> {
    const others = this.pages.filter(({ after }) => after !== page.after);
    this.pages = [...others, page].toSorted((left, right) => left.after - right.after);
  }

  async clear(): Promise<void> {
    this.pages = [];
  }
}

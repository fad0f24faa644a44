import type { LedgerEvent } from '#shared/ledger/event.ts';
import { createSyncFileWriter } from '#shared/sync/write-sync-file.ts';
import { readSyncFile } from '#shared/sync/read-sync-file.ts';
import { Violation, type Row } from './disk.ts';
import { openDoc, sealDoc } from './profile-port.ts';
import { OTHER_SHOP, SHOP } from './surroundings.ts';
import type { Till } from './till.ts';
import type { World } from './world.ts';

/** Sync files on sticks in people's pockets: taken along to the endpoint or another till, some of them weeks later. */

const MOST = 8;
const encoder = new TextEncoder();

export class Sticks {
  readonly #world: World;
  readonly #texts: string[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  async use(till: Till): Promise<void> {
    const { chance, stranger } = this.#world;
    if (!till.isRunning) return;
    if (this.#texts.length === 0 || chance.happens(0.5)) return this.write(till);
    const isForeign = stranger !== undefined && chance.happens(0.1);
    const whole = isForeign ? this.#textOf(stranger, stranger.disk.rows) : chance.pick(this.#texts);
    const isHalf = chance.happens(0.1);
    const isChanged = !isHalf && chance.happens(0.1) && whole.includes('"count":1');
    const text = isHalf
      ? whole.slice(0, chance.below(whole.length))
      : isChanged
        ? whole.replace('"count":1', '"count":7')
        : whole;
    if (isChanged) {
      this.#world.count('sync-file-changed');
      this.#noteChanged(whole, text);
    }
    if (isForeign) this.#world.count('sync-file-of-another-shop');
    if (isHalf) this.#world.count('sync-file-half');
    const times = chance.happens(0.3) ? 2 : 1;
    if (times === 2) this.#world.count('sync-file-again');
    const toEndpoint = chance.happens(0.5);
    for (let time = 0; time < times; time += 1) {
      if (toEndpoint) await this.#bringToEndpoint(till, text, isForeign || isHalf);
      else till.guarded(() => this.#bringToTill(till, text, isForeign || isHalf));
    }
  }

  /** The true event gets its place later than what its till committed after it. */
  #noteChanged(whole: string, text: string): void {
    const eventsOf = (file: string) =>
      (JSON.parse(file) as { batches: { events: LedgerEvent[] }[] }).batches.flatMap(({ events }) => events);
    const before = eventsOf(whole);
    for (const [index, event] of eventsOf(text).entries()) {
      if (JSON.stringify(event) !== JSON.stringify(before[index])) this.#world.comeLate.add(event.id);
    }
  }

  /** The till says so in its ledger, and goes on as if the file might never arrive. */
  write(till: Till): void {
    if (!till.isRunning) return;
    const data = { kind: 'sync-file' as const, files: 1 };
    till.guarded(() => till.commit({ ...till.counter.base(), type: 'export', data }));
    if (!till.isRunning) return;
    this.#texts.push(this.#textOf(till));
    if (till.world.kit.host.isFileBelieved) {
      till.disk.marks = { ...till.disk.marks, uploaded: till.disk.rows.length };
      till.disk.unsentProfiles.clear();
    }
    if (this.#texts.length > MOST) this.#texts.shift();
  }

  bringLast(till: Till): void {
    const last = this.#texts.at(-1);
    if (last !== undefined && till.isRunning) till.guarded(() => this.#bringToTill(till, last, false));
  }

  #textOf({ disk, queue, world }: Till, rows: readonly Row[] = [...queue()]): string {
    const { till, shop } = disk;
    const writer = createSyncFileWriter({ shop, till, batchId: () => world.newId('batch') });
    writer.addEvents(rows);
    writer.addDocs(
      [...disk.unsentProfiles].flatMap(
        (member) =>
          sealDoc(member, { profile: disk.profiles.get(member), erased: disk.erased.get(member) }) ?? [],
      ),
    );
    return writer.finish()[0]?.text ?? '';
  }

  async #bringToEndpoint(till: Till, text: string, isBad: boolean): Promise<void> {
    const { endpoint } = this.#world;
    const before = await endpoint.store.heads(SHOP);
    const asked = { route: 'importSyncFile', token: till.disk.token, text, after: 0, limit: 0 } as const;
    const reply = await endpoint.handle(asked);
    const isTaken = reply.kind === 'http' && reply.status === 200;
    if (!isTaken) return;
    this.#world.count('sync-file-to-endpoint');
    const after = await endpoint.store.heads(SHOP);
    if (isBad && (after.head > before.head || after.docHead > before.docHead))
      throw new Violation('I19 the endpoint took a file that is no file of this shop');
  }

  #bringToTill(till: Till, text: string, isBad: boolean): void {
    const { host } = till.world.kit;
    const isForeign = text.includes(`"shop":"${OTHER_SHOP}"`);
    const shop = host.isShopUnchecked && isForeign ? OTHER_SHOP : till.disk.shop;
    const file = readSyncFile(encoder.encode(text), shop);
    if (!file.ok) return;
    if (isBad && !host.isShopUnchecked)
      throw new Violation('I19 a till took a file that is none of this shop');
    this.#world.count('sync-file-to-till');
    const events = file.value.batches.flatMap((batch) => batch.events);
    till.keeper.takeFile(events, shop);
    till.keeper.takeDocs(file.value.docs.map(openDoc), undefined);
    till.talk.nudge();
  }
}

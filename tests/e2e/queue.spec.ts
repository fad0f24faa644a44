import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type App } from './host.ts';
import { CounterPage } from './pages/counter-page.ts';
import { ImportPage } from './pages/import-page.ts';
import { SetupPage } from './pages/setup-page.ts';
import { readMembers, readTable } from './pages/stored-members.ts';
import { openPractice } from './tour.ts';

const SAMPLE = join(import.meta.dirname, '../../resources/sample');
const HEAD_START = 2;
const CARD_SIZE = 10;
/** Last four digits and Enter. */
const KEYS_PER_REGULAR = 5;

/** The generator's own bookkeeping: it never went through the import. */
const expected = JSON.parse(readFileSync(join(SAMPLE, 'expected.json'), 'utf8')) as {
  readonly members: number;
  readonly stamps: number;
  readonly balances: Readonly<Record<string, number>>;
  /** Where points, levels and passes are read, too. */
  readonly club: {
    /** Numbers of rows whose points, level or pass can't be read. */
    readonly refused: readonly string[];
    readonly points: Readonly<Record<string, number>>;
    readonly tiers: Readonly<Record<string, string>>;
    readonly passes: Readonly<Record<string, string>>;
  };
};

/** What every member should have, counted by hand beside the app; by number or card code. */
class HandCount {
  readonly stamps = new Map(Object.entries(expected.balances));
  #undo: (() => void) | undefined;

  add(who: string, stamps: number): void {
    const before = this.stamps.get(who);
    this.stamps.set(who, (before ?? 0) + stamps);
    this.#undo = () => (before === undefined ? this.stamps.delete(who) : this.stamps.set(who, before));
  }

  of(who: string): number {
    return this.stamps.get(who) ?? 0;
  }

  undo(): void {
    this.#undo?.();
    this.#undo = undefined;
  }
}

/** Members whose last four digits are theirs alone, in the order of the file. */
function listRegulars(): string[] {
  const phones = Object.keys(expected.balances);
  const times = new Map<string, number>();
  for (const phone of phones) times.set(phone.slice(-4), (times.get(phone.slice(-4)) ?? 0) + 1);
  return phones.filter((phone) => times.get(phone.slice(-4)) === 1);
}

test('a queue of 50 customers by keyboard alone, every balance right at the end', async ({ app }) => {
  test.setTimeout(300_000);
  await new SetupPage(app.page).finish({ shop: 'Café Luna', country: 'France' });
  const importing = new ImportPage(app.page);
  await importing.open();
  await importing.importFile(join(SAMPLE, 'members-5000.csv'));
  expect(await countAll(app)).toEqual({ members: expected.members, stamps: expected.stamps });

  const hand = new HandCount();
  const regulars = listRegulars();
  const full = Object.keys(expected.balances).filter((phone) => hand.of(phone) >= CARD_SIZE);
  const almostFull = regulars.find((phone) => hand.of(phone) === CARD_SIZE - 1) ?? '';
  const ordinary = regulars.filter((phone) => hand.of(phone) < 5);
  const keysOfRegulars: number[] = [];
  let counter = new CounterPage(app.page);
  let served = 0;
  // Focused before the first key, as a person waits for it: on a slow machine the screen takes longer than a key does.
  await counter.open();

  const serveRegular = async (phone: string) => {
    counter.presses = 0;
    await counter.type(phone.slice(-4));
    await expect(counter.match).toContainText(phone.slice(-4));
    await counter.enter();
    keysOfRegulars.push(counter.presses);
    hand.add(phone, 1);
  };
  const serveNew = async (phone: string, name: string) => {
    await counter.type(`0${phone.slice(3)}`);
    await expect(counter.enrolment).toBeVisible();
    await counter.type(name);
    await counter.enter();
    hand.add(phone, HEAD_START + 1);
  };
  const redeem = async (phone: string) => {
    await counter.type(phone.startsWith('+33') ? `0${phone.slice(3)}` : phone);
    await expect(counter.match).toBeVisible();
    // Offered, never forced: the key is pressed on the card itself.
    await counter.key('*');
    hand.add(phone, -CARD_SIZE);
  };
  const enrolWithoutPhone = async (code: string) => {
    await counter.scan(code);
    await expect(counter.enrolment).toBeVisible();
    // It may be a product that was scanned by mistake: the first Enter asks.
    await app.page.waitForTimeout(200);
    await counter.press('Enter');
    await counter.enter();
    hand.add(code, HEAD_START + 1);
  };
  const serveCard = async (code: string) => {
    // Read twice, as scanners do when the card stays in front of them.
    await counter.scan(code);
    await counter.scan(code);
    await expect(counter.match).toBeVisible();
    await counter.enter();
    hand.add(code, 1);
  };
  const takePaperCard = async (phone: string) => {
    await counter.type(phone.slice(-4));
    await expect(counter.match).toBeVisible();
    const before = await counter.doneEvent();
    await counter.press('/');
    await expect(app.page.getByRole('dialog')).toBeVisible();
    await counter.press('6');
    await counter.press('Enter');
    await counter.nextDone(before);
    hand.add(phone, 6);
  };
  const undo = async () => {
    await counter.key('-');
    hand.undo();
  };

  const queue: (() => Promise<void>)[] = [
    ...ordinary.slice(0, 30).map((phone) => () => serveRegular(phone)),
    () => serveNew('+33700000001', 'Eve'),
    () => serveNew('+33711223344', 'Omer'),
    () => serveNew('+33622446688', ''),
    () => enrolWithoutPhone('TP0001AB'),
    () => enrolWithoutPhone('4006381333931'),
    () => serveCard('TP0001AB'),
    () => serveCard('4006381333931'),
    () => redeem(full[0] ?? ''),
    () => redeem(full[1] ?? ''),
    async () => {
      await serveRegular(almostFull);
      await redeem(almostFull);
    },
    async () => {
      await redeem(full[2] ?? '');
      await undo();
    },
    () => takePaperCard(ordinary[40] ?? ''),
    () => takePaperCard(ordinary[41] ?? ''),
    async () => {
      await takePaperCard(ordinary[42] ?? '');
      await undo();
    },
    async () => {
      await serveRegular(ordinary[43] ?? '');
      await undo();
      await serveRegular(ordinary[43] ?? '');
    },
    async () => {
      await serveNew('+33733445566', 'Wrong');
      await undo();
    },
    ...ordinary.slice(50, 54).map((phone) => () => serveRegular(phone)),
  ];
  expect(queue).toHaveLength(50);

  // Mixed, but the same way every time: a new card before it is scanned again, and so on.
  const mixed = queue.map((serve, at) => ({ serve, place: place(at) })).sort((a, b) => a.place - b.place);
  for (const { serve } of mixed) {
    await serve();
    served += 1;
    if (served === 20 || served === 40) await app.page.reload();
    if (served === 30) await app.relaunch();
    counter = new CounterPage(app.page);
    await expect(counter.input).toBeFocused();
  }

  expect(served).toBe(50);
  expect(new Set(keysOfRegulars)).toEqual(new Set([KEYS_PER_REGULAR]));
  const stored = await readMembers(app.page);
  const storedStamps = stored.map((row) => [row.phone ?? row.card ?? '', row.stamps] as const);
  expect(new Map(storedStamps.sort(byWho))).toEqual(new Map([...hand.stamps].sort(byWho)));
});

/** The first 30 of the list are regulars: the others come in between, in their own order. */
const place = (at: number): number => (at < 30 ? at * 1.6 : (at - 30) * 2.5 + 0.7);

const byWho = (a: readonly [string, number], b: readonly [string, number]): number => (a[0] < b[0] ? -1 : 1);

async function countAll(app: App): Promise<{ members: number; stamps: number }> {
  const rows = await readMembers(app.page);
  return { members: rows.length, stamps: rows.reduce((sum, row) => sum + row.stamps, 0) };
}

interface StoredProgram {
  readonly id: string;
  readonly tiers?: { readonly levels: readonly { readonly id: string; readonly name: string }[] };
  readonly offers?: readonly unknown[];
  readonly unit: { readonly kind: string; readonly size?: number };
}

interface StoredCard {
  readonly member: string;
  readonly programs: readonly {
    readonly program: string;
    readonly earned: number;
    readonly broughtTier: { readonly level: string } | null;
    readonly passUntil: string | null;
  }[];
}

const PRACTICE = 'tenpunch-practice';
const REGULARS_IN_PRACTICE = 10;
/** Those with a card and a past; the others came from the file with the books. */
const PEOPLE_WITH_A_PAST = 40;

test('the practice shop has four programs filled by the book, and a regular is still five keys', async ({
  app,
}) => {
  test.setTimeout(180_000);
  const { page } = app;
  await openPractice(page);
  const programs = await readTable<StoredProgram>(page, PRACTICE, 'programs');
  expect(programs).toHaveLength(4);
  const coffee = programs.find(({ unit }) => unit.size === CARD_SIZE)?.id ?? '';
  const club = programs.find(({ tiers }) => tiers !== undefined);
  const pass = programs.find(({ offers }) => offers !== undefined)?.id ?? '';
  const levelNames = new Map(club?.tiers?.levels.map(({ id, name }) => [id, name]));

  const holdings = async () => {
    const phones = new Map((await readMembers(page, PRACTICE)).map(({ id, phone }) => [id, phone ?? '']));
    const cards = await readTable<StoredCard>(page, PRACTICE, 'cards');
    const listOf = <Value>(program: string, of: (own: StoredCard['programs'][number]) => Value | null) =>
      cards.flatMap((card) => {
        const own = card.programs.find((candidate) => candidate.program === program);
        const value = own ? of(own) : null;
        const isOfTheFile = (phones.get(card.member) ?? '') !== '';
        return value === null || value === 0 || !isOfTheFile
          ? []
          : [[phones.get(card.member) ?? '', value] as const];
      });
    return {
      members: cards.length - PEOPLE_WITH_A_PAST,
      stamps: new Map(listOf(coffee, ({ earned }) => earned)),
      points: new Map(listOf(club?.id ?? '', ({ earned }) => earned)),
      tiers: new Map(
        listOf(club?.id ?? '', ({ broughtTier }) => levelNames.get(broughtTier?.level ?? '') ?? null),
      ),
      passes: new Map(listOf(pass, ({ passUntil }) => passUntil)),
    };
  };
  const refused = new Set(expected.club.refused);
  const noted = (books: Readonly<Record<string, number | string>>) =>
    new Map(Object.entries(books).filter(([phone, value]) => value !== 0 && !refused.has(phone)));
  const before = await holdings();
  expect(before).toEqual({
    members: expected.members - refused.size,
    stamps: noted(expected.balances),
    points: noted(expected.club.points),
    tiers: noted(expected.club.tiers),
    passes: noted(expected.club.passes),
  });

  const counter = new CounterPage(page);
  const regulars = listRegulars()
    .filter((phone) => !refused.has(phone))
    .slice(0, REGULARS_IN_PRACTICE);
  for (const phone of regulars) {
    counter.presses = 0;
    await counter.type(phone.slice(-4));
    await expect(counter.match).toContainText(phone.slice(-4));
    await counter.enter();
    expect(counter.presses).toBe(KEYS_PER_REGULAR);
  }
  const stamped = new Map(before.stamps);
  for (const phone of regulars) stamped.set(phone, (stamped.get(phone) ?? 0) + 1);
  expect(await holdings()).toEqual({ ...before, stamps: stamped });
  // The first run had opened the real store; practice wrote nothing into it.
  expect(await readTable(page, 'tenpunch', 'events')).toEqual([]);
});

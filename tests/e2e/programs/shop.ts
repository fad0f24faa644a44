import type { Locator, Page } from '@playwright/test';
import { writeProgramFile } from '#shared/domain/program-file.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import { expect, type App } from '../host.ts';
import { CounterPage } from '../pages/counter-page.ts';
import { goTo } from '../pages/go-to.ts';
import { SetupPage } from '../pages/setup-page.ts';
import { readTable } from '../pages/stored-members.ts';

interface StoredEvent {
  readonly n: number;
  readonly id: string;
  readonly type: string;
  readonly member?: string;
  readonly data: Record<string, unknown> & {
    readonly grants?: readonly { readonly program: string; readonly rule: string; readonly units: number }[];
  };
}

interface StoredCards {
  readonly member: string;
  readonly programs: readonly {
    readonly program: string;
    readonly cards: readonly { readonly stamps: number; readonly spent: boolean }[];
    readonly lots: readonly { readonly units: number }[];
  }[];
}

interface SaleKeys {
  /** As typed: the digits of a till's display. */
  readonly amount?: string;
  readonly items?: readonly string[];
  readonly saleType?: string;
}

/** Of the shop: the hour of the journeys of programs. */
export const TUESDAY_AT_TEN = { startAt: '2031-03-04T10:00:00', timezoneId: 'Europe/Paris' };

export const NUMBER = '0612345678';

export async function enrolRegular(shop: Shop): Promise<void> {
  await shop.enrol(NUMBER);
}

/** A shop that runs the coffee card of the first run and, from files, the given programs. Ends at the counter. */
export async function openShop(app: App, programs: readonly ProgramDefinition[]): Promise<Shop> {
  const shop = new Shop(app);
  await new SetupPage(app.page).finish({ shop: 'Café Luna', country: 'France' });
  for (const program of programs) await shop.importProgram(program);
  await shop.toCounter();
  return shop;
}

/** A shop as its owner and its cashier use it, and its ledger read past the app. */
export class Shop {
  readonly page: Page;
  readonly counter: CounterPage;
  /** What the first program under test is called. */
  private name = '';

  constructor(app: App) {
    this.page = app.page;
    this.counter = new CounterPage(app.page);
  }

  async importProgram(program: ProgramDefinition, into: 'new' | 'version' = 'new'): Promise<void> {
    this.name ||= program.name;
    await this.importFile(writeProgramFile({ program, app: 'test', atMs: 0 }), into);
  }

  async importFile(contents: string, into: 'new' | 'version' | 'copy' = 'new'): Promise<void> {
    const { page } = this;
    await goTo(this.page, '/programs/new');
    await page.getByRole('button', { name: 'From a file' }).click();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'program.json', mimeType: 'application/json', buffer: Buffer.from(contents) });
    const dialog = page.getByRole('dialog');
    if (into === 'copy') await dialog.getByText('A new program', { exact: true }).click();
    if (into === 'version') await dialog.getByText(/^Version \d/).click();
    await page
      .getByRole('button', { name: into === 'version' ? 'Publish' : 'Add the program', exact: true })
      .click();
    await expect(dialog).toHaveCount(0);
  }

  /** Publishes other rules for the program under test. */
  async publish(program: ProgramDefinition): Promise<void> {
    await this.importProgram({ ...program, id: await this.programId() }, 'version');
    await this.toCounter();
  }

  async withdraw(): Promise<void> {
    await this.openProgram();
    await this.page.getByRole('button', { name: 'Withdraw the program' }).click();
    await this.page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw', exact: true }).click();
    await expect(this.page.getByText('This program is withdrawn')).toBeVisible();
    await this.toCounter();
  }

  /** The file that the program's page saves. */
  async exportProgram(): Promise<string> {
    const { page } = this;
    // A dialog of the system can't be answered here; without it the browser downloads.
    await page.addInitScript(() => {
      Reflect.deleteProperty(window, 'showSaveFilePicker');
    });
    await this.openProgram();
    await page.reload();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as a file' }).click();
    const stream = await (await download).createReadStream();
    let text = '';
    for await (const chunk of stream) text += String(chunk);
    return text;
  }

  private async openProgram(): Promise<void> {
    await goTo(this.page, `/programs/${encodeURIComponent(await this.programId())}`);
    await expect(this.page.getByRole('heading', { level: 1, name: this.name })).toBeVisible();
  }

  async toCounter(): Promise<void> {
    await this.counter.open();
  }

  async openMember(number: string): Promise<void> {
    await goTo(this.page, `/members/${await this.memberOf(number)}`);
  }

  /** The clock on the wall, from now on; with its offset where the hour matters. */
  async at(moment: string): Promise<void> {
    await this.page.clock.setSystemTime(moment);
    await this.clear();
  }

  async enrol(number: string): Promise<void> {
    await this.counter.type(number);
    await expect(this.counter.enrolment).toBeVisible();
    await this.counter.enter();
  }

  async typeFriend(number: string, { broughtBy }: { readonly broughtBy: string }): Promise<void> {
    await this.counter.type(number);
    await expect(this.counter.enrolment).toBeVisible();
    await this.page.getByLabel('Brought by').fill(broughtBy);
  }

  async enrolFriend(number: string, request: { readonly broughtBy: string }): Promise<void> {
    await this.typeFriend(number, request);
    // The answer to "who was it?" stands in the field before Enter takes it.
    await expect(this.counter.enrolment.getByText('•', { exact: false }).last()).toBeVisible();
    await this.page.keyboard.press('Enter');
    await expect(this.counter.input).toBeFocused();
    await this.counter.enter();
  }

  async clear(): Promise<void> {
    await this.counter.clear();
  }

  async find(digits: string): Promise<void> {
    await this.counter.find(digits);
  }

  async punch(digits: string): Promise<void> {
    await this.find(digits);
    await this.counter.enter();
  }

  async tryPunch(): Promise<void> {
    await this.page.waitForTimeout(200);
    await this.counter.press('Enter');
  }

  async openAmount(digits: string): Promise<void> {
    await this.find(digits);
    await this.page.waitForTimeout(200);
    await this.counter.press('.');
  }

  async sell(digits: string, { amount, items = [], saleType }: SaleKeys): Promise<void> {
    await this.find(digits);
    for (const item of items) {
      await this.page
        .getByTestId('sale')
        .getByRole('button', { name: new RegExp(`^${item}`) })
        .click();
    }
    if (amount !== undefined) {
      await this.page.waitForTimeout(200);
      await this.counter.press('.');
      await this.counter.type(amount);
    }
    if (saleType !== undefined) await this.page.getByText(saleType, { exact: true }).click();
    await this.counter.enter();
  }

  /** Opens the menu of rarer things and does one of them. */
  async openMore(digits: string, label: string): Promise<void> {
    await this.find(digits);
    await this.page.waitForTimeout(200);
    await this.counter.press('/');
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: new RegExp(label) })
      .click();
  }

  async more(digits: string, label: string): Promise<void> {
    const before = await this.counter.doneEvent();
    await this.openMore(digits, label);
    await this.counter.nextDone(before);
  }

  /** Asks why the shop's limit should be passed. */
  get limit(): Locator {
    return this.page.getByRole('alertdialog', { name: 'More than the shop allows' });
  }

  /** Gives a reason for what is over the limit. */
  async passLimit(): Promise<void> {
    const before = await this.counter.doneEvent();
    await this.limit.getByRole('button', { name: 'Give anyway' }).click();
    await this.counter.nextDone(before);
  }

  /** The button that gives a reward to the member in hand. */
  rewardButton(reward: string): Locator {
    return this.counter.match.getByRole('button', { name: new RegExp(`Redeem.*${reward}`) });
  }

  async offers(digits: string, reward: string): Promise<boolean> {
    await this.find(digits);
    // What it would be settled on is painted with the match; the birthday follows a moment later.
    await this.page.waitForTimeout(300);
    return await this.rewardButton(reward).isVisible();
  }

  async redeem(digits: string, reward: string): Promise<void> {
    const before = await this.counter.doneEvent();
    await this.find(digits);
    await this.page.waitForTimeout(200);
    await this.rewardButton(reward).click();
    await this.counter.nextDone(before);
  }

  async choosePoints(digits: string, reward: string, units: number): Promise<void> {
    await this.find(digits);
    await this.page.waitForTimeout(200);
    await this.rewardButton(reward).click();
    const field = this.page.getByRole('dialog').getByLabel('Points to use');
    await field.fill(String(units));
    await field.press('Enter');
    await expect(this.page.getByRole('dialog')).toHaveCount(0);
  }

  async setBirthday(
    number: string,
    birthday: { readonly day: string; readonly month: string; readonly year: string },
  ): Promise<void> {
    const { page } = this;
    await this.openMember(number);
    await page.getByRole('button', { name: 'Change the birthday' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Day').fill(birthday.day);
    await dialog.getByLabel('Year').fill(birthday.year);
    await dialog.getByRole('button', { name: /Month/ }).click();
    await page.getByRole('option', { name: birthday.month }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toHaveCount(0);
    await this.toCounter();
  }

  async undo(): Promise<void> {
    await this.clear();
    await this.counter.key('-');
  }

  async events(): Promise<StoredEvent[]> {
    const events = await readTable<StoredEvent>(this.page, 'tenpunch', 'events');
    return events.toSorted((a, b) => a.n - b.n);
  }

  async count(type: string): Promise<number> {
    return (await this.events()).filter((event) => event.type === type).length;
  }

  async last(type: string): Promise<StoredEvent> {
    const event = (await this.events()).findLast((candidate) => candidate.type === type);
    if (!event) throw new Error(`there is no ${type}`);
    return event;
  }

  /** What the latest event of a type gave in the program under test, by rule. */
  async granted(type: string): Promise<Record<string, number>> {
    const program = await this.programId();
    const { data } = await this.last(type);
    const own = (data.grants ?? []).filter((grant) => grant.program === program);
    return Object.fromEntries(own.map(({ rule, units }) => [rule, units]));
  }

  /** Units of the program under test, as of the member's last event. */
  async balance(number?: string): Promise<number> {
    const cards = await readTable<StoredCards>(this.page, 'tenpunch', 'cards');
    const member = number === undefined ? undefined : await this.memberOf(number);
    const own = member === undefined ? cards[0] : cards.find((card) => card.member === member);
    const id = await this.programId();
    const state = own?.programs.find(({ program }) => program === id);
    const stamps = state?.cards.reduce((sum, card) => sum + (card.spent ? 0 : card.stamps), 0) ?? 0;
    return stamps + (state?.lots.reduce((sum, lot) => sum + lot.units, 0) ?? 0);
  }

  private async memberOf(number: string): Promise<string> {
    const members = await readTable<{ id: string; phone?: string }>(this.page, 'tenpunch', 'members');
    const member = members.find(({ phone }) => phone?.endsWith(number.slice(1)));
    if (!member) throw new Error(`nobody has ${number}`);
    return member.id;
  }

  private async programId(): Promise<string> {
    const programs = await readTable<{ id: string; name: string }>(this.page, 'tenpunch', 'programs');
    const program = programs.find(({ name }) => name === this.name);
    if (!program) throw new Error(`there is no ${this.name}`);
    return program.id;
  }
}

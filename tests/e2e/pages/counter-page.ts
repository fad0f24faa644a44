import type { Locator, Page } from '@playwright/test';
import { expect } from '../host.ts';
import { goTo } from './go-to.ts';

/** Slower than the 20 ms that tell a scanner from fingers, faster than any cashier. */
const FINGERS_MS = 30;
/** A person looks before Enter; the counter ignores an Enter right after the match changed. */
const LOOK_MS = 140;

/** The counter, served by keyboard alone. Counts every key that is pressed. */
export class CounterPage {
  presses = 0;

  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get input(): Locator {
    return this.page.locator('input[name=counter]');
  }

  get match(): Locator {
    return this.page.getByTestId('match');
  }

  get enrolment(): Locator {
    return this.page.getByTestId('enrol');
  }

  get done(): Locator {
    return this.page.getByTestId('done');
  }

  /** What the next Enter would give, and by which rules. */
  get earning(): Locator {
    return this.page.getByTestId('earning');
  }

  /** Buttons of what is sold. */
  get items(): Locator {
    return this.page.getByTestId('sale');
  }

  /** Rewards that are ready. */
  get rewards(): Locator {
    return this.page.getByTestId('rewards');
  }

  /** Level, pass, what lapses soon. */
  get standing(): Locator {
    return this.page.getByTestId('standing');
  }

  /** The amount of the sale, as on a till: digits come in from the end. */
  async typeAmount(digits: string): Promise<void> {
    await this.press('.');
    await this.type(digits);
  }

  async open(): Promise<void> {
    await goTo(this.page, '/');
    await expect(this.input).toBeFocused();
  }

  /** Leaves whatever is on screen: nobody is in hand. */
  async clear(): Promise<void> {
    for (let times = 0; times < 3; times += 1) await this.press('Escape');
  }

  /** A member in hand, by the last digits. */
  async find(digits: string): Promise<void> {
    await this.clear();
    await this.type(digits);
    await expect(this.match).toBeVisible();
  }

  async press(key: string): Promise<void> {
    this.presses += 1;
    await this.page.keyboard.press(key);
    await this.page.waitForTimeout(FINGERS_MS);
  }

  async type(text: string): Promise<void> {
    for (const key of text) await this.press(key);
  }

  /** Presses Enter and waits until the screen says done; returns the event's id. */
  async enter(): Promise<string> {
    const before = await this.doneEvent();
    // Whoever is meant stands there first: on a slow machine the answer takes longer than a look.
    await expect(this.match.or(this.enrolment).first()).toBeVisible();
    await this.page.waitForTimeout(LOOK_MS);
    await this.press('Enter');
    return this.nextDone(before);
  }

  /** One key that ends in "done". */
  async key(key: string): Promise<string> {
    const before = await this.doneEvent();
    await this.page.waitForTimeout(LOOK_MS);
    await this.press(key);
    return this.nextDone(before);
  }

  /** As a barcode scanner types: one key after the other without waiting for anybody, Enter at the end. */
  async scan(code: string): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page);
    const keys = [...code, '\r'].flatMap((text) => [
      session.send('Input.dispatchKeyEvent', {
        type: 'keyDown',
        text,
        key: text === '\r' ? 'Enter' : text,
        ...(text === '\r' ? { windowsVirtualKeyCode: 13, code: 'Enter' } : {}),
      }),
      session.send('Input.dispatchKeyEvent', { type: 'keyUp', key: text === '\r' ? 'Enter' : text }),
    ]);
    await Promise.all(keys);
    await session.detach();
  }

  async nextDone(before: string | null): Promise<string> {
    await expect(async () => {
      const event = await this.doneEvent();
      expect(event).not.toBeNull();
      expect(event).not.toBe(before);
    }).toPass({ intervals: [10, 20, 50, 100], timeout: 7000 });
    return (await this.doneEvent()) ?? '';
  }

  /** The event that the screen calls done; null when it shows none. */
  async doneEvent(): Promise<string | null> {
    return this.page.evaluate(
      () => document.querySelector('[data-testid=done]')?.getAttribute('data-event') ?? null,
    );
  }
}

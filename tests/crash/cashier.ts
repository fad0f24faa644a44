import type { Page } from 'playwright';
import { countIntents, type Intent, type Rules } from './history.ts';

/** Works the counter by keyboard without a pause, one intent after the other, and writes down each before its key. */

/** A little more than the app waits before Enter may count, see ENTER_GUARD_MS. */
const GUARD_MS = 130;
const MEMBERS = 12;
const PATIENCE_MS = 10_000;

export interface Shown {
  readonly event: string;
  readonly type: string;
}

export interface Cashier {
  /** Works until the page is gone. Throws only when the app does not do what it should while it is alive. */
  readonly work: () => Promise<void>;
  /** Called by the page for each "done" that came up. */
  readonly onShown: (shown: Shown) => void;
  /** Stops waiting for what can't come any more. */
  readonly stop: () => void;
}

export function createCashier(deps: {
  readonly page: Page;
  readonly intents: Intent[];
  readonly rules: Rules;
  readonly draw: (below: number) => number;
  readonly isKilled: () => boolean;
  /** The key that counts is about to be pressed. */
  readonly onIntent: () => void;
}): Cashier {
  const { page, intents, rules, draw, isKilled, onIntent } = deps;
  const known = new Set(intents.map(({ event }) => event));
  let wake: (shown: Shown) => void = () => undefined;
  const end = new AbortController();

  /** Writes the intent down, presses its key, waits for the screen. */
  async function carryOut(intent: Intent, key: string): Promise<void> {
    intents.push(intent);
    const shown = new Promise<Shown>((resolve) => (wake = resolve));
    onIntent();
    await page.keyboard.press(key);
    const { event, type } = await withPatience(shown, `"done" after a ${intent.kind}`, end.signal);
    if (type !== intent.kind) throw new Error(`the screen called a ${intent.kind} a ${type}`);
    intent.event = event;
  }

  async function findMember(phone: string, panel: 'match' | 'enrol'): Promise<void> {
    await page.keyboard.type(phone);
    await page.waitForSelector(`[data-testid="${panel}"]`, { timeout: PATIENCE_MS });
    await page.waitForTimeout(GUARD_MS);
  }

  async function next(): Promise<void> {
    const balances = countIntents(intents, rules);
    const phone = phoneOf(draw(MEMBERS));
    const last = intents.at(-1);
    if (last?.event !== undefined && last.kind !== 'void' && draw(6) === 0) {
      const undo: Intent = { kind: 'void', phone: last.phone, event: undefined, target: last };
      return await carryOut(undo, '-');
    }
    const balance = balances.get(phone);
    if (!balance) {
      await findMember(phone, 'enrol');
      return await carryOut({ kind: 'enrolment', phone, event: undefined }, 'Enter');
    }
    await findMember(phone, 'match');
    const isReady = balance.stamps >= rules.size;
    await carryOut(
      { kind: isReady ? 'redemption' : 'visit', phone, event: undefined },
      isReady ? '*' : 'Enter',
    );
  }

  return {
    onShown: (shown) => {
      if (known.has(shown.event)) return;
      known.add(shown.event);
      wake(shown);
    },
    stop: () => end.abort(),
    work: async () => {
      try {
        for (;;) await next();
      } catch (error) {
        if (!isKilled()) throw error;
      }
    },
  };
}

/** Two numbers differ in two places that are no neighbours, so none looks like a slip of another. */
const phoneOf = (index: number): string => {
  const digits = String(1000 + 7 * index);
  return `+336${digits}${digits}`;
};

function withPatience<Value>(promise: Promise<Value>, what: string, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${what}`)), PATIENCE_MS);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(new Error('stopped'));
    });
    void promise.then((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

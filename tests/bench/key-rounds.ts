import type { Page } from 'playwright';
import { createDraws, memberAt } from './member-source.ts';
import type { KeyTimes, PaintProbe, Subject } from './paint-probe.ts';
import { summarize, type Summary } from './statistics.ts';

declare global {
  interface Window {
    readonly probe: PaintProbe;
  }
}

/** The real, built app, worked by real key events. */

export interface KeyResult {
  readonly name: string;
  /** Key to answer in the document, and the frame's own work. */
  readonly work: Summary;
  /** The same of a bare field in the same page, in the same rounds. */
  readonly plain: Summary;
  /** With the wait for the screen's beat. */
  readonly total: Summary;
  /** Keys that no answer followed within the time limit. */
  readonly unanswered: number;
}

/** People do not type faster; and a burst that ends with Enter would be a scan. */
const KEY_GAP_MS = 25;
/** What the keys before have set off is over by then. */
const SETTLE_MS = 60;
const PATIENCE_MS = 2_000;
/** A little more than the app waits before Enter may count. */
const GUARD_MS = 140;

interface Plan {
  readonly typed: string;
  readonly key: string;
  readonly member?: string;
  /** Where in the typed text the key goes; absent: at its end. */
  readonly caret?: number;
}

/** Beginnings of names whose next letter changes who comes first: otherwise nothing on the screen would change. */
const NAME_BEGINNINGS =
  'mar+i cla+r jul+i jean+n paul+i cha+r mon+i tor+o wal+u per+i sal+o ber+o del+i fer+u gar+o her+i dar+u bon+i car+o mer+o par+i ser+o ver+i zan+o'.split(
    ' ',
  );

const DIALLED_START = 2;

/** As many digits as leave about ten members. */
const prefixLength = (size: number): number => DIALLED_START + Math.max(1, Math.floor(Math.log10(size / 10)));

const PLANS: Readonly<Record<string, (draw: (below: number) => number, size: number) => Plan>> = {
  'exact number': (draw, size) => {
    // The digit comes last that stands third: a beginning of nine digits would have found the member already.
    for (;;) {
      const { dialled, id } = memberAt(draw(size));
      const typed = dialled.slice(0, DIALLED_START) + dialled.slice(DIALLED_START + 1);
      const key = dialled.charAt(DIALLED_START);
      if (!dialled.startsWith(typed)) return { typed, key, member: id, caret: DIALLED_START };
    }
  },
  'last four digits': (draw, size) => {
    const last4 = memberAt(draw(size)).phone.slice(-4);
    return { typed: last4.slice(0, -1), key: last4.slice(-1) };
  },
  'number prefix': (draw, size) => {
    const length = prefixLength(size);
    for (;;) {
      const digits = memberAt(draw(size)).dialled.slice(0, length);
      if (!digits.endsWith('0')) return { typed: digits.slice(0, -1), key: digits.slice(-1) };
    }
  },
  'name prefix': (draw) => {
    const [typed = '', key = ''] = (NAME_BEGINNINGS[draw(NAME_BEGINNINGS.length)] ?? '').split('+');
    return { typed, key };
  },
};

export async function keyRounds(
  page: Page,
  { size, rounds, seed }: { readonly size: number; readonly rounds: number; readonly seed: number },
): Promise<KeyResult[]> {
  const draw = createDraws(seed);
  const results = new Map<string, { times: KeyTimes[]; unanswered: number }>();
  const note = (name: string, times: KeyTimes | undefined) => {
    const result = results.get(name) ?? { times: [], unanswered: 0 };
    results.set(name, result);
    if (times) result.times.push(times);
    else result.unanswered += 1;
  };
  // The first keys compile what all others use.
  const plain: KeyTimes[] = [];
  for (let round = -5; round < rounds; round += 1) {
    const bare = await timePlainKey(page);
    if (round >= 0 && bare) plain.push(bare);
    for (const [name, makePlan] of Object.entries(PLANS)) {
      const plan = makePlan(draw, size);
      await page.keyboard.type(plan.typed, { delay: KEY_GAP_MS });
      if (plan.caret !== undefined) {
        await page.keyboard.press('Home');
        for (let step = 0; step < plan.caret; step += 1) await page.keyboard.press('ArrowRight');
      }
      await page.waitForTimeout(SETTLE_MS);
      const times = await timeKey(page, plan.key, 'match', plan.member);
      if (round >= 0) note(`${name}, key to painted match`, times);
      if (plan.member !== undefined) {
        await page.waitForTimeout(GUARD_MS);
        const done = await timeKey(page, 'Enter', 'done');
        if (round >= 0) note('punch, Enter to painted "done"', done);
      }
      await page.keyboard.press('Escape');
      await page.waitForTimeout(SETTLE_MS);
    }
  }
  return [...results].map(([name, { times, unanswered }]) => ({
    name,
    plain: summarize(plain.map(workOf)),
    work: summarize(times.map(workOf)),
    total: summarize(times.map(({ totalMs }) => totalMs)),
    unanswered,
  }));
}

const workOf = ({ answerMs, frameMs }: KeyTimes): number => answerMs + frameMs;

/** The yardstick: the same key, page and clock, and nothing to look up or to draw but one letter. */
async function timePlainKey(page: Page): Promise<KeyTimes | undefined> {
  await page.evaluate(() => window.probe.plainField(true));
  await page.waitForTimeout(SETTLE_MS);
  const times = await timeKey(page, 'x', 'plain');
  await page.evaluate(() => window.probe.plainField(false));
  await page.focus('input[name="counter"]');
  return times;
}

async function timeKey(
  page: Page,
  key: string,
  subject: Subject,
  member?: string,
): Promise<KeyTimes | undefined> {
  await page.evaluate(([about, id]) => window.probe.arm(about, id), [subject, member] as const);
  await page.keyboard.press(key);
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const times = await page.evaluate(() => window.probe.take());
    if (times) return times;
    await page.waitForTimeout(5);
  }
  return undefined;
}

/** Starts the browser on `profile` and the app in it. @returns milliseconds from navigation to a counter that takes keys */
export async function timeColdStart(page: Page, origin: string): Promise<number> {
  await page.goto(origin);
  const usable = await page.waitForFunction(() => window.probe.usableAt());
  await page.keyboard.press('7');
  await page.waitForFunction(
    () => document.querySelector<HTMLInputElement>('input[name="counter"]')?.value === '7',
  );
  const usableAt = await usable.jsonValue();
  if (usableAt === undefined) throw new Error('the counter never became usable');
  return usableAt;
}

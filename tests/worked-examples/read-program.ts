import {
  itemKey,
  type ProgramDefinition,
  type PromotionWindow,
  type Reward,
} from '#shared/domain/program.ts';
import { minorDigitsOf } from '#shared/lib/money.ts';

/**
 * Reads a program as the worked examples write it: its head, then one sentence per line. Every sentence must be
 * understood as a whole; one that is not fails the test, so that no example says something that is never tried.
 */

type Draft = { -readonly [Key in keyof ProgramDefinition]: ProgramDefinition[Key] };
type Words = Readonly<Record<string, string | undefined>>;
type Sentence = readonly [pattern: RegExp, put: (draft: Draft, words: Words, money: Money) => void];
type Money = (text: string | undefined) => number;

export const slug = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** `12.50` in minor units; as many digits after the point as the currency has, or the example is wrong. */
export function moneyReader(currency: string): Money {
  const digits = minorDigitsOf(currency);
  const shape = new RegExp(digits === 0 ? '^\\d+$' : `^\\d+\\.\\d{${digits}}$`);
  return (text) => {
    if (text === undefined || !shape.test(text)) throw new Error(`"${text}" is no amount in ${currency}`);
    return Number(text.replace('.', ''));
  };
}

export const tellMoney = (amount: number, currency: string): string => {
  const digits = minorDigitsOf(currency);
  const text = String(amount).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
};

const number = (text: string | undefined): number => Number(text);
const numberOrNull = (text: string | undefined): number | null => (text === undefined ? null : Number(text));
const list = (text: string | undefined): string[] => (text === undefined ? [] : text.split('; '));
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const ROUNDED = { down: 'down', up: 'up', 'to the nearest': 'nearest' } as const;
const roundingOf = (text: string | undefined) => ROUNDED[(text ?? 'down') as keyof typeof ROUNDED];

const WINDOW =
  '(?: on (?<weekdays>[A-Z][a-z]{2}(?:, [A-Z][a-z]{2})*))?(?: from (?<from>\\d\\d:\\d\\d))?(?: until (?<until>\\d\\d:\\d\\d))?(?: between (?<first>\\S+) and (?<last>\\S+))?';
const windowOf = ({ weekdays, from, until, first, last }: Words): PromotionWindow => ({
  weekdays: weekdays?.split(', ').map((weekday) => WEEKDAYS.indexOf(weekday) + 1) ?? [],
  from: from ?? null,
  until: until ?? null,
  firstDay: first ?? null,
  lastDay: last ?? null,
});

function promote(draft: Draft, promotion: NonNullable<ProgramDefinition['promotions']>[number]): void {
  draft.promotions = [...(draft.promotions ?? []), promotion];
}

const SENTENCES: readonly Sentence[] = [
  [
    /^(?<units>\d+) for each visit$/,
    (draft, { units }) => draft.earn.push({ kind: 'visit', id: 'visit', units: number(units) }),
  ],
  [
    /^(?<units>\d+) for every (?<per>[\d.]+)(?:, from (?<minimum>[\d.]+))?(?:, rounded (?<rounded>down|up|to the nearest))?(?:, without (?<items>[^,]+))?(?:, not on (?<sales>[^,]+))?$/,
    (draft, { units, per, minimum, rounded, items, sales }, money) =>
      draft.earn.push({
        kind: 'amount',
        id: 'amount',
        units: number(units),
        per: money(per),
        minimum: minimum === undefined ? null : money(minimum),
        rounding: roundingOf(rounded),
        excludedItems: list(items),
        excludedSales: list(sales),
      }),
  ],
  [
    /^(?<units>\d+) for each (?<item>[A-Z].*)$/,
    (draft, { units, item = '' }) =>
      draft.earn.push({ kind: 'item', id: slug(item), item, units: number(units) }),
  ],
  [
    /^(?<units>\d+) for anything of (?<category>[A-Z].*)$/,
    (draft, { units, category = '' }) =>
      draft.earn.push({ kind: 'category', id: slug(category), category, units: number(units) }),
  ],
  [
    /^(?<units>\d+) for doing (?<name>[^,]+)(?:, (?<perDay>\d+) a day)?$/,
    (draft, { units, name = '', perDay }) =>
      draft.earn.push({
        kind: 'action',
        id: slug(name),
        name,
        units: number(units),
        perDay: numberOrNull(perDay),
      }),
  ],
  [
    /^(?<units>\d+) for bringing a friend, (?<friendUnits>\d+) for the friend(?:, at most (?<cap>\d+) friends?)?$/,
    (draft, { units, friendUnits, cap }) =>
      draft.earn.push({
        kind: 'referral',
        id: 'friend',
        units: number(units),
        friendUnits: number(friendUnits),
        cap: numberOrNull(cap),
      }),
  ],
  [/^joining gives (?<units>\d+)$/, (draft, { units }) => (draft.headStart = number(units))],
  [
    /^sells (?<name>[^(@]+?)(?: \((?<category>.+)\))?(?: @ (?<price>[\d.]+))?$/,
    (draft, { name = '', category, price }, money) => {
      const item = { name, category: category ?? null, price: price === undefined ? null : money(price) };
      draft.items = [...(draft.items ?? []), item];
    },
  ],
  [/^lasts for ever$/, (draft) => (draft.expiry = { kind: 'none' })],
  [
    /^lasts (?<months>\d+) months?$/,
    (draft, { months }) => (draft.expiry = { kind: 'after-months', months: number(months) }),
  ],
  [
    /^lasts (?<months>\d+) months? after the last visit$/,
    (draft, { months }) => (draft.expiry = { kind: 'after-last-visit', months: number(months) }),
  ],
  [
    /^lasts until the end of the (?<next>next )?year$/,
    (draft, { next }) => (draft.expiry = { kind: 'end-of-year', years: next === undefined ? 0 : 1 }),
  ],
  [
    new RegExp(`^promotion (?<name>[^:]+): x(?<factor>[\\d.]+)${WINDOW}$`),
    (draft, words) => {
      const { name = '', factor } = words;
      const percent = Math.round(number(factor) * 100);
      promote(draft, { kind: 'multiplier', id: slug(name), name, percent, window: windowOf(words) });
    },
  ],
  [
    new RegExp(`^promotion (?<name>[^:]+): (?<units>\\d+) more for each (?<item>[A-Z][a-z]+)${WINDOW}$`),
    (draft, words) => {
      const { name = '', units, item = '' } = words;
      promote(draft, {
        kind: 'item-bonus',
        id: slug(name),
        name,
        item,
        units: number(units),
        window: windowOf(words),
      });
    },
  ],
  [
    /^promotion (?<name>[^:]+): (?<units>\d+) after (?<weeks>\d+) weeks? away$/,
    (draft, { name = '', units, weeks }) =>
      promote(draft, {
        kind: 'win-back',
        id: slug(name),
        name,
        weeks: number(weeks),
        units: number(units),
      }),
  ],
  [
    /^tiers by (?<by>spend|units|visits): (?<levels>.+)$/,
    (draft, { by, levels = '' }, money) => {
      draft.tiers = {
        by: by as 'spend',
        levels: levels.split(', ').map((text) => {
          const level = /^(?<name>\S+) from (?<from>\S+)(?: x(?<factor>[\d.]+))?(?: "(?<note>.*)")?$/.exec(
            text,
          );
          if (!level?.groups) throw new Error(`no tier: ${text}`);
          const { name = '', from, factor, note } = level.groups as Words;
          return {
            id: slug(name),
            name,
            from: by === 'spend' ? money(from) : number(from),
            percent: Math.round(number(factor ?? '1') * 100),
            note: note ?? '',
          };
        }),
      };
    },
  ],
  [
    /^pass (?<name>[^:]+): (?<price>[\d.]+) for (?<months>\d+) months?$/,
    (draft, { name = '', price, months }, money) => {
      const offer = {
        kind: 'pass' as const,
        id: slug(name),
        name,
        price: money(price),
        months: number(months),
      };
      draft.offers = [...(draft.offers ?? []), offer];
    },
  ],
  [
    /^prepaid (?<name>[^:]+): (?<price>[\d.]+) for (?<units>\d+)$/,
    (draft, { name = '', price, units }, money) => {
      const offer = {
        kind: 'prepaid' as const,
        id: slug(name),
        name,
        price: money(price),
        units: number(units),
      };
      draft.offers = [...(draft.offers ?? []), offer];
    },
  ],
  [
    /^badge (?<name>[^:]+): (?:(?<visits>\d+) visits|(?<weeks>\d+) weeks in a row|first donation)$/,
    (draft, { name = '', visits, weeks }) => {
      const base = { id: slug(name), name, icon: 'star' as const };
      const badge =
        visits === undefined
          ? weeks === undefined
            ? { kind: 'donation' as const, ...base }
            : { kind: 'streak' as const, ...base, weeks: number(weeks) }
          : { kind: 'visits' as const, ...base, visits: number(visits) };
      draft.badges = [...(draft.badges ?? []), badge];
    },
  ],
  [
    /^(?<percent>\d+(?:\.\d+)?)% of every sale to (?<name>[^,]+)(?:, rounded (?<rounded>down|up|to the nearest))?$/,
    (draft, { percent, name = '', rounded }) => {
      const basisPoints = Math.round(number(percent) * 100);
      draft.charity = { name, basisPoints, rounding: roundingOf(rounded) };
    },
  ],
  [
    /^at most (?<units>\d+) a (?<what>visit|day)$/,
    (draft, { units, what }) =>
      (draft.limits = {
        ...draft.limits,
        [what === 'visit' ? 'perVisit' : 'perDay']: number(units),
      }),
  ],
  [
    /^(?<minutes>\d+) minutes between visits$/,
    (draft, { minutes }) => (draft.limits = { ...draft.limits, minutesBetween: number(minutes) }),
  ],
  [/^withdrawn$/, (draft) => (draft.isWithdrawn = true)],
  [
    /^at (?<at>\d+): (?<rest>.+)$/,
    (draft, { at, rest = '' }, money) => draft.rewards.push(readReward(number(at), rest, money)),
  ],
];

/** `Free coffee`, `Voucher, 5.00 off | only Gold | once a year`. */
function readReward(at: number, text: string, money: Money): Reward {
  const [head = '', ...options] = text.split(' | ');
  const [name = '', effect] = head.split(', ');
  const base = {
    id: slug(name),
    at,
    name,
    ...Object.assign({}, ...options.map((option) => optionOf(option, money))),
  };
  if (effect === undefined) return { kind: 'free-item', ...base };
  const { off, percent, category, gift, charity, step } =
    (/^(?:(?<off>[\d.]+) off(?: for each (?<step>\d+))?|(?<percent>\d+)% off(?: (?<category>.+))?|(?<gift>[\d.]+) to (?<charity>.+))$/.exec(
      effect,
    )?.groups ?? {}) as Words;
  if (step !== undefined) return { kind: 'chosen-points', ...base, step: number(step), amount: money(off) };
  if (off !== undefined) return { kind: 'amount-off', ...base, amount: money(off) };
  if (gift !== undefined) return { kind: 'donation', ...base, amount: money(gift), charity: charity ?? '' };
  if (percent === undefined) throw new Error(`no reward: ${text}`);
  return { kind: 'percent-off', ...base, percent: number(percent), category: category ?? null };
}

function optionOf(text: string, money: Money): Partial<Reward> {
  const option = (
    /^(?:only (?<tier>\S+)|(?<pass>with a pass)|birthday -(?<before>\d+) \+(?<after>\d+)|(?<times>\d+) times? (?<per>a day|a year|ever)|(?<days>\d+) days to take it|worth (?<value>[\d.]+))$/.exec(
      text,
    ) ?? { groups: undefined }
  ).groups as Words | undefined;
  if (!option) throw new Error(`no condition of a reward: ${text}`);
  const { tier, pass, before, after, times, per, days, value } = option;
  if (tier !== undefined) return { tier: slug(tier) };
  if (pass !== undefined) return { needsPass: true };
  if (before !== undefined) return { birthday: { daysBefore: number(before), daysAfter: number(after) } };
  if (days !== undefined) return { expiresAfterDays: number(days) };
  if (value !== undefined) return { value: money(value) };
  const period = per === 'a day' ? 'day' : per === 'a year' ? 'year' : 'ever';
  return { cap: { times: number(times), per: period } };
}

/** @param head `coffee v2: card of 10` or `points: points`. */
export function readProgram(head: string, lines: readonly string[], currency: string): ProgramDefinition {
  const words = /^(?<id>\S+?)(?: v(?<version>\d+))?: (?:card of (?<size>\d+)|(?<points>points))$/.exec(head)
    ?.groups as Words | undefined;
  if (!words) throw new Error(`no program: ${head}`);
  const { id = '', version, size } = words;
  const draft: Draft = {
    id,
    version: number(version ?? '1'),
    name: id,
    unit:
      size === undefined
        ? { kind: 'points', icon: 'star' }
        : { kind: 'stamps', size: number(size), icon: 'cup' },
    earn: [],
    headStart: 0,
    rewards: [],
    limits: { perVisit: null, perDay: null, minutesBetween: null },
    expiry: { kind: 'none' },
    currency,
  };
  const money = moneyReader(currency);
  for (const line of lines) {
    const sentence = SENTENCES.find(([pattern]) => pattern.test(line));
    if (!sentence) throw new Error(`not understood in ${id}: ${line}`);
    const [pattern, put] = sentence;
    put(draft, pattern.exec(line)?.groups ?? {}, money);
  }
  return draft;
}

/** Which category a program gives an item. */
export const categoryOf = (programs: readonly ProgramDefinition[], item: string): string | null =>
  programs.flatMap(({ items }) => items ?? []).find(({ name }) => itemKey(name) === itemKey(item))
    ?.category ?? null;

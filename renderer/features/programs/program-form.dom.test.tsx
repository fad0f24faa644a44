import { render, screen, within } from '@testing-library/react';
import userEvent, { type UserEvent } from '@testing-library/user-event';
import type { i18n as I18n } from 'i18next';
import { useEffect, useRef } from 'react';
import { I18nextProvider } from 'react-i18next';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { FormatProvider } from '#renderer/i18n/format-context.tsx';
import { createI18n } from '#renderer/i18n/i18n.ts';
import { PlatformProvider, type Platform } from '#renderer/platform/platform-context.tsx';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { makePreset } from '#shared/domain/presets.ts';
import type { ProgramDefinition } from '#shared/domain/program.ts';
import type { ProgramId } from '#shared/lib/brand.ts';
import { EditorProvider } from './editor-context.tsx';
import { ProgramForm } from './program-form.tsx';
import { PublishBox } from './publish-box.tsx';
import { useProgramEditor } from './use-program-editor.ts';

const BAKERY = makePreset({
  key: 'bakery',
  id: 'bakery' as ProgramId,
  names: { name: 'Bakery card', finalReward: 'Cake', milestoneReward: 'Bun' },
  currency: 'EUR',
});
const POINTS = makePreset({
  key: 'blank-points',
  id: 'points' as ProgramId,
  names: { name: 'Points', reward: 'Coffee' },
  currency: 'EUR',
});
// Whole forms, key by key: on a busy machine a dozen steps can take longer than usual.
vi.setConfig({ testTimeout: 20_000 });

const platform = { ids: createRandomIds() } as unknown as Platform;

let i18n: I18n;
let user: UserEvent;
/** What would be published now. */
let wanted: ProgramDefinition;

beforeAll(async () => {
  i18n = await createI18n('en');
});
beforeEach(() => {
  user = userEvent.setup({ delay: null, pointerEventsCheck: 0 });
});

interface BenchProps {
  readonly base: ProgramDefinition;
  readonly currency: string;
  readonly onChange: (wanted: ProgramDefinition) => void;
}

function Bench({ base, currency, onChange }: BenchProps) {
  const form = useRef<HTMLDivElement>(null);
  const editing = useProgramEditor({ base, usualCurrency: currency, form });
  useEffect(() => onChange(editing.wanted), [onChange, editing.wanted]);
  return (
    <EditorProvider value={editing.editor}>
      <div ref={form}>
        <ProgramForm shown={editing.shown} onShow={editing.show} />
      </div>
      <PublishBox editing={editing} onPublish={() => undefined} />
    </EditorProvider>
  );
}

const remember = (definition: ProgramDefinition) => {
  wanted = definition;
};

const show = (base: ProgramDefinition = BAKERY, currency = 'EUR') =>
  render(
    <I18nextProvider i18n={i18n}>
      <FormatProvider>
        <PlatformProvider value={platform}>
          <Bench base={base} currency={currency} onChange={remember} />
        </PlatformProvider>
      </FormatProvider>
    </I18nextProvider>,
  );

/** By what is written on it or its label. Asking for the role of everything on screen takes most of a second each time. */
function button(name: string | RegExp): HTMLElement {
  const isNamed = (text: string) => (typeof name === 'string' ? text === name : name.test(text));
  const found = [...document.querySelectorAll('button')].filter((candidate) =>
    isNamed(candidate.getAttribute('aria-label') ?? candidate.textContent.trim()),
  );
  expect(found.map(({ textContent }) => textContent)).toHaveLength(1);
  return found[0] ?? expect.fail(`no button ${String(name)}`);
}
const press = async (name: string | RegExp) => user.click(button(name));
const field = (name: string) => screen.getByLabelText(name, { selector: 'input' });

async function type(name: string, text: string) {
  await user.clear(field(name));
  // In one go: how each key is taken is the fields’ own test.
  if (text !== '') await user.paste(text);
  await user.tab();
}

/** Opens a section that is folded away. */
const addSection = (name: RegExp) => press(name);

async function choose(menu: string, choice: RegExp) {
  await press(menu);
  await user.click(await screen.findByRole('menuitem', { name: choice }));
}

/** An option of the list that is open. */
const pick = async (name: string) => user.click(await screen.findByRole('option', { name }));

const region = (name: string) => within(screen.getByRole('region', { name }));
const publish = () => button('Review and publish');

describe('a simple card stays simple', () => {
  test('only what it uses is there, the rest is one press away', () => {
    show();
    const titles = screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
    expect(titles).toEqual(['What is counted', 'How it is earned', 'Rewards', 'Limits', 'It can do more']);
    expect(button('Every visit earns 1 stamp.')).toHaveAttribute('aria-expanded', 'false');
    expect(publish()).toBeDisabled();
    expect(wanted).toEqual(BAKERY);
  });

  test('a sentence opens its form, and says at once what is typed', async () => {
    show();
    await press('Every visit earns 1 stamp.');
    await type('Stamps', '2');
    expect(button('Every visit earns 2 stamps.')).toBeVisible();
    expect(wanted.earn).toEqual([{ kind: 'visit', id: 'visit', units: 2 }]);
    expect(publish()).toBeEnabled();
  });

  test('discarding goes back to what is published', async () => {
    show();
    await type('Name of the program', 'Bread card');
    await press('Discard changes');
    expect(field('Name of the program')).toHaveValue('Bakery card');
    expect(publish()).toBeDisabled();
  });

  test('the last reward moves with the size of the card', async () => {
    show();
    await type('Stamps on one card', '8');
    expect(wanted.rewards.map(({ at }) => at)).toEqual([6, 8]);
  });

  test('every picture has a name, and one is chosen', async () => {
    show();
    const pictures = within(screen.getByRole('group', { name: 'Picture' }));
    expect(pictures.getByRole('radio', { name: 'Croissant' })).toBeChecked();
    await user.click(pictures.getByRole('radio', { name: 'Heart' }));
    expect(wanted.unit.icon).toBe('heart');
  });

  test('a word of one’s own is used in every sentence', async () => {
    show();
    await user.click(screen.getByRole('switch', { name: 'Call it something else' }));
    await type('One of them', 'bean');
    await type('Several of them', 'beans');
    expect(button('Every visit earns 1 bean.')).toBeVisible();
  });
});

describe('earning', () => {
  const lastRule = () => wanted.earn.at(-1);

  test('for the amount spent, in the currency of the shop', async () => {
    show();
    await choose('Add a way to earn', /^For the amount spent/);
    await type('For every', '2,50');
    await type('Only from a sale of', '5');
    await type('Kinds of sale that earn nothing', 'Gift card, Voucher');
    expect(lastRule()).toMatchObject({
      kind: 'amount',
      units: 1,
      per: 250,
      minimum: 500,
      rounding: 'down',
      excludedSales: ['Gift card', 'Voucher'],
    });
    expect(wanted.currency).toBe('EUR');
    expect(button(/^Every €2\.50 spent earns 1 stamp/)).toBeVisible();
  });

  test('for an item, a category, an action', async () => {
    show();
    await choose('Add a way to earn', /^For an item/);
    expect(field('Item')).toHaveFocus();
    await type('Item', 'Coffee');
    expect(lastRule()).toMatchObject({ kind: 'item', item: 'Coffee', units: 1 });
    await choose('Add a way to earn', /^For a category/);
    await type('Category', 'Cakes');
    expect(lastRule()).toMatchObject({ kind: 'category', category: 'Cakes', units: 1 });
    await choose('Add a way to earn', /^For an action/);
    await type('What is done', 'Returned cup');
    await type('At most so often a day', '');
    expect(lastRule()).toMatchObject({ kind: 'action', name: 'Returned cup', perDay: null });
    expect(publish()).toBeEnabled();
  });

  test('a second rule for a visit is not offered', async () => {
    show();
    await press('Add a way to earn');
    expect(screen.queryByRole('menuitem', { name: /^For a visit/ })).not.toBeInTheDocument();
  });

  test('welcome stamps that fill the card are told at that sentence', async () => {
    show();
    await press('Joining: nothing');
    await type('Welcome gift', '12');
    const sentence = button('A new member starts with 12 stamps.');
    expect(sentence).toHaveAccessibleDescription(/full before the first visit/);
    expect(publish()).toBeDisabled();
  });

  test('bringing a friend, both sides', async () => {
    show();
    await addSection(/^Reward bringing a friend/);
    await press('Reward bringing a friend');
    await type('For the friend', '2');
    await type('Friends rewarded at most', '10');
    expect(lastRule()).toMatchObject({ kind: 'referral', units: 1, friendUnits: 2, cap: 10 });
    await press(/^Remove: .*friend/i);
    expect(wanted).toEqual(BAKERY);
    expect(button('Reward bringing a friend')).toHaveFocus();
  });
});

describe('rewards', () => {
  const lastReward = () => wanted.rewards.at(-1);

  test.each([
    ['A free item', [], { kind: 'free-item', at: 5 }],
    ['An amount off', [['Amount', '1.5']], { kind: 'amount-off', amount: 150 }],
    [
      'A percentage off',
      [
        ['Percent', '20'],
        ['Only in the category', 'Cakes'],
      ],
      { kind: 'percent-off', percent: 20, category: 'Cakes' },
    ],
    [
      'A donation',
      [
        ['Amount', '2'],
        ['Charity', 'Lifeboats'],
      ],
      { kind: 'donation', amount: 200, charity: 'Lifeboats' },
    ],
  ] as const)('%s on the way', async (kind, fields, reward) => {
    show();
    await choose('Add a reward', new RegExp(`^${kind}`));
    await type('What the member gets', 'Something');
    for (const [name, text] of fields) await type(name, text);
    expect(lastReward()).toMatchObject({ name: 'Something', ...reward });
    expect(publish()).toBeEnabled();
  });

  test('points as money, with points only', async () => {
    show(POINTS);
    await choose('Add a reward', /^Points as money/);
    await type('What the member gets', 'Money off');
    await type('From so many on', '200');
    await type('Worth', '5');
    expect(lastReward()).toMatchObject({ kind: 'chosen-points', at: 200, step: 100, amount: 500 });
    expect(publish()).toBeEnabled();
  });

  test('conditions: its own cost, a cap, days to take it', async () => {
    show();
    await press(/^On the way, at 6 stamps: Bun/);
    await press('More conditions');
    await type('What it costs you', '0.80');
    await type('Days to take it once reached', '30');
    await user.click(screen.getByRole('switch', { name: /^Limit how often/ }));
    expect(wanted.rewards[0]).toMatchObject({
      value: 80,
      expiresAfterDays: 30,
      cap: { times: 1, per: 'year' },
    });
    await type('What it costs you', '');
    expect(wanted.rewards[0]).not.toHaveProperty('value');
    expect(wanted).not.toHaveProperty('currency');
  });

  test('a birthday gift', async () => {
    show();
    await addSection(/^Add a birthday gift/);
    await press('Add a birthday gift');
    await type('What the member gets', 'Cake');
    await type('Days before the birthday', '3');
    expect(lastReward()).toMatchObject({
      name: 'Cake',
      at: 0,
      birthday: { daysBefore: 3, daysAfter: 7 },
    });
    expect(publish()).toBeEnabled();
  });

  test('a card made shorter than its milestone: the reward says so, the summary leads there', async () => {
    show();
    await type('Stamps on one card', '5');
    expect(button(/^On the way, at 6 stamps: Bun/)).toHaveAccessibleDescription(/ends before this place/);
    expect(button(/^5 stamps give: Cake/)).not.toHaveAccessibleDescription();
    await press(/^Rewards: Bun: the card ends before this place/);
    expect(field('What the member gets')).toHaveFocus();
    await press(/^Remove: On the way, at 6 stamps/);
    expect(publish()).toBeEnabled();
  });

  test('without a reward the section says so', async () => {
    show();
    await press(/^Remove: On the way/);
    await press(/^Remove: 12 stamps/);
    expect(
      region('Rewards').getByText('A full card gives nothing. Add a reward for the last place.'),
    ).toBeVisible();
    expect(publish()).toBeDisabled();
  });
});

describe('the rest', () => {
  test('expiry', async () => {
    show();
    await addSection(/^Let them expire/);
    await press(/^Never/);
    await pick('Some months after the last visit');
    await type('Months', '6');
    expect(wanted.expiry).toEqual({ kind: 'after-last-visit', months: 6 });
  });

  test('tiers, by what is spent', async () => {
    show();
    await addSection(/^Add levels/);
    await press('Add a level');
    await type('Name', 'Gold');
    await type('Reached at', '20');
    await type('Earns percent', '150');
    await type('Note for the cashier', 'Offer water');
    const level = { name: 'Gold', percent: 150, note: 'Offer water' };
    expect(wanted.tiers).toMatchObject({ by: 'visits', levels: [{ ...level, from: 20 }] });
    await press(/^Visits/);
    await pick('Amount spent');
    await type('Reached at', '250');
    expect(wanted.tiers).toMatchObject({ by: 'spend', levels: [{ ...level, from: 25_000 }] });
    expect(wanted.currency).toBe('EUR');
    expect(publish()).toBeEnabled();
  });

  test('promotions: on a weekday, for an item, for coming back', async () => {
    show();
    await addSection(/^Add a promotion/);
    await choose('Add a promotion', /^More for everything/);
    await type('Name', 'Double Tuesday');
    await press('Tuesday');
    await user.type(screen.getByLabelText('From'), '14:00');
    await user.type(screen.getByLabelText('Until'), '16:00');
    expect(wanted.promotions?.[0]).toMatchObject({
      kind: 'multiplier',
      name: 'Double Tuesday',
      percent: 200,
      window: { weekdays: [2], from: '14:00', until: '16:00', firstDay: null, lastDay: null },
    });
    await press(/^On Tuesday/);
    await choose('Add a promotion', /^For coming back/);
    await type('Name', 'We missed you');
    await type('Weeks away', '6');
    expect(wanted.promotions?.[1]).toMatchObject({ kind: 'win-back', weeks: 6, units: 1 });
    expect(publish()).toBeEnabled();
  });

  test('a promotion that never runs is told at its sentence', async () => {
    show();
    await addSection(/^Add a promotion/);
    await choose('Add a promotion', /^More for everything/);
    await type('Name', 'Never');
    await user.type(screen.getByLabelText('First day'), '2026-05-02');
    await user.type(screen.getByLabelText('Last day'), '2026-05-01');
    expect(region('Promotions').getByText(/it never runs/)).toBeVisible();
  });

  test('a pass and a prepaid card', async () => {
    show(POINTS, 'JPY');
    await addSection(/^Sell a pass/);
    await choose('Add a pass or prepaid card', /^A prepaid card/);
    await type('Name', 'Ten coffees');
    await type('Price', '2500');
    expect(wanted).toMatchObject({
      currency: 'JPY',
      offers: [{ kind: 'prepaid', name: 'Ten coffees', price: 2500, units: 10 }],
    });
    await choose('Add a pass or prepaid card', /^A pass/);
    // Both forms are open: the new one is the last.
    await user.type(screen.getAllByLabelText('Name').at(-1) ?? document.body, 'Club');
    await user.type(screen.getAllByLabelText('Price').at(-1) ?? document.body, '900');
    expect(wanted.offers?.[1]).toMatchObject({ kind: 'pass', name: 'Club', price: 900, months: 12 });
    expect(region('Passes and prepaid').getByText(/the pass gives nothing/)).toBeVisible();
  });

  test('badges', async () => {
    show();
    await addSection(/^Add badges/);
    await choose('Add a badge', /^For weeks in a row/);
    await type('Name', 'Regular');
    await type('Weeks in a row', '8');
    expect(wanted.badges).toMatchObject([{ kind: 'streak', name: 'Regular', weeks: 8, icon: 'sparkles' }]);
  });

  test('a share for a charity', async () => {
    show();
    await addSection(/^Give to a charity/);
    await press('Give to a charity');
    await type('Charity', 'Lifeboats');
    await type('Percent of every sale', '1.25');
    expect(wanted.charity).toEqual({ name: 'Lifeboats', basisPoints: 125, rounding: 'down' });
    await press('Give nothing any more');
    expect(wanted).toEqual(BAKERY);
  });

  test('items', async () => {
    show();
    await addSection(/^Add item buttons/);
    await press('Add an item');
    expect(field('Item')).toHaveFocus();
    await type('Item', 'Latte');
    await type('Category', 'Coffee');
    await type('Price', '4,20');
    expect(wanted.items).toEqual([{ name: 'Latte', category: 'Coffee', price: 420 }]);
    await press('Remove Latte');
    expect(wanted).toEqual(BAKERY);
  });

  test('limits: emptied there is none, and one below a visit is told', async () => {
    show();
    await type('In one visit', '');
    expect(wanted.limits.perVisit).toBeNull();
    await press('Every visit earns 1 stamp.');
    await type('Stamps', '3');
    await type('In one day', '2');
    expect(field('In one day')).toHaveAccessibleDescription(/already earns more/);
  });
});

describe('amounts', () => {
  test.each([
    ['EUR', '1.999', /fewer decimals/],
    ['EUR', 'two', /no amount/],
    ['EUR', '-3', /can’t be negative/],
    ['EUR', '99999999999', /too large/],
    ['JPY', '1.5', /fewer decimals/],
  ])('%s %s is refused beside the field, and nothing can be published', async (currency, text, message) => {
    show(BAKERY, currency);
    await choose('Add a reward', /^An amount off/);
    await type('What the member gets', 'Off');
    await type('Amount', text);
    expect(field('Amount')).toHaveAccessibleDescription(message);
    expect(publish()).toBeDisabled();
  });

  test.each([
    ['KWD', '1.234', 1234],
    ['JPY', '500', 500],
    ['EUR', '1.250,00', 125_000],
  ])('%s %s is understood', async (currency, text, amount) => {
    show(BAKERY, currency);
    await choose('Add a reward', /^An amount off/);
    await type('Amount', text);
    expect(wanted.rewards.at(-1)).toMatchObject({ amount });
  });

  test('another currency shows the amounts with its own decimals', async () => {
    show();
    await choose('Add a reward', /^An amount off/);
    await type('Amount', '4.5');
    const currency = screen.getByRole('combobox', { name: 'Currency' });
    await user.clear(currency);
    await user.type(currency, 'KWD');
    await user.click(await screen.findByRole('option', { name: /^Kuwaiti/ }));
    expect(field('Amount')).toHaveValue('4.500');
    expect(wanted).toMatchObject({ currency: 'KWD' });
    expect(wanted.rewards.at(-1)).toMatchObject({ amount: 4500 });
  });
});

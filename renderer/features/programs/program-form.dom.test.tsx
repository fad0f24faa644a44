import { screen, within } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { BAKERY, POINTS, button, standProgramForm } from '#tests/fakes/program-form-stand.tsx';

const { addSection, choose, field, pick, press, publish, region, show, type, user, wanted } =
  standProgramForm();

describe('a simple card stays simple', () => {
  test('only what it uses is there, the rest is one press away', () => {
    show();
    const titles = screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
    expect(titles).toEqual(['What is counted', 'How it is earned', 'Rewards', 'Limits', 'It can do more']);
    expect(button('Every visit earns 1 stamp.')).toHaveAttribute('aria-expanded', 'false');
    expect(publish()).toBeDisabled();
    expect(wanted()).toEqual(BAKERY);
  });

  test('a sentence opens its form, and says at once what is typed', async () => {
    show();
    await press('Every visit earns 1 stamp.');
    await type('Stamps', '2');
    expect(button('Every visit earns 2 stamps.')).toBeVisible();
    expect(wanted().earn).toEqual([{ kind: 'visit', id: 'visit', units: 2 }]);
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
    expect(wanted().rewards.map(({ at }) => at)).toEqual([6, 8]);
  });

  test('every picture has a name, and one is chosen', async () => {
    show();
    const pictures = within(screen.getByRole('group', { name: 'Picture' }));
    expect(pictures.getByRole('radio', { name: 'Croissant' })).toBeChecked();
    await user().click(pictures.getByRole('radio', { name: 'Heart' }));
    expect(wanted().unit.icon).toBe('heart');
  });

  test('a word of one’s own is used in every sentence', async () => {
    show();
    await user().click(screen.getByRole('switch', { name: 'Call it something else' }));
    await type('One of them', 'bean');
    await type('Several of them', 'beans');
    expect(button('Every visit earns 1 bean.')).toBeVisible();
  });
});

describe('earning', () => {
  const lastRule = () => wanted().earn.at(-1);

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
    expect(wanted().currency).toBe('EUR');
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
    expect(wanted()).toEqual(BAKERY);
    expect(button('Reward bringing a friend')).toHaveFocus();
  });
});

describe('the rest', () => {
  test('expiry', async () => {
    show();
    await addSection(/^Let them expire/);
    await press(/^Never/);
    await pick('Some months after the last visit');
    await type('Months', '6');
    expect(wanted().expiry).toEqual({ kind: 'after-last-visit', months: 6 });
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
    expect(wanted().tiers).toMatchObject({ by: 'visits', levels: [{ ...level, from: 20 }] });
    await press(/^Visits/);
    await pick('Amount spent');
    await type('Reached at', '250');
    expect(wanted().tiers).toMatchObject({ by: 'spend', levels: [{ ...level, from: 25_000 }] });
    expect(wanted().currency).toBe('EUR');
    expect(publish()).toBeEnabled();
  });

  test('promotions: on a weekday, for an item, for coming back', async () => {
    show();
    await addSection(/^Add a promotion/);
    await choose('Add a promotion', /^More for everything/);
    await type('Name', 'Double Tuesday');
    await press('Tuesday');
    await user().type(screen.getByLabelText('From'), '14:00');
    await user().type(screen.getByLabelText('Until'), '16:00');
    expect(wanted().promotions?.[0]).toMatchObject({
      kind: 'multiplier',
      name: 'Double Tuesday',
      percent: 200,
      window: { weekdays: [2], from: '14:00', until: '16:00', firstDay: null, lastDay: null },
    });
    await press(/^On Tuesday/);
    await choose('Add a promotion', /^For coming back/);
    await type('Name', 'We missed you');
    await type('Weeks away', '6');
    expect(wanted().promotions?.[1]).toMatchObject({ kind: 'win-back', weeks: 6, units: 1 });
    expect(publish()).toBeEnabled();
  });

  test('a promotion that never runs is told at its sentence', async () => {
    show();
    await addSection(/^Add a promotion/);
    await choose('Add a promotion', /^More for everything/);
    await type('Name', 'Never');
    await user().type(screen.getByLabelText('First day'), '2026-05-02');
    await user().type(screen.getByLabelText('Last day'), '2026-05-01');
    expect(region('Promotions').getByText(/it never runs/)).toBeVisible();
  });

  test('a pass and a prepaid card', async () => {
    show(POINTS, 'JPY');
    await addSection(/^Sell a pass/);
    await choose('Add a pass or prepaid card', /^A prepaid card/);
    await type('Name', 'Ten coffees');
    await type('Price', '2500');
    expect(wanted()).toMatchObject({
      currency: 'JPY',
      offers: [{ kind: 'prepaid', name: 'Ten coffees', price: 2500, units: 10 }],
    });
    await choose('Add a pass or prepaid card', /^A pass/);
    // Both forms are open: the new one is the last.
    await user().type(screen.getAllByLabelText('Name').at(-1) ?? document.body, 'Club');
    await user().type(screen.getAllByLabelText('Price').at(-1) ?? document.body, '900');
    expect(wanted().offers?.[1]).toMatchObject({ kind: 'pass', name: 'Club', price: 900, months: 12 });
    expect(region('Passes and prepaid').getByText(/the pass gives nothing/)).toBeVisible();
  });

  test('badges', async () => {
    show();
    await addSection(/^Add badges/);
    await choose('Add a badge', /^For weeks in a row/);
    await type('Name', 'Regular');
    await type('Weeks in a row', '8');
    expect(wanted().badges).toMatchObject([{ kind: 'streak', name: 'Regular', weeks: 8, icon: 'sparkles' }]);
  });

  test('a share for a charity', async () => {
    show();
    await addSection(/^Give to a charity/);
    await press('Give to a charity');
    await type('Charity', 'Lifeboats');
    await type('Percent of every sale', '1.25');
    expect(wanted().charity).toEqual({ name: 'Lifeboats', basisPoints: 125, rounding: 'down' });
    await press('Give nothing any more');
    expect(wanted()).toEqual(BAKERY);
  });

  test('items', async () => {
    show();
    await addSection(/^Add item buttons/);
    await press('Add an item');
    expect(field('Item')).toHaveFocus();
    await type('Item', 'Latte');
    await type('Category', 'Coffee');
    await type('Price', '4,20');
    expect(wanted().items).toEqual([{ name: 'Latte', category: 'Coffee', price: 420 }]);
    await press('Remove Latte');
    expect(wanted()).toEqual(BAKERY);
  });

  test('limits: emptied there is none, and one below a visit is told', async () => {
    show();
    await type('In one visit', '');
    expect(wanted().limits.perVisit).toBeNull();
    await press('Every visit earns 1 stamp.');
    await type('Stamps', '3');
    await type('In one day', '2');
    expect(field('In one day')).toHaveAccessibleDescription(/already earns more/);
  });
});

import { screen } from '@testing-library/react';
import { describe, expect, test } from 'vitest';
import { BAKERY, POINTS, button, standProgramForm } from '#tests/fakes/program-form-stand.tsx';

const { addSection, choose, field, press, publish, region, show, type, user, wanted } = standProgramForm();

describe('rewards', () => {
  const lastReward = () => wanted().rewards.at(-1);

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
    await user().click(screen.getByRole('switch', { name: /^Limit how often/ }));
    expect(wanted().rewards[0]).toMatchObject({
      value: 80,
      expiresAfterDays: 30,
      cap: { times: 1, per: 'year' },
    });
    await type('What it costs you', '');
    expect(wanted().rewards[0]).not.toHaveProperty('value');
    expect(wanted()).not.toHaveProperty('currency');
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
    expect(wanted().rewards.at(-1)).toMatchObject({ amount });
  });

  test('another currency shows the amounts with its own decimals', async () => {
    show();
    await choose('Add a reward', /^An amount off/);
    await type('Amount', '4.5');
    const currency = screen.getByRole('combobox', { name: 'Currency' });
    await user().clear(currency);
    await user().type(currency, 'KWD');
    await user().click(await screen.findByRole('option', { name: /^Kuwaiti/ }));
    expect(field('Amount')).toHaveValue('4.500');
    expect(wanted()).toMatchObject({ currency: 'KWD' });
    expect(wanted().rewards.at(-1)).toMatchObject({ amount: 4500 });
  });
});

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-react';
import { BAKERY, CLUB, openTestCounter, POINTS, type TestCounter } from '#tests/fakes/test-counter.ts';
import type { Hlc } from '#shared/lib/hlc.ts';
import { showCounter } from '#tests/fakes/show-counter.tsx';

let counter: TestCounter;
afterEach(async () => {
  // Live queries of a screen would meet a database that is gone.
  await cleanup();
  await counter.till.database.delete();
});

const match = () => page.getByTestId('match');
const done = () => page.getByTestId('done');

async function find(digits: string): Promise<void> {
  await expect.element(page.getByRole('textbox')).toHaveFocus();
  await userEvent.keyboard(digits);
  await expect.element(match()).toBeVisible();
  counter.look();
}

describe('a shop with four programs', () => {
  beforeEach(async () => {
    const coffee = (await openTestCounter()).till.program;
    counter = await openTestCounter([coffee, POINTS, BAKERY, CLUB]);
    await counter.addMember('+33612345678', 'Anna Smith');
    await showCounter(counter);
  });

  test('serves a regular in five keys', async () => {
    await find('5678');
    await userEvent.keyboard('{Enter}');
    await expect.element(done()).toHaveTextContent('1 stamp for Anna Smith');
    await expect.element(done()).toHaveTextContent('2 / 10');
  });

  test('says before Enter what the sale will give and why, and after it what it gave', async () => {
    await find('5678');
    await userEvent.keyboard('.45990');
    await expect.element(match()).toHaveTextContent('€459.90');
    await expect.element(page.getByTestId('earning')).toHaveTextContent('+1 stamp · +459 points');
    await userEvent.keyboard('{Alt>}1{/Alt}');
    await expect
      .element(page.getByTestId('earning'))
      .toHaveTextContent('+1 stamp (Bread card) · +1 stamp (Coffee card) · +459 points');
    await userEvent.keyboard('{Enter}');
    await expect.element(done()).toHaveTextContent('2 stamps and 459 points for Anna Smith');
    await expect.element(done()).toHaveTextContent('Gold reached!');
  });

  test('keeps letters out of an amount, and takes Escape as a way back', async () => {
    await find('5678');
    await userEvent.keyboard('.12x');
    await expect.element(match()).toHaveTextContent('€0.12');
    await userEvent.keyboard('{Backspace}');
    await expect.element(match()).toHaveTextContent('€0.01');
    await userEvent.keyboard('{Escape}');
    await expect.element(match()).not.toHaveTextContent('€');
    await expect.element(page.getByRole('textbox')).toHaveValue('5678');
  });

  test('does by / a number and Enter what is rarer, and a number alone does nothing', async () => {
    await find('5678');
    await userEvent.keyboard('/');
    await expect.element(page.getByRole('dialog')).toHaveTextContent('More for Anna Smith');
    await userEvent.keyboard('2');
    await expect.element(page.getByRole('button', { name: /Returned cup/ })).toHaveFocus();
    expect(await counter.countEvents()).toBe(5);
    await userEvent.keyboard('{Enter}');
    await expect.element(done()).toHaveTextContent('Returned cup: 5 points for Anna Smith');
  });
});

test('a shop that counts visits shows nothing of sales', async () => {
  counter = await openTestCounter();
  await counter.addMember('+33612345678', 'Anna');
  await showCounter(counter);
  await find('5678');
  await expect.element(page.getByTestId('sale')).not.toBeInTheDocument();
  await expect.element(match().getByText('Amount')).not.toBeInTheDocument();
});

test('nothing stays on the screen of somebody who is forgotten at another till meanwhile', async () => {
  counter = await openTestCounter();
  const anna = await counter.addMember('+33612345678', 'Anna');
  await showCounter(counter);
  await find('5678');
  await counter.till.database.erased.put({ member: anna, hlc: '1' as Hlc });
  await expect.element(page.getByRole('alert')).toHaveTextContent('not here any more');
  await expect.element(match()).not.toBeInTheDocument();
  await expect.element(page.getByRole('textbox')).toHaveValue('');
  await expect.element(page.getByRole('textbox')).toHaveFocus();
});

test('chosen points are taken in the step that was pressed', async () => {
  counter = await openTestCounter([{ ...POINTS, rewards: POINTS.rewards.slice(0, 1) }]);
  const anna = await counter.addMember('+33612345678', 'Anna', 0);
  const id = counter.till.ids.eventId();
  await counter.commands.takeOverPaperCard({ id, member: anna, program: 'points', stamps: 330 });
  await showCounter(counter);
  await find('5678');
  await userEvent.keyboard('*');
  await expect.element(page.getByRole('dialog')).toHaveTextContent('Up to 300 points');
  await page.getByRole('button', { name: '200 · €10.00' }).click();
  await userEvent.keyboard('{Enter}');
  await expect.element(done()).toHaveTextContent('€10.00 off for 200 points');
  expect(await counter.units(anna, 'points')).toBe(130);
});

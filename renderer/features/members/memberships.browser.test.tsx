import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import {
  createMemberBenches,
  enrolMember as enrol,
  place,
  showMembers as show,
  type MemberBench as Bench,
} from '#tests/fakes/member-screens.tsx';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { createMergeCommands } from './merge.commands.ts';

const { open, close } = createMemberBenches();
afterEach(close);

async function openTwo() {
  const bench = await open();
  const anna = await enrol(bench, '+33612345678', 'Anna', 3);
  const second = await enrol(bench, '+33698765678', '', 2);
  return { bench, anna, second };
}

async function merged() {
  const two = await openTwo();
  const { bench, anna, second } = two;
  const commands = createMergeCommands({ ledger: bench.ledger, staff: () => UNASSIGNED_STAFF });
  const id = bench.ids.eventId();
  const pair = { member: anna, other: second };
  expect(await commands.merge({ id, ...pair, reason: 'new number' })).toMatchObject({ ok: true });
  return two;
}

const button = (name: string | RegExp) => page.getByRole('button', { name });
const cellsOf = (name: string) =>
  [...page.getByRole('row', { name }).element().querySelectorAll('td')].map((cell) => cell.textContent);
const stampsOf = async ({ database }: Bench, member: MemberId) =>
  (await database.members.get(member))?.stamps;

test('two memberships become one: found by number, looked at, with a reason, by keyboard', async () => {
  const { bench, anna, second } = await openTwo();
  await show(bench, `/members/${second}`);
  await button('Same person as…').click();
  await page.getByRole('textbox', { name: 'Search by number, name or card' }).fill('anna');
  await expect.element(button(/Anna/u)).toBeVisible();
  await userEvent.keyboard('{Tab}{Enter}');
  await expect.element(page.getByRole('dialog', { name: 'One person?' })).toBeVisible();
  await expect.element(page.getByRole('row', { name: 'Visits' })).toBeVisible();
  expect(cellsOf('Visits')).toEqual(['1', '1', '2']);
  expect(cellsOf('Coffee card')).toEqual(['2 stamps', '3 stamps', '5 stamps']);
  await expect.element(page.getByRole('textbox', { name: 'Reason' })).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  await expect.element(page.getByRole('dialog').getByRole('alert')).toHaveTextContent('Please say why.');
  await userEvent.keyboard('has a new number{Enter}');
  await expect.element(page.getByText('One card now')).toBeVisible();
  await expect.element(page.getByRole('heading', { name: 'Anna', level: 1 })).toBeVisible();
  await expect.element(page.getByText('Merged with another membership of the same person')).toBeVisible();
  await expect.element(page.getByText('Reason: has a new number')).toBeVisible();
  expect(await stampsOf(bench, anna)).toBe(5);
});

test('a merged member says under which number what happened, and can be two again', async () => {
  const { bench, anna, second } = await merged();
  await show(bench, `/members/${anna}`);
  await expect.element(page.getByText('Several memberships, one person')).toBeVisible();
  await expect.element(page.getByText(/Under the number .*••• 5678/u).first()).toBeVisible();
  await button(/^Not the same person/u).click();
  await expect.element(page.getByRole('row', { name: 'Coffee card' })).toBeVisible();
  expect(cellsOf('Coffee card')).toEqual(['5 stamps', '3 stamps', '2 stamps']);
  await page.getByRole('textbox', { name: 'Reason' }).fill('mother and daughter');
  await button('Make it two cards').click();
  await expect.element(page.getByText('Two cards again')).toBeVisible();
  await expect.element(page.getByText('Separated again: two people')).toBeVisible();
  expect([await stampsOf(bench, anna), await stampsOf(bench, second)]).toEqual([3, 2]);
});

test('forgetting needs a reason and a word, and leaves no name on the screen', async () => {
  const { bench, anna } = await merged();
  await show(bench, `/members/${anna}`);
  await button('Forget this person').click();
  await expect.element(page.getByRole('alertdialog', { name: 'Forget this person?' })).toBeVisible();
  await expect.element(button('Cancel')).toHaveFocus();
  await button('Forget for good').click();
  await expect.element(page.getByText('Please type FORGET.')).toBeVisible();
  expect(await bench.database.erased.count()).toBe(0);
  await page.getByText('The person asked for it').click();
  await page.getByRole('textbox', { name: 'To confirm, type FORGET' }).fill('forget');
  await button('Forget for good').click();
  await expect.element(page.getByRole('heading', { name: 'Forgotten member', level: 1 })).toBeVisible();
  await expect.element(page.getByText('This person was forgotten')).toBeVisible();
  await expect.element(page.getByText('Reason: the person asked for it')).toBeVisible();
  for (const text of ['Anna', '5678', 'new number', 'Copy of the data', 'Change the name']) {
    expect(document.body.textContent).not.toContain(text);
  }
  // The figures stay; nothing that stamps does.
  await expect.element(page.getByText('5 of 10')).toBeVisible();
  for (const name of ['To the counter', 'Correct stamps']) expect(button(name).elements()).toEqual([]);
  expect(document.body.textContent).not.toMatch(/stamps to/u);
  expect(button('Forget this person').elements()).toEqual([]);
  await button('All members').click();
  await expect.element(page.getByText('No members yet')).toBeVisible();
});

test('possible duplicates are shown with why, compared and merged', async () => {
  const { bench, anna } = await openTwo();
  await enrol(bench, '+33612345679', '', 1);
  await show(bench, '/members');
  await button('Possible duplicates').click();
  await expect.element(place()).toHaveTextContent('/members/duplicates');
  await expect.element(page.getByText('1 pair to look at')).toBeVisible();
  await expect.element(page.getByText('Numbers one slip apart')).toBeVisible();
  await button(/^Compare/u).click();
  await page.getByRole('textbox', { name: 'Reason' }).fill('mistyped');
  await button('Make it one card').click();
  await expect.element(page.getByText('No duplicates in sight')).toBeVisible();
  expect(await stampsOf(bench, anna)).toBe(4);
});

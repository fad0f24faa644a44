import { afterEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { cleanup } from 'vitest-browser-react';
import {
  createMemberBenches,
  enrolMember as enrol,
  place,
  showMembers as show,
  type MemberBench as Bench,
} from '#tests/fakes/member-screens.tsx';
import { nameKeys } from '#shared/domain/person-name.ts';
import type { MemberId, PhoneNumber } from '#shared/lib/brand.ts';

const { open, close } = createMemberBenches();
afterEach(close);

describe('five thousand members', () => {
  async function fill(bench: Bench) {
    await bench.database.members.bulkAdd(
      Array.from({ length: 5000 }, (_, index) => {
        const name = `Member ${String(5000 - index).padStart(4, '0')}`;
        return {
          id: `member-${String(index).padStart(4, '0')}` as MemberId,
          name,
          nameKeys: nameKeys(name),
          phone: `+3361${String(index).padStart(7, '0')}` as PhoneNumber,
          last4: String(index).padStart(4, '0'),
          lastVisitAt: bench.clock.nowMs - index * 60 * 60 * 1000,
          joinedAt: bench.clock.nowMs - index * 60 * 60 * 1000,
          visits: 1,
          stamps: 1,
          points: [],
          ready: index % 100 === 0 ? 1 : 0,
        };
      }),
    );
  }

  test('counted, in the order of their last visit, the last one a key away, Enter opens', async () => {
    const bench = await open();
    await fill(bench);
    await show(bench, '/members');
    await expect.element(page.getByText('5,000 members')).toBeVisible();
    await expect.element(page.getByText('Member 5000')).toBeInViewport();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(page.getByRole('listbox', { name: 'Members' })).toHaveFocus();
    await userEvent.keyboard('{End}');
    await expect.element(page.getByText('Member 0001')).toBeInViewport();
    expect(document.querySelectorAll('[role=option]').length).toBeLessThan(40);
    await userEvent.keyboard('{Enter}');
    await expect.element(place()).toHaveTextContent('/members/member-4999');
  });

  test('another order and a filter, then a search that finds one', async () => {
    const bench = await open();
    await fill(bench);
    await show(bench, '/members?show=ready&order=name');
    await expect.element(page.getByText('50 members shown')).toBeVisible();
    await expect.element(page.getByRole('option').first()).toHaveTextContent('Member 0100');
    await page.getByRole('textbox', { name: 'Search by number, name or card' }).fill('member 0777');
    await expect.element(page.getByText('1 match')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(place()).toHaveTextContent('/members/member-4223');
  });

  test('coming back finds what was typed, and the history of the window never holds it', async () => {
    const bench = await open();
    const member = await enrol(bench, '+33698765432', 'Zoë', 1);
    await show(bench, '/members');
    const box = page.getByRole('textbox', { name: 'Search by number, name or card' });
    await box.fill('zoe');
    await expect.element(page.getByText('1 match')).toBeVisible();
    await userEvent.keyboard('{Enter}');
    await expect.element(place()).toHaveTextContent(`/members/${member}`);
    await page.getByRole('button', { name: 'Back in history' }).click();
    await expect.element(box).toHaveValue('zoe');
    await expect.element(place()).toHaveTextContent('/members null');
    await userEvent.keyboard('{Enter}');
    await page.getByRole('button', { name: 'Forget this person' }).click();
    await page.getByText('The person asked for it').click();
    await page.getByRole('textbox', { name: 'To confirm, type FORGET' }).fill('forget');
    await page.getByRole('button', { name: 'Forget for good' }).click();
    await expect.element(page.getByRole('heading', { name: 'Forgotten member', level: 1 })).toBeVisible();
    await page.getByRole('button', { name: 'Back in history' }).click();
    await expect.element(box).toHaveValue('');
  });

  test('a member who joins meanwhile appears', async () => {
    const bench = await open();
    await fill(bench);
    await show(bench, '/members');
    await expect.element(page.getByText('5,000 members')).toBeVisible();
    await enrol(bench, '+33698765432', 'Zoë');
    await expect.element(page.getByText('5,001 members'), { timeout: 5000 }).toBeVisible();
    await expect.element(page.getByText('Zoë')).toBeVisible();
  });
});

describe('one member', () => {
  test('a number of another member is refused with the way to that member', async () => {
    const bench = await open();
    const holder = await enrol(bench, '+33612345678', 'Anna');
    const member = await enrol(bench, '+33698765432', 'Zoë', 3);
    await show(bench, `/members/${member}`);
    await page.getByRole('button', { name: 'Change the number' }).click();
    await userEvent.keyboard('06 12 34 56 78{Enter}');
    await expect.element(page.getByText('Another member has this number.')).toBeVisible();
    await page.getByRole('link', { name: 'Show that member' }).click();
    await expect.element(place()).toHaveTextContent(`/members/${holder}`);
    expect((await bench.database.profiles.get(member))?.phone).toBe('+33698765432');
  });

  test('a number close to another one asks once more; then stamps stay and the history tells it', async () => {
    const bench = await open();
    await enrol(bench, '+33612345678', 'Anna');
    const member = await enrol(bench, '+33698765432', 'Zoë', 3);
    await show(bench, `/members/${member}`);
    await page.getByRole('button', { name: 'Change the number' }).click();
    await userEvent.keyboard('0612345687{Enter}');
    await expect.element(page.getByText(/Very close to the number/)).toBeVisible();
    await page.getByRole('button', { name: 'Save anyway' }).click();
    await expect.element(page.getByText('Changed: number')).toBeVisible();
    await expect.element(page.getByText('3 of 10')).toBeVisible();
    await expect.element(page.getByText('••• 5687')).toBeVisible();
    await page.getByRole('button', { name: 'Show the number' }).click();
    await expect.element(page.getByText('06 12 34 56 87')).toBeVisible();
  });

  test('a removed number comes back from the message', async () => {
    const bench = await open();
    const member = await enrol(bench, '+33698765432', 'Zoë');
    await show(bench, `/members/${member}`);
    await page.getByRole('button', { name: 'Change the number' }).click();
    await page.getByRole('button', { name: 'Remove the number' }).click();
    await expect.poll(async () => (await bench.database.profiles.get(member))?.phone).toBe(null);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(page.getByText('Back as it was')).toBeVisible();
    expect((await bench.database.profiles.get(member))?.phone).toBe('+33698765432');
  });

  test('a scanned card is given to the member, and the same code to nobody else', async () => {
    const bench = await open();
    const holder = await enrol(bench, '+33612345678', 'Anna');
    const member = await enrol(bench, '+33698765432', 'Zoë');
    await show(bench, `/members/${holder}`);
    await page.getByRole('button', { name: 'Give a card' }).click();
    expect(document.activeElement?.closest('[data-scan-target]')).not.toBeNull();
    await userEvent.keyboard('SHOP-4711{Enter}');
    await expect.element(page.getByRole('img', { name: 'QR code of the card SHOP4711' })).toBeVisible();
    await cleanup();
    await show(bench, `/members/${member}`);
    await page.getByRole('button', { name: 'Give a card' }).click();
    await userEvent.keyboard('shop4711{Enter}');
    await expect.element(page.getByText('Another member has this card.')).toBeVisible();
  });

  test('stamps are corrected with a reason, and taken back from the message', async () => {
    const bench = await open();
    const member = await enrol(bench, '+33698765432', 'Zoë', 3);
    await show(bench, `/members/${member}`);
    await page.getByRole('button', { name: 'Correct stamps' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.element(page.getByText('Please say why.')).toBeVisible();
    await page.getByRole('textbox', { name: 'Reason' }).fill('Forgot one');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.element(page.getByText('4 of 10')).toBeVisible();
    await expect.element(page.getByText('Reason: Forgot one')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.element(page.getByText('3 of 10')).toBeVisible();
    await expect.poll(() => document.querySelector('s')?.textContent).toBe('Corrected by hand');
  });

  test('an event of a newer app is shown, not hidden', async () => {
    const bench = await open();
    const member = await enrol(bench, '+33698765432', 'Zoë');
    const last = await bench.database.events.orderBy('n').last();
    if (!last) throw new Error('no event');
    const { n: _, ...event } = last;
    await bench.database.events.add({
      ...event,
      id: bench.ids.eventId(),
      stream: bench.ids.streamId(),
      type: 'gift-card',
    } as typeof last);
    await show(bench, `/members/${member}`);
    await expect.element(page.getByText('Made by a newer version')).toBeVisible();
    await expect.element(page.getByText(/Update Tenpunch to read this entry \(gift-card\)/)).toBeVisible();
  });

  test('the copy holds the whole person and every event, and nobody else', async () => {
    const bench = await open();
    await enrol(bench, '+33612345678', 'Anna');
    const member = await enrol(bench, '+33698765432', 'Zoë', 3);
    await bench.counter.punch({ id: bench.ids.eventId(), member, count: 2 });
    await show(bench, `/members/${member}`);
    await page.getByRole('button', { name: 'Save as a file' }).click();
    await expect.element(page.getByText('Saved in Documents')).toBeVisible();
    const [file] = bench.saved;
    expect(file).toMatchObject({ kind: 'json' });
    expect(file?.suggestedName).toMatch(/^tenpunch-member-[0-9a-f]{8}-2026-01-05\.json$/);
    const copy = JSON.parse(String(file?.contents)) as {
      member: object;
      events: { type: string; inWords: string }[];
      cards: object[];
    };
    expect(copy.member).toMatchObject({
      id: member,
      name: 'Zoë',
      phone: '+33698765432',
      card: null,
      birthday: null,
      note: '',
      visits: 2,
    });
    expect(copy.events.map(({ type }) => type)).toEqual(['enrolment', 'visit']);
    expect(copy.events[1]?.inWords).toContain('+2 stamps · Coffee card');
    expect(copy.cards).toMatchObject([{ name: 'Coffee card', balance: 5 }]);
    expect(String(file?.contents)).not.toContain('Anna');

    await page.getByRole('button', { name: 'Copy as text' }).click();
    await expect.element(page.getByText('Copied')).toBeVisible();
    expect(bench.copied[0]).toContain('Coffee card: 5 stamps');
  });

  test('a long history is shown by fifty', async () => {
    const bench = await open();
    const member = await enrol(bench, '+33698765432', 'Zoë');
    for (let index = 0; index < 299; index += 1) {
      await bench.counter.punch({ id: bench.ids.eventId(), member, count: 1 });
    }
    await show(bench, `/members/${member}`);
    await expect.element(page.getByText('300 entries')).toBeVisible();
    const entries = () => document.querySelectorAll('ol > li').length;
    expect(entries()).toBe(50);
    await page.getByRole('button', { name: 'Show 50 earlier entries' }).click();
    await expect.poll(entries).toBe(100);
  });

  test('the counter opens with the member in hand', async () => {
    const bench = await open();
    const member = await enrol(bench, '+33698765432', 'Zoë');
    await show(bench, `/members/${member}`);
    await page.getByRole('button', { name: 'To the counter' }).click();
    await expect.element(place()).toHaveTextContent(`/ {"member":"${member}"}`);
  });

  test('who is not there is said, not shown as a broken screen', async () => {
    const bench = await open();
    await show(bench, '/members/nobody');
    await expect
      .element(page.getByRole('heading', { name: 'This member is not here any more' }))
      .toBeInTheDocument();
  });
});

import { I18nextProvider } from 'react-i18next';
import { afterEach, expect, test } from 'vitest';
import { render } from 'vitest-browser-react';
import { StoreContext } from '#renderer/data/store-context.tsx';
import type { Store } from '#renderer/data/store.ts';
import { createI18n } from '#renderer/i18n/i18n.ts';
import { PlatformProvider, type Platform } from '#renderer/platform/platform-context.tsx';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { MemberId } from '#shared/lib/brand.ts';
import { ok } from '#shared/lib/result.ts';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import { WhatIfCard } from './what-if-card.tsx';

const stores: TestStore[] = [];
afterEach(async () => {
  for (const { database } of stores.splice(0)) await database.delete();
});

async function storeWithVisits(count: number) {
  const store = await openTestStore();
  stores.push(store);
  const member = 'ada' as MemberId;
  const { id: program, version } = store.program;
  const grants = [{ program, version, rule: 'visit', units: 1 }];
  for (let index = 0; index < count; index += 1) {
    const id = store.ids.eventId();
    await store.ledger.append({
      id,
      member,
      decide: () =>
        ok({ draft: { id, member, type: 'visit', staff: UNASSIGNED_STAFF, data: { count: 1, grants } } }),
    });
  }
  return store;
}

test('a real store is played by hand, and changing the draft asks for it again', async () => {
  const store = await storeWithVisits(10);
  const i18n = await createI18n('en');
  const platform = { clock: store.clock } as unknown as Platform;
  const cardFor = (headStart: number) => (
    <I18nextProvider i18n={i18n}>
      <PlatformProvider value={platform}>
        <StoreContext value={store as unknown as Store}>
          <WhatIfCard draft={{ ...store.program, headStart }} base={store.program} isDraftValid />
        </StoreContext>
      </PlatformProvider>
    </I18nextProvider>
  );
  const screen = await render(cardFor(0));
  await expect.element(screen.getByRole('button', { name: 'Play them again' })).toBeVisible();
  expect(screen.getByRole('grid').elements()).toEqual([]);
  await screen.getByRole('button', { name: 'Play them again' }).click();
  await expect
    .element(screen.getByText(/^10 visits of 1 member/))
    .toHaveTextContent(/as many rewards: 1 reward/);
  await screen.rerender(cardFor(2));
  await expect.element(screen.getByText('The draft has changed: run again.')).toBeVisible();
});

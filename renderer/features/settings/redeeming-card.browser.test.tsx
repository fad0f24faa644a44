import { afterEach, beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { findShop } from '#renderer/data/shop.ts';
import { findTillIdentity } from '#renderer/data/till-identity.ts';
import { showScreen } from '#tests/fakes/one-screen.tsx';
import { openTestStore, type TestStore } from '#tests/fakes/test-store.ts';
import { DEFAULT_REDEEMING, type Redeeming } from '#shared/domain/redeeming.ts';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import { ok } from '#shared/lib/result.ts';
import { RedeemingCard } from './redeeming-card.tsx';
import { useSettingsCommands } from './use-settings-commands.ts';

let store: TestStore;
beforeEach(async () => {
  store = await openTestStore();
});
afterEach(() => store.database.delete());

function Subject() {
  const { toasts: _toasts, dismiss: _dismiss, ...writer } = useSettingsCommands();
  return <RedeemingCard writer={writer} />;
}

/** As another till may have described it. */
async function show(redeeming?: Redeeming): Promise<void> {
  const id = store.ids.eventId();
  const data = { name: 'Corner', country: 'FR', language: 'en', ...(redeeming ? { redeeming } : {}) };
  await store.ledger.append({
    id,
    decide: () => ok({ draft: { id, type: 'shop', staff: UNASSIGNED_STAFF, data } }),
  });
  await showScreen(store, <Subject />);
}

const kept = async () => (await findShop(store.database))?.redeeming;

test('a shop that never chose gives rewards, a few a day', async () => {
  await show();
  await expect.element(page.getByRole('radio', { name: 'Give it' })).toBeChecked();
  await expect.element(page.getByRole('textbox', { name: /each day/ })).toHaveValue('20');
});

test('only the main till: where it is chosen, so that one can', async () => {
  await show();
  await page.getByText('Only the main till gives rewards').click();
  const till = (await findTillIdentity(store.database))?.till;
  await expect.poll(kept).toEqual({ ...DEFAULT_REDEEMING, rule: 'main-till', mainTill: till });
  await expect.element(page.getByRole('switch')).toBeChecked();
  await expect.element(page.getByRole('switch')).toBeDisabled();
});

test('another till is the main one, until this one is', async () => {
  await show({ ...DEFAULT_REDEEMING, rule: 'main-till', mainTill: 'another' });
  await expect.element(page.getByText('Another till is the main till now.')).toBeVisible();
  await page.getByText('This till is the main till').click();
  const till = (await findTillIdentity(store.database))?.till;
  await expect.poll(kept).toMatchObject({ mainTill: till });
});

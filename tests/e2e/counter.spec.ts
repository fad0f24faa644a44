import { expect, test, type App } from './host.ts';
import { CounterPage } from './pages/counter-page.ts';
import { SetupPage } from './pages/setup-page.ts';
import { readMembers, readTable } from './pages/stored-members.ts';

async function openCounter(app: App): Promise<CounterPage> {
  await new SetupPage(app.page).finish({ shop: 'Café Luna', country: 'France' });
  return new CounterPage(app.page);
}

test('a new customer, then the same one as a regular in five keys', async ({ app }) => {
  const counter = await openCounter(app);
  await counter.type('0612345678');
  await counter.type('Anna');
  await counter.enter();
  await expect(counter.done).toContainText('Anna is a member now');
  counter.presses = 0;
  await counter.type('5678');
  await expect(counter.match).toContainText('Anna');
  await counter.enter();
  expect(counter.presses).toBe(5);
  await expect(counter.done).toContainText('1 stamp for Anna');
  // Two as a welcome, one with joining, one now.
  expect(await readMembers(app.page)).toMatchObject([{ phone: '+33612345678', stamps: 4, visits: 2 }]);
});

test('Enter held down, pressed twice or again after done never counts twice', async ({ app }) => {
  const counter = await openCounter(app);
  await counter.type('0612345678');
  await counter.enter();
  await counter.type('5678');
  await expect(counter.match).toBeVisible();
  await app.page.waitForTimeout(200);
  await app.page.evaluate(() => {
    const input = document.querySelector('input[name=counter]');
    for (let times = 0; times < 5; times += 1) {
      input?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    }
  });
  await expect(counter.done).toBeVisible();
  await counter.press('Enter');
  await counter.press('Enter');
  expect(await readMembers(app.page)).toMatchObject([{ stamps: 4, visits: 2 }]);
});

test('what was done is there after the program was closed, and one key still takes it back', async ({
  app,
}) => {
  const counter = await openCounter(app);
  await counter.type('0612345678');
  await counter.enter();
  await counter.type('5678');
  await counter.enter();
  await app.relaunch();
  const again = new CounterPage(app.page);
  await expect(app.page.getByTestId('idle')).toContainText('Last action: Stamp');
  await again.key('-');
  expect(await readMembers(app.page)).toMatchObject([{ stamps: 3, visits: 1 }]);
  await again.press('-');
  await expect(app.page.getByRole('alert')).toContainText('nothing to undo');
  expect(await readMembers(app.page)).toMatchObject([{ stamps: 3 }]);
});

test('two windows at one till: both stamps survive and each sees the other', async ({ app }) => {
  // The desktop is one window by design: there this test would have nothing to open.
  if (app.host === 'electron') return expect(app.page.context().pages()).toHaveLength(1);
  const counter = await openCounter(app);
  await counter.type('0612345678');
  await counter.enter();
  const second = new CounterPage(await app.page.context().newPage());
  await second.page.goto('/');
  await expect(second.input).toBeFocused();
  await second.type('5678');
  await expect(second.match).toContainText('3 / 10');
  await app.page.bringToFront();
  await counter.type('5678');
  await counter.enter();
  await expect(second.match).toContainText('4 / 10');
  await second.page.bringToFront();
  await second.enter();
  await expect(second.done).toContainText('5 / 10');
  const events = await readTable<{ stream: string }>(app.page, 'tenpunch', 'events');
  expect(new Set(events.map(({ stream }) => stream)).size).toBe(2);
});

test('with the cable pulled everything works the same', async ({ app }) => {
  const counter = await openCounter(app);
  await app.page.context().setOffline(true);
  await counter.type('0612345678');
  await counter.enter();
  await counter.type('5678');
  await counter.enter();
  await counter.key('-');
  expect(await readMembers(app.page)).toMatchObject([{ stamps: 3 }]);
});

test('a store of a newer Tenpunch is not touched', async ({ app }) => {
  await openCounter(app);
  await app.page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('tenpunch');
        opening.addEventListener('error', () => reject(new Error('not opened')));
        opening.addEventListener('success', () => {
          const writing = opening.result.transaction('meta', 'readwrite');
          writing.objectStore('meta').put({ key: 'schemaEpoch', value: 99 });
          writing.addEventListener('complete', () => {
            opening.result.close();
            resolve();
          });
        });
      }),
  );
  await app.page.reload();
  await expect(app.page.getByText('Your data is newer than this app')).toBeVisible();
});

test.describe('nonsense at the counter', () => {
  for (const [what, text] of [
    ['emoji', '☕️🥐👩‍👩‍👧'],
    ['right-to-left marks', '\u202e\u2067abc\u2069'],
    ['markup', '<img src=x onerror=alert(1)>'],
    ['ten megabytes', 'x'.repeat(10_000_000)],
    ['ten megabytes of digits', '7'.repeat(10_000_000)],
  ] as const) {
    test(`${what} finds nobody and breaks nothing`, async ({ app }) => {
      const counter = await openCounter(app);
      await counter.input.focus();
      await app.page.evaluate((pasted) => document.execCommand('insertText', false, pasted), text);
      await expect(app.page.getByText('Nobody found', { exact: true })).toBeVisible();
      await counter.press('Enter');
      await counter.press('Escape');
      await counter.type('0612345678');
      await counter.enter();
      expect(await readMembers(app.page)).toHaveLength(1);
    });
  }
});

test('after a press on the list or beside everything, the keyboard goes on', async ({ app }) => {
  const counter = await openCounter(app);
  for (const [number, name] of [
    ['0612345678', 'Anna'],
    ['0612349999', 'Anne'],
  ] as const) {
    await counter.type(number);
    await expect(counter.enrolment).toBeVisible();
    await counter.type(name);
    await counter.enter();
  }
  await counter.type('ann');
  await app.page.getByRole('button', { name: /Anna/ }).click();
  await expect(counter.match).toContainText('Anna');
  await counter.enter();
  await expect(counter.done).toContainText('1 stamp for Anna');
  await app.page.mouse.click(1270, 790);
  await counter.key('-');
  await expect(counter.done).toContainText('Undone');
});

test('Enter held down confirms no warning by itself', async ({ app }) => {
  const counter = await openCounter(app);
  await counter.type('0612345678');
  await counter.enter();
  await counter.type('0612345679');
  await expect(app.page.getByRole('alert')).toContainText('Almost the same number');
  await app.page.waitForTimeout(200);
  await app.page.keyboard.down('Enter');
  for (let times = 0; times < 15; times += 1) {
    await app.page.waitForTimeout(40);
    await app.page.keyboard.down('Enter');
  }
  await app.page.keyboard.up('Enter');
  expect(await readMembers(app.page)).toHaveLength(1);
  await counter.enter();
  expect(await readMembers(app.page)).toHaveLength(2);
});

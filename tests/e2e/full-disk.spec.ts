import { expect, test as base } from './host.ts';
import { CounterPage } from './pages/counter-page.ts';
import { SetupPage } from './pages/setup-page.ts';
import { readMembers, readTable } from './pages/stored-members.ts';
import { createSmallDisk, type SmallDisk } from './small-disk.ts';

const test = base.extend<{ disk: SmallDisk }>({
  disk: async ({}, use) => {
    const disk = await createSmallDisk();
    await use(disk);
    await disk.close();
  },
  profile: ({ disk }, use) => use(disk.profile),
});

/** Small commits still fit into what a log file has reserved; then it is over. */
const MANY = 400;
/** Just over GOOD_FOR_MS of renderer/data/space-guard.ts. */
const TRUSTED_MS = 1100;

test('a disk that fills up is said in plain words, takes no stamp that it can’t keep, and goes on by itself', async ({
  app,
  disk,
}) => {
  test.setTimeout(120_000);
  const { page } = app;
  await new SetupPage(page).finish({ shop: 'Café Luna', country: 'France' });
  const counter = new CounterPage(page);
  await counter.type('0612345678');
  await counter.enter();
  await disk.fill(page);
  // No real disk fills between two customers: the yes from before is trusted for a second.
  await page.waitForTimeout(TRUSTED_MS);

  const refused = page.getByRole('alert').filter({ hasText: /full|can’t be read or written/ });
  let done = 1;
  for (let times = 0; times < MANY && !(await refused.isVisible()); times += 1) {
    const before = await counter.doneEvent();
    await counter.type('5678');
    await expect(counter.match.or(refused).first()).toBeVisible();
    await page.waitForTimeout(140);
    await page.keyboard.press('Enter');
    // What was done before leaves the screen with the first digit: only another one counts.
    const isDone = async () => ![before, null].includes(await counter.doneEvent());
    await expect(async () => {
      expect((await isDone()) || (await refused.isVisible())).toBe(true);
    }).toPass({ intervals: [20] });
    if (await isDone()) done += 1;
  }
  await expect(refused).toBeVisible();

  await disk.free(page);
  await counter.press('Escape');
  await counter.press('Escape');
  await counter.type('5678');
  await expect(counter.match).toBeVisible();
  await counter.enter();
  done += 1;

  await app.relaunch();
  const events = await readTable<{ id: string; type: string }>(app.page, 'tenpunch', 'events');
  expect(events.filter(({ type }) => type === 'visit' || type === 'enrolment')).toHaveLength(done);
  // Two as a welcome, then one for each that the screen called done.
  expect(await readMembers(app.page)).toMatchObject([{ visits: done, stamps: done + 2 }]);
});

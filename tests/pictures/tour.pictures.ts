import { expect, test } from '../e2e/host.ts';
import { FIRST_RUN, openPractice, TOUR, TOUR_STARTS_AT } from '../e2e/tour.ts';

test.use({ startAt: TOUR_STARTS_AT });

const FOLDER = 'docs/pictures';

const LOOKS = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 800 }, search: '' },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 800 }, search: '' },
  { name: 'small', colorScheme: 'light', viewport: { width: 900, height: 640 }, search: '' },
  {
    name: 'right-to-left',
    colorScheme: 'light',
    viewport: { width: 1280, height: 800 },
    search: '&pseudo=1',
  },
] as const;

for (const look of LOOKS) {
  test(`every screen, ${look.name}`, async ({ app }) => {
    const { page } = app;
    await page.emulateMedia({ colorScheme: look.colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(look.viewport);
    const take = async (name: string) => {
      const picture = await page.screenshot({ path: `${FOLDER}/${look.name}/${name}.png` });
      expect(picture.length).toBeGreaterThan(0);
    };
    if (look.search !== '') await page.goto(`/?${look.search.slice(1)}`);
    for (const stop of FIRST_RUN) {
      await stop.show(page);
      await take(stop.name);
    }
    await openPractice(page, look.search);
    for (const stop of TOUR) {
      await stop.show(page);
      await take(stop.name);
    }
  });
}

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './host.ts';
import { FIRST_RUN, openPractice, TOUR, TOUR_STARTS_AT } from './tour.ts';

test.use({ startAt: TOUR_STARTS_AT });

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

async function findViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`no accessibility violation on any screen, ${colorScheme}`, async ({ app }) => {
    test.setTimeout(420_000);
    const { page } = app;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const found: Record<string, string[]> = {};
    for (const stop of FIRST_RUN) {
      await stop.show(page);
      found[stop.name] = await findViolations(page);
    }
    await openPractice(page);
    for (const stop of TOUR) {
      await stop.show(page);
      found[stop.name] = await findViolations(page);
    }
    const bad = Object.fromEntries(Object.entries(found).filter(([, violations]) => violations.length > 0));
    expect(bad).toEqual({});
    expect(Object.keys(found)).toHaveLength(FIRST_RUN.length + TOUR.length);
  });
}

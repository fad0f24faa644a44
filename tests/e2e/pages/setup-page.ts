import type { Page } from '@playwright/test';
import { expect } from '../host.ts';

/** The first run, as an owner goes through it. */
export class SetupPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Name, country and the coffee card; ends at the counter. */
  async finish(request: { readonly shop: string; readonly country: string }): Promise<void> {
    const { page } = this;
    await page.getByLabel('Name of your shop').fill(request.shop);
    const country = page.getByRole('combobox', { name: 'Country' });
    await country.fill(request.country);
    await page.getByRole('option', { name: request.country }).first().click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Start stamping' }).click();
    await expect(page.locator('input[name=counter]')).toBeFocused();
  }

  async skip(): Promise<void> {
    await this.page.getByRole('button', { name: 'Skip: start with a coffee card' }).click();
    await expect(this.page.locator('input[name=counter]')).toBeFocused();
  }
}

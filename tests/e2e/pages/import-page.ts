import type { Page } from '@playwright/test';
import { expect } from '../host.ts';
import { goTo } from './go-to.ts';

/** Members from a file. */
export class ImportPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await goTo(this.page, '/import');
    await expect(this.page.getByRole('heading', { name: 'Import members', level: 1 })).toBeVisible();
  }

  /** Takes the file as it is guessed, and waits until it is in. */
  async importFile(path: string): Promise<void> {
    await this.page.locator('input[type=file]').setInputFiles(path);
    await this.page.getByRole('button', { name: /^Import [\d,]+/ }).click({ timeout: 60_000 });
    await expect(this.page.getByRole('button', { name: 'Undo this import' })).toBeVisible({
      timeout: 120_000,
    });
  }
}

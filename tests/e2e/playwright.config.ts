import { defineConfig } from '@playwright/test';

// Started by `npm run e2e`, which builds the app, serves it and says where: see scripts/e2e.mjs.

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../test-results',
  // One at a time: two tills typing on two cores make every timing a guess.
  workers: 1,
  retries: 0,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  forbidOnly: true,
});

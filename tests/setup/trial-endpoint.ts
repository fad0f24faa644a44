// One endpoint for all browser tests of a run: a page can't open a port.

import type { TestProject } from 'vitest/node';
import { startTrialEndpoint, type TrialAddresses } from '#tests/contract/trial-endpoint.ts';

declare module 'vitest' {
  interface ProvidedContext {
    trialEndpoint: TrialAddresses;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const trial = await startTrialEndpoint();
  project.provide('trialEndpoint', trial.addresses);
  return () => trial.stop();
}

import { expect, test } from 'vitest';
import { countPlaywright, countVitest, settle } from '../../scripts/checks/count-tests.mjs';

test('Vitest: tests are counted, and a file that could not load is one failure', () => {
  const report = {
    testResults: [
      {
        status: 'passed',
        assertionResults: [{ status: 'passed' }, { status: 'passed' }, { status: 'skipped' }],
      },
      { status: 'failed', assertionResults: [{ status: 'passed' }, { status: 'failed' }] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  expect(countVitest(report)).toEqual({ passed: 3, failed: 2 });
});

test('Playwright: a test that needed a second try has failed', () => {
  expect(countPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } })).toEqual({
    passed: 4,
    failed: 2,
  });
  expect(countPlaywright({ stats: { expected: 0, unexpected: 0, flaky: 0 }, errors: [{}] })).toEqual({
    passed: 0,
    failed: 1,
  });
});

test('no report, nothing run and an unexplained exit code are failures', () => {
  expect(settle(undefined, 0)).toEqual({ passed: 0, failed: 1 });
  expect(settle({ passed: 0, failed: 0 }, 0)).toEqual({ passed: 0, failed: 1 });
  expect(settle({ passed: 7, failed: 0 }, 1)).toEqual({ passed: 7, failed: 1 });
  expect(settle({ passed: 7, failed: 2 }, 1)).toEqual({ passed: 7, failed: 2 });
  expect(settle({ passed: 7, failed: 0 }, 0)).toEqual({ passed: 7, failed: 0 });
});

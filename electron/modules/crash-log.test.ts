import { EventEmitter } from 'node:events';
import type { MessageBoxReturnValue } from 'electron';
import { expect, test, vi } from 'vitest';
import { watchProcesses, watchWindow } from './crash-log.ts';
import { labelsFor } from './labels.ts';

function watched(pressed: number) {
  const contents = Object.assign(new EventEmitter(), {
    reload: vi.fn<() => void>(),
    forcefullyCrashRenderer: vi.fn<() => void>(),
  });
  const quit = vi.fn<() => void>();
  const showMessageBox = vi.fn<() => Promise<MessageBoxReturnValue>>(async () => ({
    response: pressed,
    checkboxChecked: false,
  }));
  const codes: string[] = [];
  const log = {
    info: (code: string) => void codes.push(code),
    error: (code: string) => void codes.push(code),
  };
  const window = { webContents: contents, isDestroyed: () => false };
  watchWindow(window as never, {
    app: { quit },
    dialog: { showMessageBox },
    labels: labelsFor('en'),
    log,
    now: () => 1000,
  });
  const die = () => contents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });
  return { contents, quit, showMessageBox, codes, die };
}
const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a page that dies is logged and reloaded', async () => {
  const { contents, codes, die } = watched(0);
  die();
  await settled();
  expect(contents.reload).toHaveBeenCalledOnce();
  expect(codes).toEqual(['page-gone']);
});

test('a page that keeps dying asks, and quits when told to', async () => {
  const { contents, quit, showMessageBox, die } = watched(1);
  for (let crash = 0; crash < 4; crash += 1) {
    die();
    await settled();
  }
  expect(contents.reload).toHaveBeenCalledTimes(3);
  expect(showMessageBox).toHaveBeenCalledOnce();
  expect(quit).toHaveBeenCalledOnce();
});

test('an orderly end is not a crash', async () => {
  const { contents } = watched(0);
  contents.emit('render-process-gone', {}, { reason: 'clean-exit', exitCode: 0 });
  await settled();
  expect(contents.reload).not.toHaveBeenCalled();
});

test('a hanging page is stopped only when the user says so', async () => {
  const waits = watched(0);
  waits.contents.emit('unresponsive');
  await settled();
  expect(waits.contents.forcefullyCrashRenderer).not.toHaveBeenCalled();
  const stops = watched(1);
  stops.contents.emit('unresponsive');
  await settled();
  expect(stops.contents.forcefullyCrashRenderer).toHaveBeenCalledOnce();
});

test('helper processes are logged', () => {
  const app = new EventEmitter();
  const codes: string[] = [];
  watchProcesses(app as never, { info: () => undefined, error: (code) => void codes.push(code) });
  app.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 1 });
  expect(codes).toEqual(['process-gone']);
});

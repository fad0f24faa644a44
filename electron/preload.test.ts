import { expect, test, vi } from 'vitest';
import { CHANNELS } from '#shared/ipc/channels.ts';

const { exposed, invoked } = vi.hoisted(() => ({
  exposed: new Map<string, Record<string, (request: unknown) => unknown>>(),
  invoked: [] as unknown[][],
}));
vi.mock('electron', () => ({
  contextBridge: {
    exposeInMainWorld: (key: string, bridge: Record<string, (request: unknown) => unknown>) =>
      exposed.set(key, bridge),
  },
  ipcRenderer: { invoke: (...parts: unknown[]) => invoked.push(parts) },
}));

test('the page gets one function per channel and cannot name a channel itself', async () => {
  await import('./preload.ts');
  expect([...exposed.keys()]).toEqual(['tenpunch']);
  const bridge = exposed.get('tenpunch') ?? {};
  expect(Object.keys(bridge).sort()).toEqual(Object.keys(CHANNELS).sort());
  for (const [name, channel] of Object.entries(CHANNELS)) {
    bridge[name]?.({ from: name });
    expect(invoked.pop()).toEqual([channel, { from: name }]);
  }
});

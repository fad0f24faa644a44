import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rectangle } from 'electron';
import * as z from 'zod/mini';
import type { Log } from '#shared/lib/ports.ts';
import { errorCode } from '#electron/services/error-code.ts';

/** Below this the number pad and a member's card no longer fit side by side. */
export const MIN_WINDOW = { width: 900, height: 640 } as const;
const FIRST_WINDOW = { width: 1280, height: 800 } as const;
/** At least this much of the window's top edge must be on a screen, or nobody can drag it back. */
const MIN_VISIBLE_PIXELS = 120;

const schema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().check(z.gte(MIN_WINDOW.width)),
  height: z.int().check(z.gte(MIN_WINDOW.height)),
  isMaximized: z.boolean(),
});

export type WindowBounds = z.infer<typeof schema>;
export type StartBounds = Omit<WindowBounds, 'x' | 'y'> & Partial<Pick<WindowBounds, 'x' | 'y'>>;

/** Where the window opens: where it was, unless that screen is gone or the file makes no sense. */
export function planStartBounds(stored: unknown, workAreas: readonly Rectangle[]): StartBounds {
  const parsed = z.safeParse(schema, stored);
  if (!parsed.success) return { ...FIRST_WINDOW, isMaximized: false };
  const { x, y, ...size } = parsed.data;
  const isReachable = workAreas.some(
    (area) =>
      y >= area.y &&
      y < area.y + area.height - MIN_VISIBLE_PIXELS &&
      x + size.width > area.x + MIN_VISIBLE_PIXELS &&
      x < area.x + area.width - MIN_VISIBLE_PIXELS,
  );
  return isReachable ? { x, y, ...size } : size;
}

export interface BoundsFile {
  read(): unknown;
  write(bounds: WindowBounds): void;
}

/** Convenience only: an unreadable or unwritable file is logged and costs nothing but the old position. */
export function createBoundsFile(folder: string, log: Log): BoundsFile {
  const file = join(folder, 'window.json');
  return {
    read() {
      try {
        return JSON.parse(readFileSync(file, 'utf8')) as unknown;
      } catch (error) {
        const code = errorCode(error);
        if (code !== 'ENOENT') log.error('window-bounds-unreadable', { code });
        return undefined;
      }
    },
    write(bounds) {
      try {
        writeFileSync(file, JSON.stringify(bounds));
      } catch (error) {
        log.error('window-bounds-unwritable', { code: errorCode(error) });
      }
    },
  };
}

import { useFormat } from '#renderer/i18n/format-context.tsx';
import { useNow } from '#renderer/platform/use-now.ts';

/** A moment of today as a time, any other one with its date. */
export function useMoment(): (atMs: number) => string {
  const format = useFormat();
  const nowMs = useNow();
  return (atMs) => (format.date(atMs) === format.date(nowMs) ? format.time(atMs) : format.dateTime(atMs));
}

import { answerOf } from '../native.ts';
import type { AlarmRow } from '../rows.ts';

/** Once per thing, however often it is met. */
export async function raise(
  { transaction, nowMs }: { readonly transaction: IDBTransaction; readonly nowMs: number },
  { code, about }: Pick<AlarmRow, 'code' | 'about'>,
): Promise<void> {
  const store = transaction.objectStore('alarms');
  if (await answerOf(store.index('[code+about]').getKey([code, about]))) return;
  store.add({ code, about, at: nowMs } satisfies AlarmRow);
}

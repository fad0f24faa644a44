import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { UNASSIGNED_STAFF } from '#shared/ledger/event.ts';
import type { Settings } from '#renderer/data/settings.ts';
import type { Shop } from '#renderer/data/shop.ts';
import { useStore } from '#renderer/data/store-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { useToasts } from '#renderer/ui/use-toasts.ts';
import { createSettingsCommands, type SettingsResult } from './settings.commands.ts';

/** Saves at once and says so in a word; a refusal says why. */
export function useSettingsCommands() {
  const { t } = useTranslation(['settings', 'common']);
  const store = useStore();
  const { ids, log } = usePlatform();
  const { toasts, show, dismiss } = useToasts();
  const commands = useMemo(
    () => createSettingsCommands({ ...store, staff: () => UNASSIGNED_STAFF }),
    [store],
  );
  const tell = (result: SettingsResult) => {
    if (result.ok) return show({ id: 'saved', message: t('saved'), tone: 'success', durationMs: 1500 });
    const { error } = result;
    log.error('settings-failed', { code: error.code });
    show({
      id: 'failed',
      message: t('failed'),
      detail: error.code === 'storage' ? t(`common:storage.${error.problem}`) : t('shop.nameMissing'),
      tone: 'error',
    });
  };
  return {
    toasts,
    dismiss,
    changeTill: async (change: Partial<Settings>) => tell(await commands.changeTill(change)),
    changeShop: async (shop: Shop) => tell(await commands.changeShop({ id: ids.eventId(), shop })),
  };
}

export type SettingsWriter = Pick<ReturnType<typeof useSettingsCommands>, 'changeTill' | 'changeShop'>;

/**
 * Text that is saved when it is finished: on Enter, on leaving the field, on leaving the screen. Text that may not be
 * saved stays in the field, beside the reason, until it is mended or the screen is left.
 */
export function useTextSetting(
  stored: string,
  save: (text: string) => void,
  isAllowed: (text: string) => boolean = () => true,
): {
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onBlur: () => void;
  readonly onKeyDown: (event: { readonly key: string }) => void;
} {
  const [typed, setTyped] = useState<string>();
  const finish = () => {
    if (typed === undefined || !isAllowed(typed)) return;
    if (typed.trim() !== stored) save(typed);
    setTyped(undefined);
  };
  const last = useRef(finish);
  useEffect(() => {
    last.current = finish;
  });
  useEffect(() => () => last.current(), []);
  return {
    value: typed ?? stored,
    onChange: setTyped,
    onBlur: finish,
    onKeyDown: ({ key }) => {
      if (key === 'Enter') finish();
    },
  };
}

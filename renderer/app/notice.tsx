import { GraduationCap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from '#renderer/data/store-context.tsx';
import { usePlatform } from '#renderer/platform/platform-context.tsx';
import { Banner } from '#renderer/ui/banner.tsx';
import { practiceAddress, type Launch } from './launch.ts';

interface NoticeProps {
  readonly launch: Launch;
  readonly isStoreClosed: boolean;
}

/** What every screen must say: the store was taken from us, or this is only practice. */
export function Notice({ launch, isStoreClosed }: NoticeProps) {
  const { t } = useTranslation();
  const { host } = usePlatform();
  const { isPractice } = useStore();
  if (isStoreClosed) {
    return (
      <Banner
        tone="error"
        role="alert"
        title={t('boot.closedTitle')}
        action={{ label: t('boot.reload'), onPress: () => void host.reload() }}
      >
        {t('boot.closedText')}
      </Banner>
    );
  }
  if (!isPractice) return null;
  const leave = () => {
    window.location.href = practiceAddress(false, launch);
  };
  return (
    <Banner
      tone="warning"
      icon={GraduationCap}
      title={t('practice.title')}
      action={{ label: t('practice.leave'), onPress: leave }}
    >
      {t('practice.text')}
    </Banner>
  );
}

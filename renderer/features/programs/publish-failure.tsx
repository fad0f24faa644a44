import { useTranslation } from 'react-i18next';
import { Banner } from '#renderer/ui/banner.tsx';
import type { PublishFailure } from './programs.commands.ts';

export function PublishFailureBanner({ failure }: { readonly failure: PublishFailure | undefined }) {
  const { t } = useTranslation(['programs', 'common']);
  if (!failure) return null;
  return (
    <Banner tone="error" role="alert" title={t('publish.failed')}>
      {failure.code === 'storage' ? t(`common:storage.${failure.problem}`) : t(`publish.${failure.code}`)}
    </Banner>
  );
}

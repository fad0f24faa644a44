import { useTranslation } from 'react-i18next';
import { Globe } from 'lucide-react';
import { useLocation, useNavigate } from 'react-router';
import { cleanName } from '#shared/domain/person-name.ts';
import logoUrl from '#resources/icons/tenpunch.svg';
import { Banner } from '#renderer/ui/banner.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { LANGUAGE_NAMES, LANGUAGES } from '#renderer/i18n/i18n.ts';
import { SetupCardStep } from './setup-card-step.tsx';
import { SetupPreview } from './setup-preview.tsx';
import styles from './setup-screen.module.css';
import { SetupShopStep } from './setup-shop-step.tsx';
import { useSetup } from './use-setup.ts';

const STEPS = 2;

/** The first thing an owner sees: who is the shop, which card, and the counter is open. */
export function SetupScreen() {
  const { t } = useTranslation(['setup', 'common']);
  const setup = useSetup();
  const { step, goOn, goBack } = useStep(cleanName(setup.shopName) !== '');
  const { problem } = setup;
  return (
    <div className={styles['welcome']}>
      <main className={styles['form']}>
        <header className={styles['bar']}>
          <p className={styles['brand']}>
            <img src={logoUrl} alt="" width={36} height={36} />
            {t('common:app')}
          </p>
          <div className={styles['languages']}>
            <Globe aria-hidden />
            <Segmented
              label={t('language')}
              segments={LANGUAGES.map((id) => ({ id, label: LANGUAGE_NAMES[id] }))}
              value={setup.language}
              onChange={(language) => void setup.chooseLanguage(language)}
            />
          </div>
        </header>
        <div className={styles['content']} key={step}>
          <p className={styles['step']} role="status">
            <span className="sr-only">{t('stepOf', { step, steps: STEPS })}</span>
            {Array.from({ length: STEPS }, (_, index) => (
              <span key={index} aria-hidden className={styles['dot']} data-done={index < step || undefined} />
            ))}
          </p>
          {problem === undefined ? null : (
            <Banner tone="error" role="alert" title={t('failed')}>
              {problem === 'store' ? null : t(`common:storage.${problem}`)}
            </Banner>
          )}
          {step === 1 ? (
            <SetupShopStep setup={setup} onNext={goOn} />
          ) : (
            <SetupCardStep setup={setup} onBack={goBack} />
          )}
        </div>
      </main>
      <SetupPreview setup={setup} step={step} />
    </div>
  );
}

/** The second step is a place of its own: the browser's Back leads to the first one instead of out of the app. */
function useStep(isFirstDone: boolean) {
  const navigate = useNavigate();
  const { pathname, state } = useLocation();
  // After a reload the place is still there, but what was typed is not.
  const isSecond = isFirstDone && (state as { readonly setupStep?: unknown } | null)?.setupStep === 2;
  return {
    step: isSecond ? (2 as const) : (1 as const),
    goOn: () => void navigate(pathname, { state: { setupStep: 2 } }),
    goBack: () => void navigate(-1),
  };
}

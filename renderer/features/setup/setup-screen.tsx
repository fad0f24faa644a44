import { useTranslation } from 'react-i18next';
import { Globe } from 'lucide-react';
import { useLocation, useNavigate } from 'react-router';
import { cleanName } from '#shared/domain/person-name.ts';
import logoUrl from '#resources/icons/tenpunch.svg';
import { Banner } from '#renderer/ui/banner.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { LANGUAGE_NAMES, LANGUAGES } from '#renderer/i18n/i18n.ts';
import { useSyncStatus } from '#renderer/sync/sync-context.tsx';
import { SetupArriving } from './setup-arriving.tsx';
import { SetupCardStep } from './setup-card-step.tsx';
import { SetupJoinStep } from './setup-join-step.tsx';
import { SetupPreview } from './setup-preview.tsx';
import styles from './setup-screen.module.css';
import { SetupShopStep } from './setup-shop-step.tsx';
import { useSetup } from './use-setup.ts';

const STEPS = 2;

/** The first thing an owner sees: who is the shop, which card, and the counter is open. */
export function SetupScreen() {
  const status = useSyncStatus();
  // Joined, perhaps before a reload: nobody is asked who the shop is.
  return status.endpoint ? <SetupArriving status={status} /> : <SetupSteps />;
}

function SetupSteps() {
  const { t } = useTranslation(['setup', 'common']);
  const setup = useSetup();
  const { step, goOn, goToJoin, goBack } = useStep(cleanName(setup.shopName) !== '');
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
          {step === 'join' ? null : <StepDots step={step} />}
          {problem === undefined ? null : (
            <Banner tone="error" role="alert" title={t('failed')}>
              {problem === 'store' ? null : t(`common:storage.${problem}`)}
            </Banner>
          )}
          {step === 1 ? <SetupShopStep setup={setup} onNext={goOn} onJoin={goToJoin} /> : null}
          {step === 2 ? <SetupCardStep setup={setup} onBack={goBack} /> : null}
          {step === 'join' ? <SetupJoinStep onBack={goBack} /> : null}
        </div>
      </main>
      <SetupPreview setup={setup} step={step === 2 ? 2 : 1} />
    </div>
  );
}

function StepDots({ step }: { readonly step: 1 | 2 }) {
  const { t } = useTranslation('setup');
  return (
    <p className={styles['step']} role="status">
      <span className="sr-only">{t('stepOf', { step, steps: STEPS })}</span>
      {Array.from({ length: STEPS }, (_, index) => (
        <span key={index} aria-hidden className={styles['dot']} data-done={index < step || undefined} />
      ))}
    </p>
  );
}

/** The other steps are places of their own: the browser's Back leads to the first one instead of out of the app. */
function useStep(isFirstDone: boolean) {
  const navigate = useNavigate();
  const { pathname, state } = useLocation();
  const wanted = (state as { readonly setupStep?: unknown } | null)?.setupStep;
  const goTo = (setupStep: 2 | 'join') => void navigate(pathname, { state: { setupStep } });
  return {
    step: stepOf(wanted, isFirstDone),
    goOn: () => goTo(2),
    goToJoin: () => goTo('join'),
    goBack: () => void navigate(-1),
  };
}

/** After a reload the place is still there, but what was typed is not. */
function stepOf(wanted: unknown, isFirstDone: boolean): 1 | 2 | 'join' {
  if (wanted === 'join') return 'join';
  return wanted === 2 && isFirstDone ? 2 : 1;
}

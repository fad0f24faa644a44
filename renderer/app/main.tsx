// The composition root: what this window runs on is built here, once, and passed down.

import { createRoot } from 'react-dom/client';
import { chooseHost } from '#renderer/platform/choose-host.ts';
import { createMemoryLog } from '#renderer/platform/memory-log.ts';
import { createRandomIds } from '#renderer/platform/random-ids.ts';
import { createSounds } from '#renderer/platform/sounds.ts';
import { createSystemClock } from '#renderer/platform/system-clock.ts';
import { createI18n, languageFor, PSEUDO_LANGUAGE } from '#renderer/i18n/i18n.ts';
import { adoptAriaStyles } from '#renderer/ui/adopt-aria-styles.ts';
import '#renderer/ui/base.css';
import { App } from './app.tsx';
import { readLaunch } from './launch.ts';
import { beginOpening } from './store-opening.ts';

const clock = createSystemClock();
const platform = {
  host: chooseHost(window),
  clock,
  ids: createRandomIds(),
  log: createMemoryLog(clock),
  sounds: createSounds(),
};
const launch = readLaunch(window.location);
const opening = beginOpening(platform, launch.isPractice);
const root = document.querySelector('#root');
if (!root) throw new Error('index.html has no #root');

adoptAriaStyles(document);
const { locale } = await platform.host.info();
const machineLanguage = launch.isPseudo ? PSEUDO_LANGUAGE : languageFor(locale);
const i18n = await createI18n(machineLanguage);
createRoot(root).render(
  <App
    platform={platform}
    opening={opening}
    i18n={i18n}
    launch={launch}
    machineLanguage={machineLanguage}
    machineLocale={locale}
  />,
);

import type { App, Session } from 'electron';
import type { Log } from '#shared/lib/ports.ts';
import { originOf } from './page-origin.ts';

/** The window stays on our page: a reload is allowed, every other address is not, not even in a frame. */
export function isNavigationAllowed(
  navigation: { readonly url: string; readonly isMainFrame: boolean },
  pageOrigin: string,
): boolean {
  return navigation.isMainFrame && originOf(navigation.url) === pageOrigin;
}

export function guardNavigation(app: Pick<App, 'on'>, setting: { pageOrigin: string; log: Log }): void {
  const { pageOrigin, log } = setting;
  // On every page ever made, so that a later window cannot forget it.
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-frame-navigate', (event) => {
      if (isNavigationAllowed(event, pageOrigin)) return;
      event.preventDefault();
      log.error('navigation-refused', { isMainFrame: event.isMainFrame });
    });
    contents.on('will-redirect', (event) => {
      if (isNavigationAllowed(event, pageOrigin)) return;
      event.preventDefault();
      log.error('redirect-refused', { isMainFrame: event.isMainFrame });
    });
    contents.on('will-attach-webview', (event) => {
      event.preventDefault();
      log.error('webview-refused');
    });
    contents.setWindowOpenHandler(() => {
      log.error('window-open-refused');
      return { action: 'deny' };
    });
  });
}

/** Files leave the till only through `saveFile`, which writes whole files and reports what happened. */
export function refuseDownloads(session: Pick<Session, 'on'>, log: Log): void {
  session.on('will-download', (event) => {
    event.preventDefault();
    log.error('download-refused');
  });
}

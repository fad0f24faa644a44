import logoUrl from '#resources/icons/tenpunch.svg';

/** The app's mark; its name is read from the window title. */
export function Logo() {
  return <img src={logoUrl} alt="" width={40} height={40} />;
}

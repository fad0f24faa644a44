// The few words the main process says itself. The page's own texts live in renderer/i18n.

const english = {
  file: 'File',
  edit: 'Edit',
  view: 'View',
  help: 'Help',
  quit: 'Quit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  reload: 'Reload',
  actualSize: 'Actual size',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fullScreen: 'Full screen',
  developerTools: 'Developer tools',
  showDataFolder: 'Show data folder',
  keepsFailing: 'Tenpunch keeps failing',
  notResponding: 'Tenpunch is not responding',
  dataIsSafe: 'Every punch that was confirmed on screen is stored.',
  wait: 'Wait',
};

export type Labels = Readonly<Record<keyof typeof english, string>>;

const turkish: Labels = {
  file: 'Dosya',
  edit: 'Düzen',
  view: 'Görünüm',
  help: 'Yardım',
  quit: 'Çıkış',
  undo: 'Geri al',
  redo: 'Yinele',
  cut: 'Kes',
  copy: 'Kopyala',
  paste: 'Yapıştır',
  selectAll: 'Tümünü seç',
  reload: 'Yeniden yükle',
  actualSize: 'Gerçek boyut',
  zoomIn: 'Yakınlaştır',
  zoomOut: 'Uzaklaştır',
  fullScreen: 'Tam ekran',
  developerTools: 'Geliştirici araçları',
  showDataFolder: 'Veri klasörünü göster',
  keepsFailing: 'Tenpunch sürekli hata veriyor',
  notResponding: 'Tenpunch yanıt vermiyor',
  dataIsSafe: 'Ekranda onaylanan her damga kaydedildi.',
  wait: 'Bekle',
};

/** By language, `tr-TR` and `tr` alike; English for every language without a table. */
export function labelsFor(locale: string): Labels {
  return locale.toLowerCase().split(/[-_]/)[0] === 'tr' ? turkish : english;
}

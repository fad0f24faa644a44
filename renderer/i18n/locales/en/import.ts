export const importTexts = {
  title: '',
};

export const setupTexts = {
  title: '',
};
